// What was typed survives a reload: kept on this device by user, form and language, until the
// server has taken it in (keeping.mjs clears). Never the token; nothing while the level is confidential.
import { forget, held, isChanged, sayLine } from "./forms.mjs";
import { mayKeep, PREFIX, stored, user } from "./keeping.mjs";
import { setRows } from "./rows.mjs";
import { fitAll } from "./textareas.mjs";
import { make, paused, word } from "./words.mjs";

const DAY = 24 * 3600 * 1000;
const pathOf = (form) => new URL(form.action, location.href).pathname;
const idOf = (form) => form.elements.submission?.value ?? "";
const placeOf = (form) => `${PREFIX}${user} ${pathOf(form)} ${document.documentElement.lang} `;
const keyOf = (form) => placeOf(form) + idOf(form);
const isSecret = (form) => form.querySelector("[data-no-draft]:checked") !== null;

const clock = (time) => new Intl.DateTimeFormat(document.documentElement.lang,
  Date.now() - time < DAY ? { hour: "2-digit", minute: "2-digit" } : { dateStyle: "medium", timeStyle: "short" }).format(time);

const links = (form) => [...form.querySelectorAll(".link-field")];
const inputIn = (field) => field.querySelector("input");
const details = (form) => Object.fromEntries(links(form)
  .map((field) => [inputIn(field).name, field.querySelector(".link-detail").textContent]));

/** The latest draft of this form, with its key. */
function latest(form) {
  const drafts = Object.keys(stored() ?? {}).filter((key) => key.startsWith(placeOf(form))).flatMap((key) => {
    try { return [{ key, ...JSON.parse(stored().getItem(key)) }]; } catch { return []; }
  });
  return drafts.sort((a, b) => b.time - a.time)[0];
}

function keep(form, { typed = false } = {}) {
  if (!mayKeep()) return;
  if (isSecret(form)) {
    stored()?.removeItem(keyOf(form));
    sayLine(form, word("not-kept"));
    return;
  }
  if (!isChanged(form)) {
    if (typed) stored()?.removeItem(keyOf(form));
    return;
  }
  const time = Date.now();
  try {
    stored()?.setItem(keyOf(form), JSON.stringify({ time, values: held(form), details: details(form) }));
    sayLine(form, navigator.onLine ? word("kept", { time: clock(time) }) : word("offline"));
  } catch {
    sayLine(form, word("changed"));
  }
}

function fillRows(form, values) {
  for (const group of form.querySelectorAll("[data-rows]")) {
    const start = `${group.dataset.rows}-`;
    const indexes = values.filter(([name]) => name.startsWith(start)).map(([name]) => parseInt(name.slice(start.length), 10));
    if (group.querySelector(":scope > template")) setRows(group, [...new Set(indexes.filter(Number.isInteger))]);
  }
}

function fill(form, { values, details: said = {} }) {
  fillRows(form, values);
  const given = new Map();
  for (const [name, value] of values) given.set(name, [...(given.get(name) ?? []), value]);
  for (const control of form.elements) {
    const wanted = given.get(control.name);
    if (!control.name || control.type === "file" || control.name === "csrf_token" || control.name === "typed_in") continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = wanted?.includes(control.value) ?? false;
    else if (wanted && control.type !== "submit") control.value = wanted[0];
  }
  for (const field of links(form)) {
    field.querySelector(".link-detail").textContent = said[inputIn(field).name] ?? "";
    field.classList.toggle("linked", field.querySelector("input[type=hidden]").value !== "");
  }
  for (const folded of form.querySelectorAll("details.more")) {
    folded.open ||= [...folded.querySelectorAll("input, textarea")].some((control) => control.value && control.type !== "hidden" && control.type !== "checkbox" && control.type !== "radio");
  }
  fitAll(form);
  form.querySelectorAll(".date-field input").forEach((input) => input.dispatchEvent(new Event("input", { bubbles: true })));
}

function notice(form, text, ...buttons) {
  const line = make("div", { class: "notice notice-wait draft-notice", role: "status" }, make("p", {}, text));
  for (const [label, act] of buttons) {
    const button = make("button", { type: "button", class: "button small" }, label);
    button.addEventListener("click", () => {
      line.remove();
      act();
    });
    line.append(button);
  }
  form.prepend(line);
}

function restore(form) {
  const draft = form.dataset.answered === undefined && latest(form);
  if (!draft) return;
  const before = { values: held(form), details: details(form) };
  const wanted = new Map(draft.values);
  const version = (values) => new Map(values).get("version");
  const same = (a, b) => JSON.stringify(a.filter(([name]) => name !== "submission")) === JSON.stringify(b.filter(([name]) => name !== "submission"));
  if (same(before.values, draft.values)) return;
  const time = clock(draft.time);
  const discard = () => {
    stored()?.removeItem(draft.key);
    fill(form, before);
    forget(form);
  };
  const fillIn = () => {
    // With the draft comes its submission, so that sending it twice saves it once, and its version,
    // so that a change made by somebody else in the meantime is noticed.
    fill(form, draft);
    notice(form, word("restored", { time }), [word("discard"), discard]);
    sayLine(form, word("kept", { time }));
  };
  if (Date.now() - draft.time > DAY || wanted.get("version") !== version(before.values)) {
    notice(form, word("old-draft", { time }), [word("restore"), fillIn], [word("discard"), discard]);
  } else {
    fillIn();
  }
}

export function enhanceDrafts() {
  if (!user) return;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    restore(form);
    const later = paused(() => keep(form, { typed: true }), 600);
    for (const type of ["input", "change", "row:added", "row:removed"]) form.addEventListener(type, later);
    // Before it is marked as sent: the answer may never come.
    form.addEventListener("submit", () => keep(form));
    addEventListener("pagehide", () => keep(form));
  }
}
