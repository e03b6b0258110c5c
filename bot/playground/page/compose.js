// The input line: writing, editing, the command menu.

import { make } from "./text.js";

const form = document.getElementById("compose");
const field = document.getElementById("text");
const list = document.getElementById("commands");
const menuButton = document.getElementById("menu");
const editingBar = document.getElementById("editing");
const editingText = document.getElementById("editing-text");

let commands = [];
let chosen = -1;
let editing = null; // the message being edited
let kept = ""; // what was being written before the edit began

export function setCommands(given) {
  commands = given;
  menuButton.hidden = !commands.length;
  refresh();
}

export const focusField = () => field.focus();
export const isIdle = () => !field.value && !editing;

export function beginEdit(message) {
  if (!editing) kept = field.value;
  editing = message;
  field.value = message.text ?? message.caption ?? "";
  editingText.textContent = field.value;
  editingBar.hidden = false;
  grow();
  field.focus();
}

export function endEdit() {
  if (!editing) return;
  editing = null;
  editingBar.hidden = true;
  field.value = kept;
  grow();
}

// Drafts belong to a person: taken away and given back when another one is shown.
export function draft() {
  endEdit();
  return field.value;
}

export function setDraft(text) {
  field.value = text;
  grow();
  refresh();
}

// `on` holds write(text), edit(message, text) (both true when it went out), and editLast().
export function startComposing(on) {
  async function send() {
    const text = field.value.trim();
    if (!text) return;
    if (editing) {
      if (await on.edit(editing, text)) endEdit();
      return;
    }
    field.value = "";
    grow();
    refresh();
    if (!(await on.write(text)) && !field.value) setDraft(text);
  }

  async function choose(command) {
    field.value = "";
    grow();
    closeList();
    field.focus();
    await on.write(`/${command}`);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
    field.focus();
  });
  field.addEventListener("input", () => {
    grow();
    refresh();
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) choose(item.dataset.command);
  });
  menuButton.addEventListener("click", () => {
    if (list.hidden) showList(commands);
    else closeList();
    field.focus();
  });
  document.getElementById("editing-stop").addEventListener("click", () => {
    endEdit();
    field.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".foot")) closeList();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (!list.hidden && pick(event, choose)) return;
    if (event.key === "Escape") {
      if (list.hidden) endEdit();
      else closeList();
    } else if (event.key === "ArrowUp" && isIdle()) {
      event.preventDefault();
      on.editLast();
    } else if (event.key === "Enter" && !event.shiftKey && sendsOnEnter()) {
      event.preventDefault();
      send();
    }
  });
}

// As on a phone: there Enter is a new line, and the button sends.
const sendsOnEnter = () => matchMedia("(hover: hover)").matches;

function pick(event, choose) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const count = list.children.length;
    mark((chosen + step + count) % count);
    return true;
  }
  if (event.key === "Enter" || event.key === "Tab") {
    const item = list.children[chosen];
    if (!item || event.shiftKey) return false;
    event.preventDefault();
    choose(item.dataset.command);
    return true;
  }
  return false;
}

function refresh() {
  const text = field.value;
  form.classList.toggle("empty", !text.trim());
  if (!/^\/\w*$/.test(text)) return closeList();
  showList(commands.filter(({ command }) => command.startsWith(text.slice(1).toLowerCase())));
}

function showList(found) {
  list.replaceChildren(
    ...found.map(({ command, description }, place) => {
      const item = make("li");
      item.id = `command-${place}`;
      item.dataset.command = command;
      item.setAttribute("role", "option");
      item.append(make("strong", "", `/${command}`), make("span", "", description));
      return item;
    }),
  );
  list.hidden = !found.length;
  menuButton.setAttribute("aria-expanded", String(!list.hidden));
  // Enter sends a command typed in full as it stands, and otherwise the first one.
  const full = found.findIndex(({ command }) => `/${command}` === field.value);
  mark(found.length ? Math.max(full, 0) : -1);
  list.scrollTop = 0;
}

function closeList() {
  list.hidden = true;
  menuButton.setAttribute("aria-expanded", "false");
  mark(-1);
}

function mark(place) {
  chosen = place;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
  const item = list.children[place];
  if (item) {
    field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  form.classList.toggle("empty", !field.value.trim());
}
