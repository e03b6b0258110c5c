// Talks to the server: what a person does, and the stream of what happens.

export class Unkind extends Error {}

async function call(method, path, body, raw) {
  let answer;
  try {
    answer = await fetch(`/_play/${path}`, {
      method,
      body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
    });
  } catch {
    throw new Unkind("The playground cannot be reached.");
  }
  const result = await answer.json();
  if (!answer.ok) throw new Unkind(result.error || "That did not work.");
  return result;
}

export const people = () => call("GET", "people");
export const addPerson = (name) => call("POST", "people", { name });
export const history = (chat) => call("GET", `chats/${chat}`);
export const act = (chat, what, body = {}) => call("POST", `chats/${chat}/${what}`, body);
export const faults = () => call("GET", "faults");
export const setFault = (fault) => call("POST", "faults", fault);
export const replaceFaults = (faults) => call("PUT", "faults", faults);

export function sendFile(chat, file, caption) {
  const kind = /^image\/(png|jpeg|gif)$/.test(file.type) ? "photo" : "document";
  const query = new URLSearchParams({ name: file.name, caption });
  return call("POST", `chats/${chat}/files/${kind}?${query}`, undefined, file);
}

// Calls `happened` for every event and `opened` after each (re)connection, which is when
// history must be read again.
export function listen({ opened, happened, lost }) {
  const stream = new EventSource("/_play/events");
  stream.onopen = opened;
  stream.onerror = () => {
    lost();
    // A refused connection ends the stream for good: begin another.
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ opened, happened, lost }), 1000);
    }
  };
  stream.onmessage = (message) => happened(JSON.parse(message.data));
}
