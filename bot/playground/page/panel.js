// The side panel: who holds the phone, and what the server does to the bot.

import { make } from "./text.js";
import { showToast } from "./menus.js";
import * as wire from "./wire.js";

const NAMES = ["Ann", "Ben", "Chloe", "Dana", "Emre", "Farah", "Gil", "Hana", "Ines", "Jon"];
const panel = document.getElementById("panel");
const opener = document.getElementById("panel-button");
const list = document.getElementById("people");
const newName = document.getElementById("new-name");
const switches = [...document.querySelectorAll("#faults input")];
const often = document.getElementById("often");
const now = document.getElementById("faults-now");
let counting = 0;
let changes = 0;

const wide = matchMedia("(min-width: 900px)");

function setOpen(open) {
  panel.classList.toggle("open", open);
  opener.setAttribute("aria-expanded", String(open));
  if (open) document.getElementById("panel-close").focus();
  else if (panel.contains(document.activeElement)) opener.focus();
}

export const suggestName = (count) => NAMES[count % NAMES.length];

// `on.choose(id)` shows a person; `waiting` is a map of unread counts by person.
export function showPeople(people, current, waiting, on) {
  list.replaceChildren(
    ...people.map((person) => {
      const item = make("li");
      const button = make("button", "person");
      button.type = "button";
      button.setAttribute("aria-pressed", String(person.id === current));
      button.append(make("span", "initial", [...person.name][0]), make("span", "name", person.name));
      const count = waiting.get(person.id);
      if (person.blocked) button.append(make("small", "", "blocks the bot"));
      if (count) {
        const badge = make("span", "count", String(count));
        badge.setAttribute("aria-label", `${count} unread`);
        button.append(badge);
      }
      button.addEventListener("click", () => {
        on.choose(person.id);
        if (!wide.matches) setOpen(false);
      });
      item.append(button);
      return item;
    }),
  );
  if (document.activeElement !== newName) newName.value = suggestName(people.length);
}

// `on` holds add(name), block(), clear(), chatId().
export function startPanel(on) {
  opener.addEventListener("click", () => setOpen(!panel.classList.contains("open")));
  document.getElementById("panel-close").addEventListener("click", () => setOpen(false));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && setOpen(false));
  document.getElementById("add-person").addEventListener("submit", (event) => {
    event.preventDefault();
    on.add(newName.value.trim());
    newName.blur();
    if (!wide.matches) setOpen(false);
  });
  document.getElementById("block").addEventListener("click", on.block);
  document.getElementById("clear").addEventListener("click", on.clear);
  for (const input of switches) input.addEventListener("change", applyFaults);
  often.addEventListener("change", applyFaults);
  document.getElementById("outage").addEventListener("click", () => send({ outage: 10 }));
  document.getElementById("too-many").addEventListener("click", () =>
    send({ kind: "too_many", methods: "send*", seconds: 5, times: 1, chat_id: on.chatId() }),
  );
}

async function send(fault) {
  try {
    await wire.setFault(fault);
    await showFaults();
  } catch (error) {
    showToast(error.message);
  }
}

async function applyFaults() {
  changes += 1;
  const rules = switches
    .filter((each) => each.checked)
    .map(({ dataset: { kind } }) => {
      return { kind, seconds: kind === "latency" ? 2 : 0, probability: Number(often.value) };
    });
  try {
    await wire.replaceFaults(rules);
  } catch (error) {
    showToast(error.message);
  }
}

// The switches show what is in force, also when a test or another page changed it.
export async function showFaults() {
  const before = changes;
  const { rules, outage_left: left } = await wire.faults();
  if (before !== changes) return; // someone is at the switches; the next event comes soon
  const lasting = new Map(rules.filter((rule) => rule.times === null).map((rule) => [rule.kind, rule]));
  for (const input of switches) input.checked = lasting.has(input.dataset.kind);
  clearInterval(counting);
  const end = Date.now() + left * 1000;
  const tick = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    const once = rules.some((rule) => rule.kind === "too_many");
    if (seconds > 0) now.textContent = `Out for ${seconds} s more.`;
    else now.textContent = once ? "The next message to this chat gets 429." : "";
    if (seconds <= 0) clearInterval(counting);
  };
  tick();
  if (left > 0) counting = setInterval(tick, 500);
}
