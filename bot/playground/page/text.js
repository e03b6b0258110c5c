// A message's text with its entities, as DOM nodes. Nothing is ever parsed as HTML.

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
};
const SAFE = /^(https?|tel|mailto|tg):/i;
const BLOCKS = new Set(["BLOCKQUOTE", "PRE"]);
const LONG_QUOTE = 3;

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// `entities` are ordered by offset, the longer first; offsets count UTF-16 units, as strings do.
export function rich(text, entities = [], onCommand = () => {}) {
  const all = document.createDocumentFragment();
  fill(all, text, 0, text.length, [...entities], onCommand);
  return all;
}

function fill(into, text, start, end, entities, onCommand) {
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    into.append(text.slice(at, from));
    const element = shape(entity, text.slice(from, to), onCommand);
    const inner = [];
    while (entities.length && entities[0].offset < to) inner.push(entities.shift());
    fill(element, text, from, to, inner, onCommand);
    into.append(element);
    // A block ends its line by itself.
    at = BLOCKS.has(element.tagName) && text[to] === "\n" ? to + 1 : to;
  }
  into.append(text.slice(at, end));
}

function shape(entity, text, onCommand) {
  if (PLAIN[entity.type]) return make(PLAIN[entity.type]);
  switch (entity.type) {
    case "url":
      return link(text.includes("://") ? text : `https://${text}`);
    case "text_link":
      return link(entity.url);
    case "bot_command": {
      const button = make("button", "command");
      button.type = "button";
      button.addEventListener("click", () => onCommand(text));
      return button;
    }
    case "spoiler":
      return spoiler();
    case "blockquote":
      return make("blockquote");
    case "expandable_blockquote":
      return expandable(text);
    default:
      return make("span");
  }
}

function link(address) {
  if (!SAFE.test(address)) return make("span");
  const anchor = make("a");
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function spoiler() {
  const hidden = make("span", "spoiler");
  hidden.tabIndex = 0;
  hidden.setAttribute("role", "button");
  hidden.setAttribute("aria-label", "Hidden text, press to read");
  const show = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    hidden.classList.add("seen");
    for (const name of ["role", "aria-label", "tabindex"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", show, { once: true });
  hidden.addEventListener("keydown", show);
  return hidden;
}

function expandable(text) {
  const quote = make("blockquote");
  if (text.split("\n").length <= LONG_QUOTE && text.length < 120) return quote;
  quote.className = "folded";
  quote.tabIndex = 0;
  quote.setAttribute("role", "button");
  quote.setAttribute("aria-expanded", "false");
  const turn = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    if (event.target.closest("a, .command")) return;
    event.preventDefault();
    const folded = quote.classList.toggle("folded");
    quote.setAttribute("aria-expanded", String(!folded));
  };
  quote.addEventListener("click", turn);
  quote.addEventListener("keydown", turn);
  return quote;
}
