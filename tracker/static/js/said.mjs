// Under "what was said": each line as it will be recorded, with the speaker that its "name:" means.
// The server decides; this shows early what it will understand.
import { make, paused } from "./words.mjs";

const fold = (text) => text.normalize("NFKC").toLowerCase()
  .replace(/[\u200b-\u200f\u064b-\u065f\u0640]/g, "").replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/[أإآ]/g, "ا")
  .trim().split(/\s+/).filter(Boolean);

const delegates = (form) => [...form.querySelectorAll(".delegate")].map((row) => {
  const name = row.querySelector(".link-field > input").value.trim();
  return { name, words: fold(`${name} ${row.querySelector(".link-detail").textContent}`) };
}).filter((delegate) => delegate.name);

function speakerOf(line, people) {
  const found = /^([^:：]{1,80})[:：]\s*(.+)$/.exec(line);
  const named = found ? fold(found[1]) : [];
  const meant = named.length ? people.filter(({ words }) => named.every((part) => words.includes(part))) : [];
  return meant.length === 1 ? [meant[0].name, found[2]] : [null, line];
}

function draw(area, list) {
  const people = delegates(area.form);
  const lines = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  list.hidden = lines.length === 0;
  list.replaceChildren(...lines.map((line) => {
    const [name, text] = speakerOf(line, people);
    const who = name ? make("b", { dir: "auto" }, name) : make("span", {}, make("span", { class: "unknown" }, list.dataset.nobody));
    return make("li", {}, who, make("span", { dir: "auto" }, text));
  }));
}

export function enhanceSaid() {
  for (const area of document.querySelectorAll("textarea[data-said]")) {
    const list = area.form?.querySelector("[data-said-preview]");
    if (!list) continue;
    const later = paused(() => draw(area, list), 150);
    for (const type of ["input", "change", "row:removed"]) area.form.addEventListener(type, later);
    draw(area, list);
  }
}
