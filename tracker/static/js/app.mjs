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
if (document.querySelector(".date-field")) awaitDates();

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
