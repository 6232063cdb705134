// The echo of a typed date: the same grammar as the server's, in the browser, for the reader's eyes.
// The server decides; here nothing is sent or refused. The words come from dates.words.mjs, a module
// made from the server's lexicon and catalogues: a plain import needs neither an inline data block
// nor a fetch, is cached with the other scripts, and cannot miss a word that the server knows.
//
// Enhances  <div class="date-field" data-direction="past|future">
//             <input> <output data-state="|warning|error|"> … <button data-date-chip="today"> …
// A chip puts its words into the field. "Today" is the server's where <html data-today> names it.
import { fromIso, otherOf, toIso, toParts, utc, weekdayOf, YEARS } from "./dates.calendars.mjs";
import { monthSpan, readDate, Refused, seasonSpan, yearSpan } from "./dates.grammar.mjs";
import { languages } from "./dates.words.mjs";

// ── Saying a date ─────────────────────────────────────────────────────────────────────────────

const wordsOf = (language) => languages[language] ?? languages.en;
const inDigits = (words, value) => String(value).replace(/[0-9]/g, (digit) => words.digits[digit]);
const fill = (words, message, values) => message.replace(/%\((\w+)\)s/g, (_, name) =>
  (typeof values[name] === "number" ? inDigits(words, values[name]) : values[name]));

const inYears = (calendar, year) => year >= YEARS[calendar][0] && year <= YEARS[calendar][1];
function sayDay(words, number, wanted) {
  const calendar = inYears(wanted, toParts[wanted](number)[0]) ? wanted : otherOf(wanted);
  const [year, month, day] = toParts[calendar](number);
  return fill(words, words.says.day, { day, month: words.months[calendar][month - 1], year });
}
const beside = (words, date, other) => (date === other ? date : fill(words, words.says.both, { date, other }));
const sayBoth = (words, number) =>
  beside(words, sayDay(words, number, words.calendar), sayDay(words, number, otherOf(words.calendar)));

function sayFullDay(words, number) {
  const date = sayDay(words, number, words.calendar), weekday = words.weekdays[weekdayOf(number)];
  const named = fill(words, words.says.weekday, { weekday, date });
  return beside(words, named, sayDay(words, number, otherOf(words.calendar)));
}

const sayRange = (words, first, last) => fill(words, words.says.range, { first, last });
function sayDays(words, first, last, calendar) {
  const [year, month, day] = toParts[calendar](first), [lastYear, lastMonth] = toParts[calendar](last);
  let said = sayDay(words, first, calendar);
  if (year === lastYear && inYears(calendar, year)) {
    said = month === lastMonth ? inDigits(words, day)
      : fill(words, words.says.dayMonth, { day, month: words.months[calendar][month - 1] });
  }
  return sayRange(words, said, sayDay(words, last, calendar));
}

const UNITS = {
  year: (calendar, [year]) => yearSpan(calendar, year),
  season: (calendar, [year, month]) =>
    (calendar === "jalali" ? seasonSpan(calendar, year, Math.floor((month - 1) / 3)) : null),
  month: (calendar, [year, month]) => monthSpan(calendar, year, month),
};

// The month, season or year that a span is, or whose ends a range has: {calendar, unit, isRange}.
function shapeOf(first, last) {
  for (const calendar of ["jalali", "gregorian"]) {
    for (const unit of Object.keys(UNITS)) {
      const [start, end] = [first, last].map((day) => UNITS[unit](calendar, toParts[calendar](day)));
      const known = [first, last].every((day) => inYears(calendar, toParts[calendar](day)[0]));
      if (known && start && end && start[0] === first && end[1] === last) {
        const isRange = start[0] !== end[0];
        if (!isRange || unit !== "season") return { calendar, unit, isRange };
      }
    }
  }
  return null;
}

function sayUnit(words, number, { calendar, unit }) {
  const [year, month] = toParts[calendar](number);
  if (unit === "year") return fill(words, words.year, { year });
  const name = unit === "month" ? words.months[calendar][month - 1] : words.seasons[Math.floor((month - 1) / 3)];
  return fill(words, words.says.unit, { name, year });
}

function sayUnits(words, first, last, shape) {
  if (!shape.isRange) return sayUnit(words, first, shape);
  const ends = [first, last].map((day) => (shape.unit === "year"
    ? inDigits(words, toParts[shape.calendar](day)[0]) : sayUnit(words, day, shape)));
  return sayRange(words, ...ends);
}

