// Days in the two calendars, as whole numbers: days since 1970-01-01. Monday is weekday 0.

export const YEARS = { jalali: [1200, 1599], gregorian: [1800, 2200] };

export const floorDiv = (a, b) => Math.floor(a / b);
export const mod = (a, b) => ((a % b) + b) % b;
export const utc = (year, month, day) => Math.round(Date.UTC(year, month - 1, day) / 86400000);

// Eight leap years in thirty-three, the first of each cycle leap; 1400 began on 2021-03-21.
const newYears = (year) => {
  const since = year - 979, cycle = mod(since, 33);
  return 365 * since + 8 * floorDiv(since, 33) + floorDiv(cycle + 3, 4);
};
const EPOCH = utc(2021, 3, 21) - newYears(1400);
const beforeMonth = (month) => (month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6);

export const toDay = {
  jalali: (year, month, day) => EPOCH + newYears(year) + beforeMonth(month) + day - 1,
  gregorian: utc,
};
export const toParts = {
  jalali(number) {
    let year = 979 + floorDiv((number - EPOCH) * 33, 12053) + 1;
    while (EPOCH + newYears(year) > number) year -= 1;
    const left = number - EPOCH - newYears(year);
    const month = left < 186 ? floorDiv(left, 31) + 1 : floorDiv(left - 186, 30) + 7;
    return [year, month, left - beforeMonth(month) + 1];
  },
  gregorian(number) {
    const there = new Date(number * 86400000);
    return [there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate()];
  },
};
export const otherOf = (calendar) => (calendar === "jalali" ? "gregorian" : "jalali");
export const weekdayOf = (number) => mod(number + 3, 7);
export const lastOfMonth = (calendar, year, month) =>
  (month === 12 ? toDay[calendar](year + 1, 1, 1) : toDay[calendar](year, month + 1, 1)) - 1;
export const calendarOfYear = (year) =>
  Object.keys(YEARS).find((name) => year >= YEARS[name][0] && year <= YEARS[name][1]);
export const existing = (calendar, year, month, day) => {
  if (month < 1 || month > 12 || day < 1) return null;
  const number = toDay[calendar](year, month, day);
  return number <= lastOfMonth(calendar, year, month) ? number : null;
};

export const fromIso = (text) => utc(...text.split("-").map(Number));
export const toIso = (number) => new Date(number * 86400000).toISOString().slice(0, 10);
