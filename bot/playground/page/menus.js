// Small menus: what to do with a message, what to attach; and the notices of the bot.

import { make } from "./text.js";

const menu = document.getElementById("context");
const toast = document.getElementById("toast");
const alertBox = document.getElementById("alert");
let opener = null;
let fading = 0;

// `choices` are [label, what to do, dangerous?]; `near` is the element the menu belongs to.
export function openMenu(near, choices, point) {
  closeMenu();
  opener = near;
  for (const [label, choose, grave] of choices) {
    const item = make("button", grave ? "grave" : "", label);
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.addEventListener("click", () => {
      closeMenu();
      choose();
    });
    menu.append(item);
  }
  menu.hidden = false;
  const box = near.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const x = point?.x ?? box.left;
  const y = point?.y ?? box.bottom + 4;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - size.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - size.height - 8))}px`;
  menu.firstElementChild.focus();
}

export function closeMenu() {
  if (menu.hidden) return;
  menu.hidden = true;
  menu.replaceChildren();
  opener?.focus?.({ preventScroll: true });
  opener = null;
}

menu.addEventListener("keydown", (event) => {
  const items = [...menu.children];
  const place = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items.at((place + step) % items.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
  }
});
document.addEventListener("pointerdown", (event) => {
  if (!menu.contains(event.target)) closeMenu();
});

export function showToast(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => (toast.hidden = true), Math.max(3500, text.length * 70));
}

export function showAlert(text) {
  document.getElementById("alert-text").textContent = text;
  if (alertBox.open) return;
  alertBox.showModal();
  const phone = document.querySelector(".phone").getBoundingClientRect();
  alertBox.style.translate = `${phone.left + phone.width / 2 - innerWidth / 2}px 0`;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without the permission the old way still works.
    const field = make("textarea", "unseen");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  showToast("Copied.");
}
