// Saying a date, in the words and the calendar of a language: the echo of what was typed.
// The words come from dates.words.mjs, a module made from the server's lexicon and catalogues: a plain
// import needs neither an inline data block nor a fetch, is cached with the other scripts, and cannot
// miss a word that the server knows.
import { fromIso, otherOf, toIso, toParts, weekdayOf, YEARS } from "./dates.calendars.mjs";
import { monthSpan, readDate, Refused, seasonSpan, yearSpan } from "./dates.grammar.mjs";
import { languages } from "./dates.words.mjs";

export const wordsOf = (language) => languages[language] ?? languages.en;
export const inDigits = (words, value) => String(value).replace(/[0-9]/g, (digit) => words.digits[digit]);
export const fill = (words, message, values) => message.replace(/%\((\w+)\)s/g, (_, name) =>
  (typeof values[name] === "number" ? inDigits(words, values[name]) : values[name]));

export const inYears = (calendar, year) => year >= YEARS[calendar][0] && year <= YEARS[calendar][1];
export function sayDay(words, number, wanted = words.calendar) {
  const calendar = inYears(wanted, toParts[wanted](number)[0]) ? wanted : otherOf(wanted);
  const [year, month, day] = toParts[calendar](number);
  return fill(words, words.says.day, { day, month: words.months[calendar][month - 1], year });
}
const beside = (words, date, other) => (date === other ? date : fill(words, words.says.both, { date, other }));
const sayBoth = (words, number) =>
  beside(words, sayDay(words, number), sayDay(words, number, otherOf(words.calendar)));

export function sayWeekday(words, number) {
  return fill(words, words.says.weekday, { weekday: words.weekdays[weekdayOf(number)], date: sayDay(words, number) });
}
export const sayFullDay = (words, number) =>
  beside(words, sayWeekday(words, number), sayDay(words, number, otherOf(words.calendar)));

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

// What is doubtful about a day and yet accepted. That nobody works on it says its weekday, too.
function doubt(words, { first, last, about, wrongWeekday }, { direction, daysOff = [] }) {
  const isOff = direction === "future" && first !== null && first === last && !about && daysOff.includes(weekdayOf(first));
  const weekday = isOff ? weekdayOf(first) : wrongWeekday;
  if (weekday === null) return "";
  return fill(words, isOff ? words.says.dayOff : words.says.wrongWeekday, { weekday: words.weekdays[weekday] });
}

/** What a typed date means: {first, last, about, isDay, echo, warning} with ISO days,
 *  or {refused, message, candidates: [{day, text}]}. `around` is what it is said in view of:
 *  {today (an ISO day), direction, weekStarts, daysOff (weekdays)}. */
export function parse(text, { today, language, ...around }) {
  const words = wordsOf(language);
  try {
    const found = readDate(text, { ...around, today: fromIso(today) });
    const { first, last, about } = found;
    return {
      first: iso(first), last: iso(last), about, isDay: first !== null && first === last,
      echo: sayReading(words, found), warning: doubt(words, found, around),
    };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    const candidates = refused.candidates.map((number) => ({ day: toIso(number), text: sayDay(words, number) }));
    return { refused: refused.reason, message: sayRefusal(words, refused), candidates };
  }
}

/** An ISO day as a field holds it, in the language's own calendar. */
export const sayIsoDay = (day, language) => sayDay(wordsOf(language), fromIso(day));
