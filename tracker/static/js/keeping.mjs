// Where drafts are kept, "draft <user> <path> <language>", and when they go: once the server has taken
// the form in, at sign-out, and when somebody else signs in on the same machine.
export const PREFIX = "draft ";
export const user = document.body.dataset.user;

let signingOut = false;
export const isSigningOut = () => signingOut;

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
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    // The page that is left must not keep its form again on the way out.
    signingOut = true;
    drop(() => true);
  });
  // Whoever stayed after all, and types on, is kept again.
  document.addEventListener("input", () => { signingOut = false; });
  if (user) drop((owner) => owner !== user);
}
