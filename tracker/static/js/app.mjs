// Everything here makes a page that already works pleasanter; a module that fails leaves it working.
import { enhanceAppearance } from "./appearance.mjs";
import { enhanceForms } from "./forms.mjs";
import { enhanceKeeping } from "./keeping.mjs";
import { enhanceMenus } from "./menus.mjs";
import { enhanceShortcuts } from "./shortcuts.mjs";

document.documentElement.dataset.js = "";
enhanceMenus();
enhanceAppearance();
enhanceShortcuts();
enhanceKeeping();
enhanceForms();
if (document.querySelector("form.record, .link-field, [data-rows], textarea")) {
  import("./records.mjs").then((records) => records.enhanceRecords());
}
if (document.querySelector("form[data-save-as-typed]")) {
  import("./saving.mjs").then((saving) => saving.enhanceSaving());
}
if (document.querySelector("input[type=file]")) {
  import("./upload.mjs").then((upload) => upload.enhanceUploads());
}
if (document.querySelector(".date-field")) awaitDates();
if (document.querySelector("form[data-passkey]")) {
  import("./passkeys.mjs").then((passkeys) => passkeys.enhancePasskeys());
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
const lockForm = document.querySelector("form[data-lock]");
if (lockForm) awaitLock(lockForm);

// The lock is fetched when it is pressed, or long before anybody can have been away for long.
function awaitLock(form) {
  const fetchLock = async () => (await import("./lock.mjs")).enhanceLock(form);
  const soon = setTimeout(fetchLock, 60_000);
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    clearTimeout(soon);
    await fetchLock();
    form.requestSubmit();
  }, { once: true });
}

// Half of all scripts is there to read dates: fetched once somebody begins to fill in a form.
function awaitDates() {
  const beginnings = ["pointerdown", "keydown", "input"];
  let pressed;
  const note = (event) => {
    const button = event.target.closest(".date-field button");
    if (!button) return;
    event.preventDefault();
    pressed = button;
  };
  const fetchDates = async () => {
    for (const type of beginnings) removeEventListener(type, fetchDates);
    const { enhanceDateFields } = await import("./dates.mjs");
    removeEventListener("click", note);
    enhanceDateFields();
    pressed?.click();
  };
  for (const type of beginnings) addEventListener(type, fetchDates);
  addEventListener("click", note);
}
