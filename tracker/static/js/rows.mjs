// Rows that repeat: without this module "add row" and "remove row" are submit buttons that the server answers.
import { announce, word } from "./words.mjs";

const CONTROLS = "input:not([type=hidden]), textarea, select";
const listOf = (group) => group.querySelector(":scope > [data-row-list]");
const firstControl = (row) => row.querySelector(CONTROLS);

/** The number in the names of a row. */
function indexOf(group, row) {
  const name = row.querySelector("[name]")?.name ?? "";
  return Number(name.slice(group.dataset.rows.length + 1).split("-")[0]);
}

export const rowsOf = (group) => [...listOf(group).children].map((row) => [indexOf(group, row), row]);

export function addRow(group, index) {
  const row = document.importNode(group.querySelector(":scope > template").content, true).firstElementChild;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__n__")) element.setAttribute(name, value.replaceAll("__n__", index));
    }
  }
  listOf(group).append(row);
  row.dispatchEvent(new CustomEvent("row:added", { bubbles: true }));
  return row;
}

/** Makes the rows of a group be exactly those with these numbers. */
export function setRows(group, indexes) {
  const present = new Map(rowsOf(group));
  for (const [index, row] of present) if (!indexes.includes(index)) row.remove();
  for (const index of indexes) if (!present.has(index)) addRow(group, index);
}

function added(group) {
  const last = Math.max(-1, ...rowsOf(group).map(([index]) => index));
  firstControl(addRow(group, last + 1))?.focus();
  announce(word("row-added"));
}

function removed(group, row, add) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next ? firstControl(next) : add)?.focus();
  announce(word("row-removed"));
  group.dispatchEvent(new CustomEvent("row:removed", { bubbles: true }));
}

export function enhanceRows() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=add-row], button[name=remove-row]");
    const group = button?.closest("[data-rows]");
    if (!group?.querySelector(":scope > template")) return;
    event.preventDefault();
    if (button.name === "add-row") added(group);
    else removed(group, button.closest("[data-row]"), group.querySelector("button[name=add-row]"));
  });
}
