// The grammar of typed dates, as in tracker/domain/dates: what a text means, or why it means nothing.
import {
  calendarOfYear, existing, floorDiv, lastOfMonth, mod, toDay, toParts, utc, weekdayOf, YEARS,
} from "./dates.calendars.mjs";
import { kinds, tokens, withoutSeparators } from "./dates.tokens.mjs";

const MOST_SIGNS = 100, SATURDAY = 5, PAST = "past";

// ── What each shape means ─────────────────────────────────────────────────────────────────────

export class Refused extends Error {
  constructor(reason, candidates = [], values = {}) {
    super(reason);
    Object.assign(this, { reason, candidates, values });
  }
}

function inCalendar(year) {
  const calendar = calendarOfYear(year);
  if (!calendar) throw new Refused("year out of range", [], { year });
  return calendar;
}

function oneDay(calendar, year, month, day) {
  if (month < 1 || month > 12) {
    const swapped = existing(calendar, year, day, month);
    throw new Refused("no such month", swapped === null ? [] : [swapped], { month });
  }
  const last = lastOfMonth(calendar, year, month), first = toDay[calendar](year, month, 1);
  const length = last - first + 1;
  if (day < 1 || day > length) {
    throw new Refused("no such day", day ? [last, last + 1] : [first], { calendar, year, month, day, length });
  }
  return toDay[calendar](year, month, day);
}

const only = (day) => [day, day];
const byKind = (found, kind) => found.find((one) => one.kind === kind);
const valueOf = (found, kind) => byKind(found, kind).value;
const values = (found) => found.map((one) => one.value);
const yearFirst = (year, month, day) => only(oneDay(inCalendar(year), year, month, day));
const compact = ([{ value }]) => yearFirst(floorDiv(value, 10000), floorDiv(value, 100) % 100, value % 100);

function named(found) {
  const day = valueOf(found, "d"), month = byKind(found, "M"), year = valueOf(found, "y");
  const calendar = inCalendar(year);
  if (calendar === month.calendar) return only(oneDay(calendar, year, month.value, day));
  const near = calendar === "gregorian" ? [year - 622, year - 621] : [year + 621, year + 622];
  const meant = near.map((own) => existing(month.calendar, own, month.value, day))
    .filter((number) => number !== null && toParts[calendar](number)[0] === year);
  throw new Refused("mixed calendars", meant, { calendar: month.calendar, month: month.value, year });
}

function noSuchYear(found) {
  throw new Refused("year out of range", [], { year: valueOf(found, "x") });
}

function nearestCentury(calendar, short, month, day, today) {
  const [first, last] = YEARS[calendar];
  let best = null;
  for (let year = short; year <= last; year += 100) {
    const number = year < first ? null : existing(calendar, year, month, day);
    if (number !== null && (best === null || Math.abs(number - today) < Math.abs(best - today))) best = number;
  }
  return best;
}
const eachOnce = (meant) => [...new Set(meant.filter((number) => number !== null))];

function shortYear(found, around) {
  const [a, b, c] = values(found);
  const meant = [[a, b, c], [c, b, a]].flatMap((order) =>
    ["jalali", "gregorian"].map((calendar) => nearestCentury(calendar, ...order, around.today)));
  throw new Refused("short year", eachOnce(meant), { year: a });
}

function shortYearNamed([day, month, year], around) {
  const meant = nearestCentury(month.calendar, year.value, month.value, day.value, around.today);
  throw new Refused("short year", eachOnce([meant]), { year: year.value });
}

export const monthSpan = (calendar, year, month) => [oneDay(calendar, year, month, 1), lastOfMonth(calendar, year, month)];
export const yearSpan = (calendar, year) => [toDay[calendar](year, 1, 1), lastOfMonth(calendar, year, 12)];
const GREGORIAN_SEASONS = [[3, 1, 6, 21], [6, 1, 9, 23], [9, 1, 12, 22]];

export function seasonSpan(calendar, year, season) {
  if (calendar === "jalali") {
    return [toDay.jalali(year, season * 3 + 1, 1), lastOfMonth("jalali", year, season * 3 + 3)];
  }
  if (season === 3) throw new Refused("two winters", [utc(year, 1, 1), utc(year, 12, 22)], { year });
  const [month, day, lastMonth, lastDay] = GREGORIAN_SEASONS[season];
  return [utc(year, month, day), utc(year, lastMonth, lastDay)];
}

