// Theme and size of text: kept in a cookie, because the server writes them into <html> and so no
// page flashes in the other theme.
const root = document.documentElement;

function keep(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`;
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
}

function mark() {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", button.dataset.themeChoice === (root.dataset.theme ?? ""));
  }
  for (const button of document.querySelectorAll("[data-text-choice]")) {
    button.setAttribute("aria-pressed", button.dataset.textChoice === root.dataset.text);
  }
}

export function enhanceAppearance() {
  mark();
  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-choice]");
    const text = event.target.closest("[data-text-choice]");
    if (theme) keep("theme", theme.dataset.themeChoice);
    if (text) keep("text", root.dataset.text ? "" : text.dataset.textChoice);
    if (theme || text) mark();
  });
}
