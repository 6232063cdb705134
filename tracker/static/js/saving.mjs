// Translations are saved while one types: each text area of a form[data-save-as-typed] is sent by
// itself once typing pauses. Without this module the form's own button saves them all.
import { paused, word } from "./words.mjs";

async function save(area, form) {
  const state = area.closest(".field")?.querySelector("[data-saved]");
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, [area.name]: area.value });
  if (state) state.textContent = word("sending");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (state) state.textContent = answer.ok ? word("saved") : word("not-saved");
  } catch {
    if (state) state.textContent = word("not-saved");
  }
}

export function enhanceSaving() {
  for (const form of document.querySelectorAll("form[data-save-as-typed]")) {
    for (const area of form.querySelectorAll("textarea")) {
      area.addEventListener("input", paused(() => save(area, form), 800));
    }
  }
}
