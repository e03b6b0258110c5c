// The chat page: one person's phone. Puts the rooms together and follows what happens.

import { isMine } from "./bubble.js";
import * as compose from "./compose.js";
import * as log from "./log.js";
import { copy, openMenu, showAlert, showToast } from "./menus.js";
import { showFaults, showPeople, startPanel, suggestName } from "./panel.js";
import * as wire from "./wire.js";

const at = (id) => document.getElementById(id);
const QUERY_PATIENCE = 15000; // ms after which a pressed button stops waiting
const LONG_PRESS = 500; // ms
const TYPING = 5000; // ms that "typing…" stays, as in Telegram's apps

const drafts = new Map();
const waiting = new Map(); // unread messages of the other people
const pressed = new Map(); // query id -> the button that waits
const answered = new Map(); // answers that overtook the response to the press
let everyone = [];
let current = 0;
let blocked = false;
let seen = 0; // events up to this sequence number are in the history already
let early = []; // events that came while the history was being read
let typing = 0;

const on = {
  press: (message, row, column, button) => press(message, row, column, button),
  command: (text) => write(text),
  copy,
  more: (message, near) => offer(message, near),
};

async function tryTo(what, ...rest) {
  try {
    return (await wire.act(current, what, ...rest)) ?? true;
  } catch (error) {
    showToast(error.message);
    return null;
  }
}

let sent = Promise.resolve(true); // what was written last; true where it went out

async function send(text) {
  const messages = await tryTo("write", { text });
  if (messages) await log.stood(messages.at(-1).message_id);
  return Boolean(messages);
}

const write = (text) => (sent = send(text));

async function press(message, row, column, button) {
  if (button.classList.contains("busy")) return;
  setBusy(button, true);
  setTimeout(() => setBusy(button, false), QUERY_PATIENCE);
  const query = await tryTo("press", { message_id: message.message_id, row, column });
  if (!query || answered.has(query)) setBusy(button, false);
  else pressed.set(query, button);
  answered.clear();
}

function setBusy(button, busy) {
  button.classList.toggle("busy", busy);
  button.setAttribute("aria-busy", String(busy));
}

function offer(message, near, point) {
  const words = message.text ?? message.caption;
  const choices = [];
  if (isMine(message) && words !== undefined) {
    choices.push(["Edit", () => compose.beginEdit(log.messages.get(message.message_id) ?? message)]);
  }
  if (words && !message.has_protected_content) choices.push(["Copy text", () => copy(words)]);
  choices.push(["Delete", () => tryTo("delete", { message_ids: [message.message_id] }), true]);
  openMenu(near, choices, point);
}

function setStatus(words, alive = true) {
  at("status").textContent = words;
  document.body.classList.toggle("lost", !alive);
}

function setChat(chat) {
  blocked = chat.blocked;
  at("bot-name").textContent = chat.bot.first_name;
  at("welcome-name").textContent = chat.bot.first_name;
  at("welcome-text").textContent = chat.description || "Press Start to begin. Everything stays on this machine.";
  at("self").textContent = chat.person.first_name;
  at("self").title = `You are ${chat.person.first_name}`;
  document.title = `${chat.bot.first_name} · ${chat.person.first_name}`;
  compose.setCommands(chat.commands);
  setKeyboard(chat.keyboard);
  showFoot();
}

function showFoot() {
  const empty = !log.messages.size;
  at("welcome").hidden = !empty;
  const start = at("start");
  start.hidden = !(empty || blocked);
  start.textContent = blocked ? "Unblock and restart" : "Start";
  at("compose").hidden = !start.hidden;
  at("keyboard").hidden = !start.hidden || !at("keyboard").childElementCount;
  at("block").textContent = blocked ? "Unblock bot" : "Block bot";
}

function setKeyboard(keyboard) {
  const rows = keyboard?.keyboard ?? [];
  at("keyboard").replaceChildren(
    ...rows.map((row) => {
      const line = document.createElement("div");
      for (const key of row) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = key.text;
        button.addEventListener("click", () => (key.request_location ? sharePlace() : write(key.text)));
        line.append(button);
      }
      return line;
    }),
  );
}

const sharePlace = () => tryTo("location", { latitude: 38.7223, longitude: -9.1393 });

async function showPerson(id) {
  if (current) drafts.set(current, compose.draft());
  current = id;
  sessionStorage.setItem("person", String(id));
  waiting.delete(id);
  compose.setDraft(drafts.get(id) ?? "");
  await readHistory();
  await readPeople();
}

async function readHistory() {
  const wanted = current;
  early = [];
  seen = Infinity;
  const chat = await wire.history(wanted);
  if (wanted !== current) return; // another person was chosen meanwhile
  log.showAll(chat.messages, on);
  setChat(chat);
  seen = chat.seq;
  for (const event of early) happened(event);
  early = [];
  setStatus("bot");
}

