// A typed date as tokens, as in tracker/domain/dates/words.py: one spelling for each sign, words by the
// lexicon, numbers by their length.
import { lexicon as rows } from "./dates.words.mjs";

const LONGEST = 4, ZWNJ = "\u200c";
const SAME = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا", "ء": "", "ـ": "", "ı": "i" };
const SIGNS = { "/": "/", "-": "-", "−": "-", "+": "+", "(": "(", ")": ")", "?": "?", "؟": "?", "–": "T", "—": "T", "~": "A", "≈": "A" };
const SKIPPED = new Set("،,;؛'’\"«»");

const isDigit = (sign) => /^\p{Nd}$/u.test(sign);
// The digits of every script stand in tens, one after the other.
function digitOf(sign) {
  const code = sign.codePointAt(0);
  let zero = code;
  while (isDigit(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function foldSign(sign) {
  if (sign === ZWNJ) return ZWNJ;
  if (isDigit(sign)) return digitOf(sign);
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
      if (isDigit(signs[at - 1] ?? "") && isDigit(signs[at + 1] ?? "")) found.push("/");
      return;
    }
    found.push(sign);
  });
  if (run) found.push(run);
  return found;
}

const token = (kind, value = null, calendar = null) => ({ kind, value, calendar });
const lexicon = new Map();
for (const [kind, value, calendar, words] of rows) {
  for (const word of words.split(" ")) lexicon.set(word, [...(lexicon.get(word) ?? []), token(kind, value, calendar)]);
}

function single(piece) {
  if (/^\d+$/.test(piece)) {
    return token({ 1: "d", 2: "d", 4: "y", 8: "8" }[piece.length] ?? (piece.length < 8 ? "x" : "!"), Number(piece));
  }
  return token(SIGNS[piece] ?? "!", piece);
}

export function tokens(text) {
  const parts = pieces(text), found = [];
  for (let at = 0; at < parts.length;) {
    let length = Math.min(LONGEST, parts.length - at), entry;
    while (length > 0 && !(entry = lexicon.get(parts.slice(at, at + length).join("")))) length -= 1;
    found.push(...(entry ?? [single(parts[at])]));
    at += length || 1;
  }
  const meant = found.filter((one) => one.kind !== "");
  return meant.filter((one, at) => !(one.kind === "U" && "yMW".includes(meant[at + 1]?.kind ?? "!")));
}

export const kinds = (found) => found.map((one) => one.kind).join("");
const PARTED = "dyxM";
export const withoutSeparators = (found) => found.filter((one, at) => !(
  (one.kind === "/" || one.kind === "-") && at > 0 && at < found.length - 1 &&
  PARTED.includes(found[at - 1].kind) && PARTED.includes(found[at + 1].kind)));
