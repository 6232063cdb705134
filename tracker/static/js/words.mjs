// What the scripts say: the words stand in the page, so that the catalogue holds them all.
const words = document.getElementById("words");
const say = new Map([...(words?.content.querySelectorAll("[data-word]") ?? [])]
  .map((span) => [span.dataset.word, span.textContent]));

/** The text for a key, with its {places} filled in. */
export const word = (key, values = {}) =>
  (say.get(key) ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const numbers = new Intl.NumberFormat(document.documentElement.lang);
/** A whole number in the digits of the page. */
export const number = (value) => numbers.format(value);

let region;
/** Says something to a screen reader without moving the focus. */
export function announce(text) {
  if (!region) {
    region = make("p", { role: "status", class: "hidden" });
    document.body.append(region);
  }
  // A region that is filled as it appears is not read out.
  setTimeout(() => { region.textContent = text; }, 50);
}

/** An element with attributes and children; strings become text, never markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Runs `act` once typing has paused. */
export function paused(act, wait) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait, ...given);
  };
}