function month(found) {
  const year = valueOf(found, "y"), other = found.find((one) => one.kind !== "y");
  const calendar = inCalendar(year);
  if (other.calendar !== null && other.calendar !== calendar) {
    throw new Refused("mixed calendars", [], { calendar: other.calendar, month: other.value, year });
  }
  return monthSpan(calendar, year, other.value);
}

function inOrder(first, last) {
  if (first > last) throw new Refused("backwards");
  return [first, last];
}
const wholeYear = (found) => yearSpan(inCalendar(found[0].value), found[0].value);

function nearest(spans, around) {
  const fitting = spans.filter(([first, last]) => (around.direction === PAST ? first <= around.today : last >= around.today));
  fitting.sort((a, b) => a[0] - b[0]);
  return around.direction === PAST ? fitting[fitting.length - 1] : fitting[0];
}
const nearby = (calendar, around) => {
  const [year] = toParts[calendar](around.today);
  return Array.from({ length: 19 }, (_, at) => year - 9 + at);
};

function dayWithoutYear(calendar, monthNumber, day, around) {
  const days = nearby(calendar, around).map((year) => existing(calendar, year, monthNumber, day))
    .filter((number) => number !== null);
  if (!days.length) oneDay(calendar, toParts[calendar](around.today)[0], monthNumber, day);
  return nearest(days.map(only), around);
}
function numbersWithoutYear([{ value: a }, { value: b }], around) {
  return a > 12 && b <= 12 ? dayWithoutYear("jalali", b, a, around) : dayWithoutYear("jalali", a, b, around);
}

function lastWeekday(found, around, todayCounts = false) {
  const latest = todayCounts ? around.today : around.today - 1;
  return only(latest - mod(weekdayOf(latest) - valueOf(found, "W"), 7));
}
function nextWeekday(found, around) {
  const earliest = around.today + 1;
  return only(earliest + mod(valueOf(found, "W") - weekdayOf(earliest), 7));
}

function period(unit, steps, { today, weekStarts }) {
  if (unit.value === "day") return only(today + steps);
  if (unit.value === "week") {
    const start = today - mod(weekdayOf(today) - weekStarts, 7) + steps * 7;
    return [start, start + 6];
  }
  const calendar = unit.calendar ?? "jalali", [year, monthNumber] = toParts[calendar](today);
  if (unit.value === "year") return yearSpan(calendar, year + steps);
  const months = year * 12 + monthNumber - 1 + steps;
  return monthSpan(calendar, floorDiv(months, 12), mod(months, 12) + 1);
}
const periodBy = (steps) => (found, around) => period(byKind(found, "U"), steps, around);
function counted(found, sign, around) {
  const count = sign * valueOf(found, "d"), unit = byKind(found, "U");
  return unit.value === "week" ? only(around.today + 7 * count) : period(unit, count, around);
}
const thisWeekday = (found, around) =>
  (around.direction === PAST ? lastWeekday(found, around, true) : nextWeekday(found, around));

const each = (shapes, reader) => Object.fromEntries(shapes.split(" ").map((shape) => [shape, reader]));
const SHAPES = {
  ...each("ydd", (found) => yearFirst(...values(found))),
  ...each("ddy", (found) => yearFirst(...values(found).reverse())),
  ...each("8", compact),
  ...each("dMy Mdy yMd ydM", named),
  ...each("xdd ddx dMx Mx x", noSuchYear),
  ...each("ddd", shortYear),
  ...each("dMd", shortYearNamed),
  ...each("dM Md", (found, around) =>
    dayWithoutYear(byKind(found, "M").calendar, valueOf(found, "M"), valueOf(found, "d"), around)),
  ...each("dd", numbersWithoutYear),
  ...each("My yM yd dy", month),
  ...each("M", ([one], around) => nearest(
    nearby(one.calendar, around).map((year) => monthSpan(one.calendar, year, one.value)), around)),
  ...each("Sy yS", (found) => seasonSpan(inCalendar(valueOf(found, "y")), valueOf(found, "y"), valueOf(found, "S"))),
  ...each("S", ([one], around) => nearest(
    nearby("jalali", around).map((year) => seasonSpan("jalali", year, one.value)), around)),
  ...each("y", wholeYear),
  ...each("yy", ([first, last]) => inOrder(wholeYear([first])[0], wholeYear([last])[1])),
  ...each("R", ([one], around) => only(around.today + one.value)),
  ...each("+d d+", (found, around) => only(around.today + valueOf(found, "d"))),
  ...each("-d d-", (found, around) => only(around.today - valueOf(found, "d"))),
  ...each("W IW WI", thisWeekday),
  ...each("WL LW", (found, around) => lastWeekday(found, around)),
  ...each("WN NW", nextWeekday),
  ...each("UL LU", periodBy(-1)),
  ...each("UI IU", periodBy(0)),
  ...each("UN NU", periodBy(1)),
  ...each("dUL", (found, around) => counted(found, -1, around)),
  ...each("dUN", (found, around) => counted(found, 1, around)),
  ...each("dU", (found, around) => counted(found, around.direction === PAST ? -1 : 1, around)),
  ...each("? v", () => [null, null]),
};

