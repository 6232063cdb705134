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
if (document.querySelector(".date-field")) {
  import("./dates.mjs").then((dates) => dates.enhanceDateFields());
}
