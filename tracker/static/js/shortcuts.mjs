// Keys for those who type all day. One table makes the keys and the list of them, so that the list
// cannot lie. Keys are told apart by their place on the keyboard: a Persian layout writes other letters.
import { make, word } from "./words.mjs";

const GO = { KeyH: "/", KeyT: "/ties/", KeyM: "/memoranda/", KeyE: "/meetings/", KeyA: "/actions/" };
const OFF = "keys-off";
const letter = (code) => code.slice(-1).toLowerCase();
const linkTo = (path) => document.querySelector(`.topbar a[href="${path}"]:not(.brand), .tabs a[href="${path}"]`);
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const isOff = () => {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
};

function search() {
  const field = document.querySelector(".search input");
  if (field?.offsetParent) field.focus();
  else document.querySelector(".search-link")?.click();
}

const log = () => linkTo("/meetings/new")?.click();

function line(text, ...keys) {
  const shown = make("span", { dir: "ltr" });
  keys.forEach((key, place) => shown.append(...(place ? [" "] : []), make("kbd", {}, key)));
  return make("li", {}, make("span", {}, text), shown);
}

function help() {
  let dialog = document.getElementById("keys");
  if (!dialog) {
    const list = make("ul", { class: "keys" }, line(word("keys-search"), "/"));
    if (linkTo("/meetings/new")) list.append(line(word("keys-log"), "n"));
    for (const [code, path] of Object.entries(GO)) {
      const link = linkTo(path);
      if (link) list.append(line(link.textContent, "g", letter(code)));
    }
    list.append(line(word("keys-save"), "Ctrl", "Enter"), line(word("keys-help"), "?"));
    const on = make("input", { type: "checkbox", id: "keys-on" });
    on.checked = !isOff();
    on.addEventListener("change", () => {
      try { localStorage.setItem(OFF, on.checked ? "0" : "1"); } catch { /* then only for this page */ }
    });
    const close = make("button", { type: "button", class: "button" }, word("close"));
    dialog = make("dialog", { id: "keys", "aria-labelledby": "keys-title" },
      make("h2", { id: "keys-title" }, word("keys")), list,
      make("p", { class: "check" }, on, make("label", { for: "keys-on" }, word("keys-on"))), close);
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
  }
  dialog.showModal();
}

export function enhanceShortcuts() {
  let going = 0;
  document.addEventListener("click", (event) => event.target.closest("[data-keys-open]") && help());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || isOff() || document.querySelector("dialog[open]")) return;
    const asks = event.code === "Slash" || event.key === "/" || event.key === "?";
    if (asks) {
      event.preventDefault();
      if (event.shiftKey && event.key !== "/") help();
      else search();
    } else if (event.shiftKey) {
      return;
    } else if (event.timeStamp - going < 1500 && GO[event.code]) {
      event.preventDefault();
      going = 0;
      linkTo(GO[event.code])?.click();
    } else if (event.code === "KeyG") {
      going = event.timeStamp;
    } else if (event.code === "KeyN") {
      log();
    }
  });
}