// ── What may stand around a date ──────────────────────────────────────────────────────────────

const read = (span, wrongWeekday = null) => ({ span, wrongWeekday });
function bound(day) {
  if (day === null) throw new Refused("not a date");
  return day;
}
const open = (spanOf) => (around, inner) => {
  const { span, wrongWeekday } = readTokens(inner, around);
  return read(spanOf(...span), wrongWeekday);
};
const upTo = open((first, last) => [null, bound(last)]), from = open((first) => [bound(first), null]);
function between(around, left, right) {
  const start = left.length < right.length && kinds(right).startsWith(kinds(left))
    ? [...left, ...right.slice(left.length)] : left;
  return read(inOrder(bound(readTokens(start, around).span[0]), bound(readTokens(right, around).span[1])));
}
function restated(around, said, again) {
  const found = readTokens(said, around), other = readTokens(again, around);
  if (found.span.join() !== other.span.join()) {
    throw new Refused("disagree", [found.span[0], other.span[0]].filter((day) => day !== null));
  }
  return found;
}
function weekdayFirst(around, weekday, inner) {
  const found = readTokens(inner, around), [first, last] = found.span;
  if (first === null || first !== last) throw new Refused("not a date");
  const real = weekdayOf(first);
  return read(found.span, real === weekday[0].value ? null : real);
}

const FRAMES = [
  [/^A(.+)$/d, (around, inner) => readTokens(inner, around)],
  [/^≤(.+)$/d, upTo],
  [/^(.+)e$/d, upTo],
  [/^T(.+)$/d, upTo],
  [/^≥(.+)$/d, from],
  [/^F(.+)l$/d, from],
  [/^(.+)l$/d, from],
  [/^<(.+)$/d, open((first) => [null, bound(first) - 1])],
  [/^>(.+)$/d, open((first, last) => [bound(last) + 1, null])],
  [/^(F.+T.+)\((.+)\)$/d, restated],
  [/^F(.+)T(.+)$/d, between],
  [/^F(.+)$/d, from],
  [/^(.+)\((.+)\)$/d, restated],
  [/^B(.+)V(.+)$/d, between],
  [/^(.+)T(.+)$/d, between],
  [/^(W)(.+)$/d, weekdayFirst],
  [/^(.+)(W)$/d, (around, inner, weekday) => weekdayFirst(around, weekday, inner)],
];

function readTokens(found, around) {
  const shape = kinds(found);
  if (Object.hasOwn(SHAPES, shape)) return read(SHAPES[shape](found, around));
  for (const [pattern, frame] of FRAMES) {
    const match = pattern.exec(shape);
    if (match) {
      const groups = match.indices.slice(1).map(([start, end]) => found.slice(start, end));
      return frame(around, ...groups);
    }
  }
  throw new Refused("not a date");
}

// {first, last, about, vague, wrongWeekday}, days open at an end being null; throws Refused.
export function readDate(text, { today, direction = PAST, weekStarts = SATURDAY }) {
  const raw = text.trim();
  if (Array.from(raw).length > MOST_SIGNS) throw new Refused("too long", [], { most: MOST_SIGNS });
  if (/^[\s\p{Cf}]*$/u.test(raw)) return { first: null, last: null, about: false, vague: false, wrongWeekday: null };
  const found = withoutSeparators(tokens(raw));
  const { span: [first, last], wrongWeekday } = readTokens(found, { today, direction, weekStarts });
  const has = (kind) => found.some((one) => one.kind === kind);
  return { first, last, about: has("A"), vague: first === null && last === null && has("v"), wrongWeekday };
}