function saySpan(words, first, last) {
  const shape = shapeOf(first, last), own = words.calendar, other = otherOf(own);
  const days = (calendar) => sayDays(words, first, last, calendar);
  if (shape === null) return beside(words, days(own), days(other));
  const units = sayUnits(words, first, last, shape);
  return shape.calendar === own ? beside(words, units, days(other)) : beside(words, days(own), units);
}

function sayReading(words, { first, last, about, vague }) {
  if (first === null && last === null) return vague ? words.says.recently : words.says.unknown;
  const around = (date) => (about ? fill(words, words.says.about, { date }) : date);
  if (first === null) return fill(words, words.says.onOrBefore, { date: around(sayBoth(words, last)) });
  if (last === null) return fill(words, words.says.onOrAfter, { date: around(sayBoth(words, first)) });
  if (first === last) return about ? around(sayBoth(words, first)) : sayFullDay(words, first);
  return around(saySpan(words, first, last));
}

function sayRefusal(words, { reason, values }) {
  const said = { ...values };
  if (said.calendar) said.month = words.months[said.calendar][said.month - 1];
  return fill(words, words.refusals[reason], said);
}

const iso = (number) => (number === null ? null : toIso(number));

/** What a typed date means: {first, last, about, isDay, echo, warning} with ISO days,
 *  or {refused, message, candidates: [{day, text}]}. `today` is an ISO day. */
export function parse(text, { today, direction = "past", language = "en" }) {
  const words = wordsOf(language);
  try {
    const found = readDate(text, { today: fromIso(today), direction });
    const { first, last, about, wrongWeekday } = found;
    const warning = wrongWeekday === null ? ""
      : fill(words, words.says.wrongWeekday, { weekday: words.weekdays[wrongWeekday] });
    return {
      first: iso(first), last: iso(last), about, warning,
      isDay: first !== null && first === last, echo: sayReading(words, found),
    };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    const candidates = refused.candidates.map((number) =>
      ({ day: toIso(number), text: sayDay(words, number, words.calendar) }));
    return { refused: refused.reason, message: sayRefusal(words, refused), candidates };
  }
}

/** An ISO day as a field holds it, in the language's own calendar. */
export const sayIsoDay = (day, language) => {
  const words = wordsOf(language);
  return sayDay(words, fromIso(day), words.calendar);
};

// ── The field ─────────────────────────────────────────────────────────────────────────────────

function todayOf(field) {
  const named = field.dataset.today ?? document.documentElement.dataset.today;
  if (named) return named;
  const now = new Date();
  return toIso(utc(now.getFullYear(), now.getMonth() + 1, now.getDate()));
}

const languageOf = () => document.documentElement.lang;
const inputOf = (field) => field.querySelector("input");
const parseField = (field) => parse(inputOf(field).value, {
  today: todayOf(field), direction: field.dataset.direction, language: languageOf(),
});

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
    const words = wordsOf(languageOf());
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
  const day = empty ? todayOf(field) : toIso(fromIso(found.first) + step);
  put(field, sayIsoDay(day, languageOf()));
  return true;
}

const STEPS = { ArrowUp: 1, ArrowDown: -1 };
function pressed(field, event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
  if (event.key in STEPS && moveDay(field, STEPS[event.key])) event.preventDefault();
  if (event.key === "Enter" && inputOf(field).value.trim()) {
    const found = parseField(field);
    if (found.refused === "short year" && found.candidates.length) {
      event.preventDefault();
      put(field, found.candidates[0].text);
    }
  }
}

/** Brings every date field under `root` to life, also those that are added later. */
export function enhanceDateFields(root = document) {
  const onField = (type, act) => root.addEventListener(type, (event) => {
    const field = event.target.closest?.(".date-field");
    if (field && inputOf(field) && field.querySelector("output")) act(field, event);
  });
  onField("input", (field) => {
    forgetServerRefusal(field);
    echo(field);
  });
  onField("focusout", (field, event) => event.target === inputOf(field) && echo(field, { leaving: true }));
  onField("keydown", (field, event) => event.target === inputOf(field) && pressed(field, event));
  onField("click", (field, event) => {
    const chip = event.target.closest("[data-date-chip]");
    if (!chip) return;
    put(field, chip.dataset.dateChip);
    inputOf(field).focus();
  });
  for (const field of root.querySelectorAll(".date-field")) {
    if (inputOf(field) && field.querySelector("output")) echo(field);
  }
}
