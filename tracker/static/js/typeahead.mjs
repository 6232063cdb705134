// A text field that points at a record. It stays a text field: whoever types a new name and goes on
// has answered it. `<name>-id` carries "kind:id" once a suggestion was taken, and is emptied by typing.
import { announce, make, number, paused, word } from "./words.mjs";

let request = null;
let shown = null; // {input, list, options, at}

const fieldOf = (input) => input.closest(".link-field");
const idOf = (input) => fieldOf(input).querySelector("input[type=hidden]");
const detailOf = (input) => fieldOf(input).querySelector(".link-detail");
const isLink = (element) => element.matches?.(".link-field > input:not([type=hidden])");

function upgrade(root) {
  for (const input of root.querySelectorAll(".link-field > input:not([type=hidden])")) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", `${input.id}-list`);
  }
}

function close() {
  request?.abort();
  if (!shown) return;
  shown.list.remove();
  shown.input.setAttribute("aria-expanded", "false");
  shown.input.removeAttribute("aria-activedescendant");
  shown = null;
}

function point(at) {
  const { input, options } = shown;
  shown.at = (at + options.length) % options.length;
  options.forEach((option, place) => option.element.setAttribute("aria-selected", place === shown.at));
  input.setAttribute("aria-activedescendant", options[shown.at].element.id);
  options[shown.at].element.scrollIntoView({ block: "nearest" });
}

function link(input, { id, kind, title, detail }) {
  if (title) input.value = title;
  idOf(input).value = id ? `${kind}:${id}` : "";
  fieldOf(input).classList.toggle("linked", Boolean(id));
  detailOf(input).textContent = detail ?? "";
}

function take(at) {
  const { input, options } = shown;
  link(input, options[at].item);
  close();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(input, { items, more, addable }) {
  close();
  const typed = input.value.trim();
  const known = items.some((item) => item.title === typed);
  const options = items.map((item) => ({ item, text: item.title, lang: item.lang, dir: item.dir, detail: item.detail }));
  // A source, a tie or a term has a page of its own: what the server would refuse is not offered.
  if (!known && addable) options.push({ item: { detail: word("add-hint") }, text: word("add", { text: typed }) });
  if (!options.length) {
    detailOf(input).textContent = word("no-hits");
    announce(word("no-hits"));
    return;
  }
  const list = make("ul", { class: "suggestions", role: "listbox", id: `${input.id}-list`, "aria-label": word("hits", { count: number(items.length) }) });
  options.forEach((option, place) => {
    option.element = make("li", { role: "option", id: `${input.id}-option-${place}`, "aria-selected": "false" },
      make("span", { lang: option.lang, dir: option.dir ?? "auto" }, option.text));
    if (option.detail) option.element.append(make("span", { class: "meta" }, option.detail));
    // Pressing an option must not take the focus from the field.
    option.element.addEventListener("mousedown", (event) => event.preventDefault());
    option.element.addEventListener("click", () => take(place));
    list.append(option.element);
  });
  if (more) list.append(make("li", { role: "presentation", class: "meta" }, word("more-hits")));
  fieldOf(input).append(list);
  input.setAttribute("aria-expanded", "true");
  shown = { input, list, options, at: -1 };
  announce(items.length ? word("hits", { count: number(items.length) }) : word("no-hits"));
}

async function ask(input) {
  const typed = input.value.trim();
  if (!typed || document.activeElement !== input) return;
  request?.abort();
  request = new AbortController();
  const address = new URL("/suggest", location.origin);
  address.search = new URLSearchParams({ kind: fieldOf(input).dataset.link, q: typed });
  try {
    const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
    if (answer.ok && document.activeElement === input) show(input, await answer.json());
  } catch { /* offline or overtaken by the next letter: the field is a text field */ }
}

function pressed(event) {
  const input = event.target;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const mine = shown?.input === input;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!mine) ask(input);
    else point(event.key === "ArrowDown" ? shown.at + 1 : Math.max(shown.at, 0) - 1);
  } else if (mine && event.key === "Enter" && shown.at >= 0) {
    event.preventDefault();
    take(shown.at);
  } else if (mine && event.key === "Enter") {
    event.preventDefault();
    close();
  } else if (mine && event.key === "Escape") {
    event.stopPropagation();
    close();
  }
}

export function enhanceLinks() {
  upgrade(document);
  const later = paused(ask, 200);
  document.addEventListener("row:added", (event) => upgrade(event.target));
  document.addEventListener("input", (event) => {
    if (!isLink(event.target)) return;
    link(event.target, {});
    close();
    later(event.target);
  });
  document.addEventListener("keydown", (event) => isLink(event.target) && pressed(event), true);
  document.addEventListener("focusout", (event) => shown?.input === event.target && close());
}
