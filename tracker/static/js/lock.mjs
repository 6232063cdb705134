// The lock: after a while without anybody, or by its button, a dialog covers the page and all that
// was typed stays below it. The server has locked the session as well and shows nothing until then.
// Time is read off the clock, so a computer that slept knows how long; all tabs lock and open together.
import { make, word } from "./words.mjs";

const LOOK_EVERY = 15_000;
const TELL_EVERY = 60_000;
const tabs = new BroadcastChannel("peyvand-lock");
const root = document.documentElement;

let form;
let dialog;
let telling;
let seen = performance.timeOrigin;
let told = Date.now();

const asJson = { headers: { Accept: "application/json" } };
const isOver = () => Date.now() - seen >= Number(form.dataset.lock) * 1000;
const post = (address, values = {}) => fetch(address, {
  ...asJson, method: "POST", body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value, ...values }),
});

async function state() {
  const answer = await fetch("/session", asJson);
  return answer.ok ? answer.json() : { standing: "nobody" };
}

/** Somebody is here: the server hears of it now and then, because typing fetches no page. */
function note() {
  if (dialog) return;
  if (isOver()) {
    lock();
    return;
  }
  seen = Date.now();
  if (seen - told < TELL_EVERY) return;
  told = seen;
  tabs.postMessage("seen");
  fetch("/session?typing", asJson).catch(() => {});
}

async function look() {
  if (dialog) {
    await telling;
    if ((await state()).standing === "open") open();
  } else if (isOver()) {
    lock();
  }
}

/** Covers the page; the server is told, unless another tab has told it. */
async function lock({ tell = true } = {}) {
  if (dialog) return;
  cover();
  if (tell) {
    telling = post("/lock").then(() => tabs.postMessage("locked"), () => {});
    await telling;
  }
  show(await state().catch(() => ({ standing: "locked", password: true })));
}

function cover() {
  root.dataset.locked = "";
  dialog = make("dialog", { class: "lock", "aria-labelledby": "lock-title" }, make("h2", { id: "lock-title" }, word("lock-title")));
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
}

function show({ standing, email, password, passkeys }) {
  if (!dialog) return;
  if (standing === "nobody") {
    dialog.append(make("p", {}, word("lock-over")), signIn());
    return;
  }
  const said = make("p", { class: "error", role: "alert" });
  const field = make("input", { type: "password", id: "lock-proof", autocomplete: "current-password", dir: "ltr", required: true });
  const unlock = make("button", { class: "button primary", type: "submit" }, word("lock-open"));
  const way = make("form", { method: "dialog" }, make("p", {}, word("lock-text")),
    // For whoever keeps the passwords: whose it is.
    make("input", { type: "text", autocomplete: "username", value: email ?? "", hidden: true }),
    ...(password ? [make("div", { class: "field" }, make("label", { for: "lock-proof" }, word("lock-password")), field)] : []),
    said, make("p", { class: "buttons" }, ...(password || !passkeys ? [unlock] : [])));
  way.addEventListener("submit", (event) => {
    event.preventDefault();
    prove(said, { proof: field.value });
    field.value = "";
  });
  if (passkeys) way.lastChild.append(passkeyButton(said));
  way.lastChild.append(signOut());
  dialog.append(way);
  way.querySelector("input:not([hidden]), button").focus();
}

function passkeyButton(said) {
  const button = make("button", { class: "button", type: "button" }, word("lock-passkey"));
  button.addEventListener("click", async () => {
    try {
      const { prove: answer } = await import("./passkeys.mjs");
      await prove(said, { credential: await answer(form.elements.csrf_token.value) });
    } catch {
      said.textContent = word("lock-failed");
    }
  });
  return button;
}

function signOut() {
  const button = make("button", { class: "button", type: "button" }, word("lock-leave"));
  button.addEventListener("click", () => document.querySelector("form[data-sign-out]").requestSubmit());
  return button;
}

const signIn = () => make("a", { class: "button primary", href: `/login?next=${encodeURIComponent(location.pathname + location.search)}` }, word("lock-sign-in"));

async function prove(said, values) {
  said.textContent = "";
  try {
    const answer = await post("/unlock", values);
    const { standing, message } = await answer.json();
    if (answer.ok && standing === "open") {
      tabs.postMessage("unlocked");
      open();
    } else if (answer.status === 401 || answer.ok) {
      dialog.replaceChildren(dialog.firstChild);
      show({ standing: "nobody" });
    } else {
      said.textContent = message || word("lock-failed");
    }
  } catch {
    said.textContent = word("lock-failed");
  }
}

function open() {
  seen = told = Date.now();
  delete root.dataset.locked;
  dialog?.close();
  dialog?.remove();
  dialog = undefined;
}

export function enhanceLock(found) {
  form = found;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lock();
  });
  for (const type of ["keydown", "pointerdown", "input", "scroll"]) addEventListener(type, note, { passive: true, capture: true });
  for (const type of ["focus", "pageshow"]) addEventListener(type, look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(look, LOOK_EVERY);
  tabs.addEventListener("message", ({ data }) => {
    if (data === "seen") seen = Date.now();
    else if (data === "locked") lock({ tell: false });
    else if (data === "unlocked") open();
  });
  look();
}
