// Sending a form once, by hand or by Ctrl+Enter, and not losing it by leaving.
import { word } from "./words.mjs";

const untouched = new WeakMap();
const KEPT_OUT = new Set(["csrf_token", "typed_in"]);

/** What a form holds, as [name, value] pairs; files and the token are left out. */
export const held = (form) => [...new FormData(form)]
  .filter(([name, value]) => typeof value === "string" && !KEPT_OUT.has(name));
const stamp = (form) => JSON.stringify(held(form));
export const isChanged = (form) => untouched.has(form) && untouched.get(form) !== stamp(form);
export const forget = (form) => untouched.set(form, stamp(form));

export const sayLine = (form, text) => {
  const line = form.querySelector("[data-draft-line]");
  if (line) line.textContent = text;
};

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent !== undefined) event.preventDefault();
  else if (!navigator.onLine && form.matches(".record")) {
    // The browser would put its own page in place of what was typed.
    event.preventDefault();
    sayLine(form, word(form.querySelector("[data-no-draft]:checked") ? "not-saved" : "offline"));
  } else {
    form.dataset.sent = "";
    sayLine(form, word("sending"));
  }
}

function focusField(event) {
  const link = event.target.closest(".summary a[href^='#']");
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!target) return;
  const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
  const folded = target.closest("details:not([open])");
  if (folded) folded.open = true;
  if (!control) return;
  event.preventDefault();
  control.scrollIntoView({ block: "center" });
  control.focus({ preventScroll: true });
}

export function enhanceForms() {
  const records = document.querySelectorAll("form.record");
  records.forEach(forget);
  document.addEventListener("submit", sendOnce);
  document.addEventListener("click", focusField);
  // A page that comes back from the browser's memory is a page that was not sent.
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.form ?? event.target.closest?.("form") ?? records[0];
    const button = form?.querySelector("[data-primary]");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  addEventListener("beforeunload", (event) => {
    const open = [...records].some((form) => form.dataset.sent === undefined && isChanged(form));
    if (open) event.preventDefault();
  });
  document.querySelector("[data-focus]")?.focus();
}
