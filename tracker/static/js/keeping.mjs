// Where drafts are kept, and when they go: once the server has taken that very form in, at sign-out
// (in every window), and when somebody else signs in on the same machine.
// A key is "draft <user> <path> <language> <form>": two windows with the same form keep two drafts.
export const PREFIX = "draft ";
export const user = document.body.dataset.user;
const SIGNED_IN = "signed in";

export function stored() {
  // Storage may be switched off; then there are no drafts and everything else works.
  try { return localStorage; } catch { return null; }
}

/** Whether whoever opened this page is still the one who is signed in here. */
export const mayKeep = () => stored()?.getItem(SIGNED_IN) === user;
const claim = () => {
  try { stored()?.setItem(SIGNED_IN, user); } catch { /* full: then nothing is kept */ }
};

function drop(isWanted) {
  for (const key of Object.keys(stored() ?? {})) {
    if (key.startsWith(PREFIX) && isWanted(...key.split(" ").slice(1))) stored().removeItem(key);
  }
}

export function enhanceKeeping() {
  for (const { content } of document.querySelectorAll("meta[name=saved-form]")) {
    const [savedPath, saved] = content.split(" ");
    drop((_user, path, _language, form) => path === savedPath && (!saved || form === saved));
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    stored()?.removeItem(SIGNED_IN);
    drop(() => true);
    // Whoever stayed after all, and types on, is kept again.
    document.addEventListener("input", claim, { once: true });
  });
  if (!user) return;
  claim();
  drop((owner) => owner !== user);
}