async function readPeople() {
  everyone = await wire.people();
  showPeople(everyone, current, waiting, { choose });
}

const choose = (id) => showPerson(id).catch((error) => showToast(error.message));

async function begin() {
  everyone = await wire.people();
  if (!everyone.length) everyone = [await wire.addPerson(suggestName(0))];
  const remembered = Number(sessionStorage.getItem("person"));
  const known = everyone.some(({ id }) => id === (current || remembered));
  await showPerson(known ? current || remembered : everyone[0].id);
  await showFaults();
}

function happened(event) {
  if (event.seq <= seen && seen !== Infinity) return;
  if (event.what === "person") return void readPeople();
  if (event.what === "faults") return void showFaults();
  if (event.chat_id !== current && event.chat_id !== 0) return elsewhere(event);
  if (seen === Infinity) return void early.push(event);
  switch (event.what) {
    case "message":
    case "edited":
      setStatus("bot");
      log.put(event.message, on);
      showFoot();
      break;
    case "deleted":
      log.remove(event.message_ids);
      showFoot();
      break;
    case "answer":
      return notice(event);
    case "action":
      setStatus(event.action === "typing" ? "typing…" : "sending…");
      clearTimeout(typing);
      typing = setTimeout(() => setStatus("bot"), TYPING);
      break;
    case "keyboard":
      setKeyboard(event.keyboard);
      showFoot();
      break;
    case "blocked":
      blocked = event.blocked;
      showFoot();
      readPeople();
      break;
    case "commands":
    case "profile":
      wire.history(current).then(setChat);
      break;
  }
}

function elsewhere(event) {
  if (event.what === "message" && event.message.from.is_bot) {
    waiting.set(event.chat_id, (waiting.get(event.chat_id) ?? 0) + 1);
    showPeople(everyone, current, waiting, { choose });
  } else if (event.what === "blocked") {
    readPeople();
  }
}

function notice({ query_id: id, text, show_alert: box }) {
  const button = pressed.get(id);
  pressed.delete(id);
  if (button) setBusy(button, false);
  else answered.set(id, true);
  if (text) (box ? showAlert : showToast)(text);
}

compose.startComposing({
  write,
  edit: async ({ message_id }, text) => Boolean(await tryTo("edit", { message_id, text })),
  editLast: async () => {
    const chat = current;
    await sent; // the last message may still be on its way
    if (chat !== current || !compose.isIdle()) return;
    const mine = [...log.messages.values()].filter((each) => isMine(each) && each.text);
    if (mine.length) compose.beginEdit(mine.at(-1));
  },
});
startPanel({
  chatId: () => current,
  add: async (name) => {
    const added = await wire.addPerson(name).catch((error) => showToast(error.message));
    if (added) await choose(added.id);
  },
  block: () => tryTo(blocked ? "unblock" : "block"),
  clear: () => tryTo("clear"),
});
at("start").addEventListener("click", async () => {
  if (blocked) await tryTo("unblock");
  if (await write("/start")) compose.focusField();
});
at("attach").addEventListener("click", () =>
  openMenu(at("attach"), [
    ["Photo or file", () => at("file").click()],
    ["Voice message", () => tryTo("content", { voice: { file_id: "voice", file_unique_id: "v", duration: 3 } })],
    ["Sticker", () => tryTo("content", { sticker: sticker() })],
    ["Location", sharePlace],
  ]),
);
const sticker = () => ({
  file_id: "sticker",
  file_unique_id: "s",
  type: "regular",
  width: 512,
  height: 512,
  is_animated: false,
  is_video: false,
  emoji: "🌱",
});
at("file").addEventListener("change", async () => {
  const [file] = at("file").files;
  at("file").value = "";
  if (file) await wire.sendFile(current, file, "").catch((error) => showToast(error.message));
});

// Right click, long press and the menu key open the same menu.
function offerAt(event) {
  const item = event.target.closest(".message");
  if (!item || event.target.closest("a, .key")) return;
  event.preventDefault();
  const point = event.clientX ? { x: event.clientX, y: event.clientY } : undefined;
  offer(log.messages.get(Number(item.dataset.id)), item.querySelector(".more"), point);
}
at("log").addEventListener("contextmenu", offerAt);
// Safari on a phone knows no contextmenu event.
let holding = 0;
at("log").addEventListener("pointerdown", (event) => {
  if (event.pointerType === "touch") holding = setTimeout(offerAt, LONG_PRESS, event);
});
for (const name of ["pointerup", "pointercancel", "pointermove", "contextmenu"]) {
  at("log").addEventListener(name, () => clearTimeout(holding));
}

wire.listen({
  opened: () => begin().catch((error) => setStatus(error.message, false)),
  happened,
  lost: () => setStatus("connecting…", false),
});
