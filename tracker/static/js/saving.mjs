// Translations are saved while one types: each text area of a form[data-save-as-typed] is sent by
// itself once typing pauses. Without this module the form's own button saves them all.
import { make, paused, word } from "./words.mjs";

async function save(area, form) {
  const state = area.closest(".field")?.querySelector("[data-saved]");
  const say = (...parts) => state?.replaceChildren(...parts);
  const shown = form.elements[`${area.name}-shown`];
  const text = area.value;
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, [area.name]: text, [shown.name]: shown.value });
  say(word("sending"));
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 409) {
      // From here on both texts are known to whoever types: what is typed next is meant to replace.
      shown.value = (await answer.json()).theirs[area.name];
      say(`${word("overtaken")} `, make("bdi", { lang: area.lang, dir: area.dir }, shown.value));
      return;
    }
    if (answer.ok) shown.value = text;
    say(word(answer.ok ? "saved" : "not-saved"));
  } catch {
    say(word("not-saved"));
  }
}

export function enhanceSaving() {
  for (const form of document.querySelectorAll("form[data-save-as-typed]")) {
    for (const area of form.querySelectorAll("textarea")) {
      area.addEventListener("input", paused(() => save(area, form), 800));
    }
  }
}
