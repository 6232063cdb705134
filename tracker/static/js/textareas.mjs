// Text areas grow with their text where the browser does not do it by itself.
const grows = CSS.supports("field-sizing", "content");

export function fit(area) {
  if (grows) return;
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.7)}px`;
}

export const fitAll = (root) => root.querySelectorAll("textarea[data-grow]").forEach(fit);

export function enhanceTextareas() {
  fitAll(document);
  document.addEventListener("input", (event) => event.target.matches("textarea[data-grow]") && fit(event.target));
  document.addEventListener("row:added", (event) => fitAll(event.target));
  // A title is one line, however long: Enter goes on to the next field instead of breaking it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing
      && event.target.matches("textarea[data-one-line]")) event.preventDefault();
  });
}
