// Under "what was said": each line as it will be recorded, with the speaker that its "name:" means.
// The server decides; this shows early what it will understand.
import { make, paused } from "./words.mjs";

const fold = (text) => text.normalize("NFKC").toLowerCase()
  .replace(/[\u200b-\u200f\u064b-\u065f\u0640]/g, "").replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/[أإآ]/g, "ا")
  .replace(/[.…()«»"'؛;]/g, " ").trim().split(/\s+/).filter(Boolean);

const COMMA = /[،,]/;
const HONORIFICS = new Set(fold("آقای خانم جناب دکتر مهندس mr mrs ms miss dr"));
const words = (text) => fold(text).filter((word) => !HONORIFICS.has(word));
const ends = (all) => all.map((_, at) => all.slice(at).join(""));
const beginnings = (all) => all.map((_, at) => all.slice(0, at + 1).join(""));

/** Whoever is typed as «name، post»: the whole name or its end, the whole post or its beginning. */
const delegates = (form) => [...form.querySelectorAll(".delegate")].map((row) => {
  const typed = row.querySelector(".link-field > input").value.trim();
  const id = row.querySelector(".link-field > input[type=hidden]").value;
  const [name, post = row.querySelector(".link-detail").textContent] = id.startsWith("post:") ? ["", typed] : typed.split(COMMA);
  const whole = [name, post].map((text) => words(text).join("")).filter(Boolean);
  return { shown: typed, whole, parts: [...ends(words(name)), ...beginnings(words(post))] };
}).filter(({ shown }) => shown);

function speakerOf(line, people) {
  const found = /^([^:：]{1,120})[:：]\s*(.+)$/.exec(line);
  if (!found) return [null, line];
  const named = [found[1], found[1].split(COMMA)[0]].map((text) => words(text).join("")).filter(Boolean);
  const going = (by) => people.filter((person) => person[by].some((form) => named.includes(form)));
  const meant = going("whole").length ? going("whole") : going("parts");
  return meant.length === 1 ? [meant[0].shown, found[2]] : [null, line];
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
