// One message as it is drawn: bubble, content, time, inline keyboard.

import { make, rich } from "./text.js";

const ICONS = {
  copy: "M9 9V5h10v10h-4M5 9h10v10H5z",
  link: "M8 16 17 7m-7 0h7v7",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  place: "M12 21s-6-5.5-6-11a6 6 0 0 1 12 0c0 5.5-6 11-6 11zm0-9a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  voice: "M12 4v10m-3-7v4m6-4v4M6 9v1m12-1v1M12 14v6",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const isMine = (message) => !message.from.is_bot;

// `on` holds what the chat does: press(message, row, column, button), command(text),
// more(message, element).
export function bubble(message, on) {
  const mine = isMine(message);
  const item = make("li", `message ${mine ? "mine" : "theirs"}`);
  item.dataset.id = message.message_id;
  item.dataset.date = message.date;
  if (message.has_protected_content) item.classList.add("protected");
  item.append(make("span", "unseen", `${mine ? "You" : message.from.first_name}: `));

  const body = make("div", "bubble");
  if (message.reply_to_message) body.append(quoted(message.reply_to_message));
  const content = media(message);
  if (content) body.append(content);
  const words = message.text ?? message.caption;
  const foot = make("span", "foot-note");
  if (message.edit_date) foot.append(make("span", "edited", "edited"));
  const time = make("time", "", clock(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  foot.append(time);
  if (words !== undefined) {
    const text = make("div", "text");
    text.dir = "auto";
    text.dataset.foot = foot.textContent; // room for it at the end of the last line
    text.append(rich(words, message.entities ?? message.caption_entities, on.command));
    body.append(text);
  }
  body.append(foot);
  if (message.photo && words === undefined) body.classList.add("bare");
  const more = make("button", "more", "⋯");
  more.type = "button";
  more.setAttribute("aria-label", "What to do with this message");
  more.setAttribute("aria-haspopup", "menu");
  more.addEventListener("click", () => on.more(message, more));
  const line = make("div", "line");
  line.append(body, more);
  item.append(line);

  const rows = message.reply_markup?.inline_keyboard;
  if (rows) item.append(keyboard(message, rows, on));
  return item;
}

function keyboard(message, rows, on) {
  const board = make("div", "inline");
  board.setAttribute("role", "group");
  board.setAttribute("aria-label", "Answers");
  rows.forEach((row, y) => {
    const line = make("div", "inline-row");
    row.forEach((key, x) => line.append(inlineKey(message, key, y, x, on)));
    board.append(line);
  });
  return board;
}

function inlineKey(message, key, row, column, on) {
  if (key.url) {
    const anchor = make("a", "key");
    if (/^(https?|tel|tg|mailto):/i.test(key.url)) anchor.href = key.url;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.append(make("span", "", key.text), icon("link"));
    return anchor;
  }
  const button = make("button", "key");
  button.type = "button";
  button.append(make("span", "", key.text));
  if (key.copy_text) {
    button.append(icon("copy"));
    button.addEventListener("click", () => on.copy(key.copy_text.text));
  } else {
    button.addEventListener("click", () => on.press(message, row, column, button));
  }
  return button;
}

function quoted(message) {
  return make("div", "quoted", message.text ?? message.caption ?? "…");
}

function media(message) {
  if (message.photo) return photo(message.photo.at(-1), message.caption);
  if (message.document) return attachment(message.document);
  if (message.voice) return note("voice", "Voice message");
  if (message.sticker) return make("div", "sticker", message.sticker.emoji);
  if (message.location) {
    const { latitude, longitude } = message.location;
    return note("place", `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`);
  }
  return null;
}

function photo(size, caption) {
  const anchor = make("a", "photo");
  anchor.href = `/_play/files/${encodeURIComponent(size.file_id)}`;
  anchor.target = "_blank";
  const image = make("img");
  image.src = anchor.href;
  image.width = size.width;
  image.height = size.height;
  image.alt = caption ? `Photo: ${caption}` : "Photo";
  anchor.append(image);
  return anchor;
}

function attachment(file) {
  const anchor = make("a", "document");
  anchor.href = `/_play/files/${encodeURIComponent(file.file_id)}`;
  anchor.download = file.file_name ?? "file";
  const badge = make("span", "badge");
  badge.append(icon("file"));
  const about = make("span", "about");
  about.append(make("strong", "", file.file_name ?? "file"), make("small", "", size(file.file_size)));
  anchor.append(badge, about);
  return anchor;
}

function note(name, words) {
  const line = make("div", "note");
  line.append(icon(name), make("span", "", words));
  return line;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
