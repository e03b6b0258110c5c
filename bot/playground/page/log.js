// The conversation as it stands: draws, redraws and removes messages, and keeps the place.

import { bubble, isMine } from "./bubble.js";
import { make } from "./text.js";

const NEAR = 80; // px from the end that still count as being at the end
const TOGETHER = 300; // seconds within which messages of one side stand close

const room = document.getElementById("room");
const log = document.getElementById("log");
const toEnd = document.getElementById("to-end");
const unread = document.getElementById("unread");

export const messages = new Map();
let atEnd = true;
let missed = 0;
let newest = 0; // the highest number of a message that stood here
let waiting = []; // [number, what to do when a message that new stood here]

room.addEventListener("scroll", () => {
  atEnd = room.scrollHeight - room.scrollTop - room.clientHeight < NEAR;
  if (atEnd) missed = 0;
  showWay();
});
toEnd.addEventListener("click", () => goToEnd(true));
// The room shrinks when a keyboard or a menu opens, and grows when a picture has loaded.
new ResizeObserver(() => atEnd && goToEnd()).observe(room);
new ResizeObserver(() => atEnd && goToEnd()).observe(log);

export function goToEnd(gently = false) {
  room.scrollTo({ top: room.scrollHeight, behavior: gently ? "smooth" : "instant" });
  atEnd = true;
  missed = 0;
  showWay();
}

function showWay() {
  toEnd.hidden = atEnd;
  unread.textContent = missed ? String(missed) : "";
}

// The stream tells of a message later than the answer to whoever wrote it. Once it told, the message
// was here, though it may be gone again.
export const stood = (number) =>
  new Promise((resolve) => {
    if (number <= newest) resolve();
    else waiting.push([number, resolve]);
  });

function note(number) {
  newest = Math.max(newest, number);
  for (const [wanted, resolve] of waiting) if (wanted <= newest) resolve();
  waiting = waiting.filter(([wanted]) => wanted > newest);
}

export function showAll(list, on) {
  log.setAttribute("aria-busy", "true"); // history is not read out
  messages.clear();
  for (const message of list) messages.set(message.message_id, message);
  log.replaceChildren(...list.map((message) => bubble(message, on)));
  arrange();
  goToEnd();
  note(Math.max(0, ...messages.keys()));
  log.setAttribute("aria-busy", "false");
}

export function put(message, on) {
  const old = log.querySelector(`[data-id="${message.message_id}"]`);
  messages.set(message.message_id, message);
  const item = bubble(message, on);
  if (old) {
    keepFocus(old, item);
  } else {
    item.classList.add("fresh");
    log.append(item);
    if (isMine(message)) atEnd = true;
    else if (!atEnd) missed += 1;
  }
  arrange();
  if (atEnd) goToEnd();
  else showWay();
  note(message.message_id);
}

export function remove(ids) {
  for (const id of ids) {
    messages.delete(id);
    log.querySelector(`[data-id="${id}"]`)?.remove();
  }
  arrange();
}

// Someone who walks through the buttons with the keyboard is not thrown out by an edit.
function keepFocus(old, item) {
  const keys = [...old.querySelectorAll(".key")];
  const place = keys.indexOf(document.activeElement);
  old.replaceWith(item);
  if (place >= 0) {
    const fresh = [...item.querySelectorAll(".key")];
    (fresh[Math.min(place, fresh.length - 1)] ?? room).focus({ preventScroll: true });
  }
}

// Day lines, and which bubbles stand together.
function arrange() {
  for (const line of log.querySelectorAll(".day")) line.remove();
  let before = null;
  for (const item of [...log.children]) {
    const date = new Date(item.dataset.date * 1000);
    const sameDay = before && date.toDateString() === before.date.toDateString();
    const mine = item.classList.contains("mine");
    const close = sameDay && before.mine === mine && date - before.date < TOGETHER * 1000;
    if (!sameDay) {
      const line = make("li", "day");
      line.append(make("span", "", dayName(date)));
      item.before(line);
    }
    item.classList.toggle("follows", Boolean(close));
    before?.item.classList.toggle("followed", Boolean(close));
    item.classList.remove("followed");
    before = { date, mine, item };
  }
}

function dayName(date) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.toLocaleDateString([], { day: "numeric", month: "long" });
}
