// The date field: echoes what is typed, moves by days, offers what may have been meant.
// The server decides; here nothing is sent or refused.
//
// Enhances  <div class="date-field" data-direction="past|future"> <input>
//             <button data-date-open> <output data-state="|warning|error"> … <button data-date-chip="today"> …
// A chip puts its words into the field. Today, the week and its days off are the server's: <html data-today
// data-calendar data-week-start data-days-off>.
import { fromIso, toIso } from "./dates.calendars.mjs";
import { fill, parse, sayDay, sayIsoDay, wordsOf } from "./dates.saying.mjs";

const { lang: language, dataset: { today, calendar, weekStart, daysOff = "" } } = document.documentElement;
const words = wordsOf(language);
const city = { today, weekStarts: Number(weekStart), daysOff: daysOff.split(" ").filter(Boolean).map(Number) };

const inputOf = (field) => field.querySelector("input");
const parseField = (field) => parse(inputOf(field).value, { ...city, language, direction: field.dataset.direction });

function show(field, text, state = "") {
  const output = field.querySelector("output");
  output.textContent = text;
  if (state) output.dataset.state = state;
  else delete output.dataset.state;
}

function offer(field, candidates) {
  const standing = field.querySelector("[data-date-candidates]");
  const wanted = candidates.map(({ text }) => text).join("\n");
  // Left alone if it says the same: leaving the field by a click must not take the button away.
  if ((standing?.dataset.dateCandidates ?? "") === wanted) return;
  standing?.remove();
  if (!wanted) return;
  const row = document.createElement("p");
  row.className = "chips";
  row.dataset.dateCandidates = wanted;
  for (const { text } of candidates) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.dataset.dateChip = text;
    chip.textContent = text;
    row.append(chip);
  }
  field.querySelector("output").after(row);
}

// The server's refusal stands until its text is changed: one field never says two things.
const isRefusedByServer = (field) => inputOf(field).getAttribute("aria-invalid") === "true";
function forgetServerRefusal(field) {
  const input = inputOf(field);
  if (!isRefusedByServer(field)) return;
  input.removeAttribute("aria-invalid");
  for (const id of (input.getAttribute("aria-describedby") ?? "").split(" ")) {
    if (id.endsWith("-error")) document.getElementById(id)?.setAttribute("hidden", "");
  }
}

// While somebody types only what can be read is said; what cannot is said on leaving the field.
function echo(field, { leaving = false } = {}) {
  if (isRefusedByServer(field)) return;
  if (!inputOf(field).value.trim()) {
    show(field, "");
    offer(field, []);
    return;
  }
  const found = parseField(field);
  if (!found.refused) {
    show(field, found.warning ? `${found.echo} – ${found.warning}` : found.echo, found.warning && "warning");
    offer(field, []);
  } else if (found.refused === "short year" && found.candidates.length) {
    show(field, fill(words, words.says.asked, { date: found.candidates[0].text }), "warning");
    offer(field, found.candidates);
  } else {
    show(field, leaving ? found.message : "", leaving ? "error" : "");
    offer(field, leaving ? found.candidates : []);
  }
}

function put(field, text) {
  const input = inputOf(field);
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function moveDay(field, step) {
  const empty = !inputOf(field).value.trim();
  const found = empty ? null : parseField(field);
  if (!empty && !found.isDay) return false;
  put(field, sayIsoDay(empty ? today : toIso(fromIso(found.first) + step), language));
  return true;
}

// A date is picked in the calendar of the page's language; its week is the city's where that is the city's calendar.
async function openPicker(field) {
  const { pickDay } = await import("./dates.picker.mjs");
  const { first, isDay } = parseField(field);
  pickDay({
    words, today: fromIso(today), shown: fromIso(first ?? today), isChosen: Boolean(isDay), daysOff: city.daysOff,
    weekStarts: calendar === words.calendar ? city.weekStarts : MONDAY,
    take(day) {
      put(field, sayDay(words, day));
      inputOf(field).focus();
    },
  });
}

// What was asked back is taken before anything is sent, also by the keys that save the form.
function accept(field, event) {
  const { refused, candidates } = parseField(field);
  if (refused !== "short year" || !candidates.length) return;
  event.preventDefault();
  event.stopPropagation();
  put(field, candidates[0].text);
}

const MONDAY = 0, STEPS = { ArrowUp: 1, ArrowDown: -1 };
function pressed(field, event) {
  if (event.isComposing) return;
  if (event.key === "Enter") accept(field, event);
  else if (event.key === "ArrowDown" && event.altKey) {
    event.preventDefault();
    openPicker(field);
  } else if (event.key in STEPS && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)) {
    if (moveDay(field, STEPS[event.key])) event.preventDefault();
  }
}

/** Brings every date field under `root` to life, also those that are added later. */
export function enhanceDateFields(root = document) {
  const onField = (type, act, early = false) => root.addEventListener(type, (event) => {
    const field = event.target.closest?.(".date-field");
    if (field && inputOf(field) && field.querySelector("output")) act(field, event);
  }, early);
  onField("input", (field) => {
    forgetServerRefusal(field);
    echo(field);
  });
  onField("focusout", (field, event) => event.target === inputOf(field) && echo(field, { leaving: true }));
  onField("keydown", (field, event) => event.target === inputOf(field) && pressed(field, event), true);
  onField("click", (field, event) => {
    if (event.target.closest("[data-date-open]")) openPicker(field);
    const chip = event.target.closest("[data-date-chip]");
    if (!chip) return;
    event.preventDefault(); // without scripts some send the form
    put(field, chip.dataset.dateChip);
    inputOf(field).focus();
  });
  for (const field of root.querySelectorAll(".date-field")) {
    if (inputOf(field) && field.querySelector("output")) echo(field);
  }
}
