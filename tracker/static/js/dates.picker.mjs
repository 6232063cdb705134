// A calendar to pick a day from, in a dialog: for whoever looks for "the Monday after". Typing is never
// replaced by it. Fetched when it is first opened.
import { lastOfMonth, mod, otherOf, toDay, toParts, weekdayOf, YEARS } from "./dates.calendars.mjs";
import { fill, inDigits, inYears, sayFullDay, sayWeekday } from "./dates.saying.mjs";
import { make } from "./words.mjs";

const counted = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

// The fewest letters by which the days of the week differ.
function initials({ weekdays }) {
  const length = counted(1, 9).find((count) => new Set(weekdays.map((name) => name.slice(0, count))).size === 7);
  return weekdays.map((name) => name.slice(0, length));
}

function months(calendar, day, count) {
  const [year, month, number] = toParts[calendar](day), months = year * 12 + month - 1 + count;
  const wanted = [Math.floor(months / 12), mod(months, 12) + 1];
  return Math.min(toDay[calendar](...wanted, number), lastOfMonth(calendar, ...wanted));
}

// The months of the other calendar that the one shown lies in: «اکتبر تا نوامبر ۲۰۲۱».
function beneath(words, first, last) {
  const other = otherOf(words.calendar);
  const [[year, month], [lastYear, lastMonth]] = [first, last].map((day) => toParts[other](day));
  const name = (number) => words.months[other][number - 1];
  const said = (number, of) => fill(words, words.says.unit, { name: name(number), year: of });
  const start = year === lastYear ? name(month) : said(month, year);
  return fill(words, words.says.range, { first: start, last: said(lastMonth, lastYear) });
}

function choices(label, options) {
  const list = make("select", { "aria-label": label });
  list.append(...options.map(([value, text]) => make("option", { value }, text)));
  return list;
}
const button = (attributes, ...children) => make("button", { type: "button", ...attributes }, ...children);

/** Shows the calendar at the day `shown`; `take` gets the day that is picked. Days are whole numbers. */
export function pickDay({ words, today, shown, isChosen, weekStarts, daysOff, take }) {
  if (document.querySelector("dialog.picker")) return;
  const { calendar, picker: say } = words, isRtl = document.documentElement.dir === "rtl";
  const chosen = isChosen ? shown : null, week = counted(weekStarts, weekStarts + 6).map((day) => mod(day, 7));
  const column = (day) => mod(weekdayOf(day) - weekStarts, 7);
  let at = inYears(calendar, toParts[calendar](shown)[0]) ? shown : today;

  const title = make("h2", { id: "picker-title", class: "hidden", "aria-live": "polite" });
  const month = choices(say.month, words.months[calendar].map((name, place) => [place + 1, name]));
  const year = choices(say.year, counted(...YEARS[calendar]).map((value) => [value, inDigits(words, value)]));
  const before = button({ class: "icon-button picker-before", "aria-label": say.before });
  const after = button({ class: "icon-button picker-after", "aria-label": say.after });
  const other = make("p", { class: "meta" }), days = make("tbody"), named = make("p", { class: "picker-day" });
  const letters = initials(words);
  const table = make("table", { role: "grid", "aria-labelledby": "picker-title" },
    make("thead", {}, make("tr", {}, ...week.map((day) =>
      make("th", { scope: "col", abbr: words.weekdays[day], class: daysOff.includes(day) && "off" }, letters[day])))), days);
  const now = button({ class: "button small", "aria-label": `${say.today}: ${sayWeekday(words, today)}` }, say.today);
  const close = button({ class: "button small" }, say.close);
  const dialog = make("dialog", { class: "picker", "aria-labelledby": "picker-title" }, make("div", {}, title,
    make("div", { class: "picker-head" }, before, make("div", { class: "select" }, month), make("div", { class: "select" }, year), after),
    other, table, named, make("div", { class: "picker-foot" }, now, close)));

  function cell(day, first, last) {
    if (day < first || day > last) return make("td");
    const dayButton = button({
      "data-day": day, tabindex: day === at ? "0" : "-1", "aria-label": sayWeekday(words, day),
      "aria-current": day === today && "date",
    }, inDigits(words, day - first + 1));
    return make("td", { "aria-selected": String(day === chosen), class: daysOff.includes(weekdayOf(day)) && "off" }, dayButton);
  }
  function draw() {
    const [shownYear, shownMonth] = toParts[calendar](at);
    const first = toDay[calendar](shownYear, shownMonth, 1), last = lastOfMonth(calendar, shownYear, shownMonth);
    title.textContent = fill(words, words.says.unit, { name: words.months[calendar][shownMonth - 1], year: shownYear });
    [month.value, year.value] = [shownMonth, shownYear];
    other.textContent = beneath(words, first, last);
    const weeks = counted(0, Math.floor((last - first + column(first)) / 7));
    days.replaceChildren(...weeks.map((row) =>
      make("tr", {}, ...week.map((_, place) => cell(first - column(first) + 7 * row + place, first, last)))));
    named.textContent = sayFullDay(words, at);
  }
  const show = (day) => {
    if (!inYears(calendar, toParts[calendar](day)[0])) return;
    at = day;
    draw();
  };
  const focusDay = () => days.querySelector("[tabindex='0']").focus();
  const pick = (day) => {
    dialog.close();
    take(day);
  };

  const along = isRtl ? -1 : 1;
  const moves = {
    ArrowRight: () => at + along, ArrowLeft: () => at - along, ArrowDown: () => at + 7, ArrowUp: () => at - 7,
    Home: () => at - column(at), End: () => at - column(at) + 6,
    PageUp: (far) => months(calendar, at, far ? -12 : -1), PageDown: (far) => months(calendar, at, far ? 12 : 1),
  };
  table.addEventListener("keydown", (event) => {
    if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    show(moves[event.key](event.shiftKey));
    focusDay();
  });
  days.addEventListener("click", (event) => {
    const found = event.target.closest("[data-day]");
    if (found) pick(Number(found.dataset.day));
  });
  month.addEventListener("change", () => show(months(calendar, at, month.value - toParts[calendar](at)[1])));
  year.addEventListener("change", () => show(months(calendar, at, 12 * (year.value - toParts[calendar](at)[0]))));
  before.addEventListener("click", () => show(months(calendar, at, -1)));
  after.addEventListener("click", () => show(months(calendar, at, 1)));
  now.addEventListener("click", () => pick(today));
  close.addEventListener("click", () => dialog.close());
  // The dialog fills itself with one element: a click that meets the dialog was beside it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());

  draw();
  document.body.append(dialog);
  dialog.showModal();
  focusDay();
}
