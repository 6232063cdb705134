// The grammar of typed dates, as in tracker/domain/dates: what a text means, or why it means nothing.
import {
  calendarOfYear, existing, floorDiv, lastOfMonth, mod, toDay, toParts, utc, weekdayOf, YEARS,
} from "./dates.calendars.mjs";
import { lexicon } from "./dates.words.mjs";

const MOST_SIGNS = 100, SATURDAY = 5, LONGEST = 4, PAST = "past";

// ── From signs to tokens ──────────────────────────────────────────────────────────────────────

const ZWNJ = "\u200c";
const SAME = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا", "ء": "", "ـ": "", "ı": "i" };
const SIGNS = { "/": "/", "-": "-", "−": "-", "+": "+", "(": "(", ")": ")", "?": "?", "؟": "?", "–": "T", "—": "T", "~": "A", "≈": "A" };
const SKIPPED = new Set("،,;؛'’\"«»");

function foldSign(sign) {
  if (sign === ZWNJ) return ZWNJ;
  const code = sign.codePointAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  if (/[\p{Mn}\p{Me}\p{Cf}\p{Cs}]/u.test(sign)) return "";
  if (/[\p{L}\p{N}]/u.test(sign)) return (sign in SAME ? SAME[sign] : sign).toLowerCase();
  return " ";
}
const foldSigns = (text) => Array.from(text.normalize("NFKD"), foldSign).join("");

function pieces(text) {
  const signs = Array.from(text.normalize("NFKC")), found = [];
  let run = "", runKind = "";
  signs.forEach((sign, at) => {
    const folded = foldSigns(sign);
    const kind = /^\d+$/.test(folded) ? "digit" : /^\p{L}+$/u.test(folded) ? "letter" : "";
    if (kind && kind === runKind) { run += folded; return; }
    if (!kind && folded === "") return;
    if (run) found.push(run);
    [run, runKind] = kind ? [folded, kind] : ["", ""];
    if (kind || SKIPPED.has(sign) || folded === ZWNJ || /\s/u.test(sign)) return;
    if (sign === ".") {
      if (/\p{Nd}/u.test(signs[at - 1] ?? "") && /\p{Nd}/u.test(signs[at + 1] ?? "")) found.push("/");
      return;
    }
    found.push(sign);
  });
  if (run) found.push(run);
  return found;
}

const token = (kind, value = null, calendar = null) => ({ kind, value, calendar });
function single(piece) {
  if (/^\d+$/.test(piece)) {
    return token({ 1: "d", 2: "d", 4: "y", 8: "8" }[piece.length] ?? "x", Number(piece));
  }
  return token(SIGNS[piece] ?? "!", piece);
}

function tokens(text) {
  const parts = pieces(text), found = [];
  for (let at = 0; at < parts.length;) {
    let length = Math.min(LONGEST, parts.length - at);
    while (length > 0 && !Object.hasOwn(lexicon, parts.slice(at, at + length).join(""))) length -= 1;
    if (length === 0) found.push(single(parts[at]));
    else found.push(...lexicon[parts.slice(at, at + length).join("")].map((entry) => token(...entry)));
    at += length || 1;
  }
  const meant = found.filter((one) => one.kind !== "");
  return meant.filter((one, at) => !(one.kind === "U" && "yMW".includes(meant[at + 1]?.kind ?? "!")));
}

const kinds = (found) => found.map((one) => one.kind).join("");
const PARTED = "dyxM";
const withoutSeparators = (found) => found.filter((one, at) => !(
  (one.kind === "/" || one.kind === "-") && at > 0 && at < found.length - 1 &&
  PARTED.includes(found[at - 1].kind) && PARTED.includes(found[at + 1].kind)));

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

function period(unit, steps, around) {
  const { today } = around;
  if (unit.value === "day") return only(today + steps);
  if (unit.value === "week") {
    const start = today - mod(weekdayOf(today) - SATURDAY, 7) + steps * 7;
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
  ...each("yy", ([first, last]) => [wholeYear([first])[0], wholeYear([last])[1]]),
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
const upTo = (around, inner) => {
  const found = readTokens(inner, around);
  return read([null, bound(found.span[1])], found.wrongWeekday);
};
const from = (around, inner) => {
  const found = readTokens(inner, around);
  return read([bound(found.span[0]), null], found.wrongWeekday);
};
function between(around, left, right) {
  const start = left.length < right.length && kinds(right).startsWith(kinds(left))
    ? [...left, ...right.slice(left.length)] : left;
  const first = bound(readTokens(start, around).span[0]), last = bound(readTokens(right, around).span[1]);
  if (first > last) throw new Refused("backwards");
  return read([first, last]);
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
  [/^<(.+)$/d, (around, inner) => read([null, bound(readTokens(inner, around).span[0]) - 1])],
  [/^>(.+)$/d, (around, inner) => read([bound(readTokens(inner, around).span[1]) + 1, null])],
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
export function readDate(text, { today, direction }) {
  const raw = text.trim();
  if (Array.from(raw).length > MOST_SIGNS) throw new Refused("too long", [], { most: MOST_SIGNS });
  if (!raw) return { first: null, last: null, about: false, vague: false, wrongWeekday: null };
  const found = withoutSeparators(tokens(raw));
  const { span: [first, last], wrongWeekday } = readTokens(found, { today, direction });
  const has = (kind) => found.some((one) => one.kind === kind);
  return { first, last, about: has("A"), vague: first === null && last === null && has("v"), wrongWeekday };
}
