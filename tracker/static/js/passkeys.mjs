// Passkeys: asks the browser for an answer to the server's challenge and sends it with the form.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Whether passkeys can work here at all: never at an address of digits. */
export const arePossible = () => isSecureContext && "credentials" in navigator
  && "PublicKeyCredential" in window && !/^[\d.]+$|^\[/.test(location.hostname);

const named = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

async function options(address, token) {
  const answer = await fetch(address, {
    method: "POST", body: new URLSearchParams({ csrf_token: token }), headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(answer.statusText);
  const given = await answer.json();
  return { ...given, challenge: bytes(given.challenge) };
}

function sent(credential, parts) {
  const response = Object.fromEntries(parts
    .filter((part) => credential.response[part])
    .map((part) => [part, text(credential.response[part])]));
  const transports = credential.response.getTransports?.();
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type,
    response: transports ? { ...response, transports } : response,
  });
}

/** The answer of a passkey that signs in, unlocks or confirms. */
export async function prove(token, address = "/login/passkey/challenge") {
  const given = await options(address, token);
  const credential = await navigator.credentials.get({
    publicKey: { ...given, allowCredentials: named(given.allowCredentials) },
  });
  return sent(credential, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

async function register(token, address) {
  const given = await options(address, token);
  const credential = await navigator.credentials.create({
    publicKey: {
      ...given,
      user: { ...given.user, id: bytes(given.user.id) },
      excludeCredentials: named(given.excludeCredentials),
    },
  });
  return sent(credential, ["clientDataJSON", "attestationObject"]);
}

async function ask(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button[type=submit]");
  failed.hidden = true;
  button.disabled = true;
  try {
    const act = form.dataset.passkey === "register" ? register : prove;
    form.elements.credential.value = await act(form.elements.csrf_token.value, form.dataset.challenge);
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}

export function enhancePasskeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!arePossible()) {
      form.querySelector("[data-passkey-nowhere]").hidden = false;
      continue;
    }
    form.querySelector("button[type=submit]").disabled = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      ask(form);
    });
  }
}
