// Where drafts are kept, "draft <user> <path> <language>", and when they go: once the server has taken
// the form in, at sign-out, and when somebody else signs in on the same machine.
export const PREFIX = "draft ";
export const user = document.body.dataset.user;

export function stored() {
  // Storage may be switched off; then there are no drafts and everything else works.
  try { return localStorage; } catch { return null; }
}

function drop(wanted) {
  const store = stored();
  for (const key of Object.keys(store ?? {})) if (key.startsWith(PREFIX) && wanted(...key.split(" ").slice(1))) store.removeItem(key);
}

export function enhanceKeeping() {
  for (const { content } of document.querySelectorAll("meta[name=saved-form]")) drop((_, path) => path === content);
  document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && drop(() => true));
  if (user) drop((owner) => owner !== user);
}
