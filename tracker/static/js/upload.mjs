// How far a file has come on its way to the server. Without this module the browser sends the form
// itself; so it does when anything is amiss, for then the server's page says what.
import { make, number, word } from "./words.mjs";
import { sayLine } from "./forms.mjs";

const asTheBrowserDoes = (form) => HTMLFormElement.prototype.submit.call(form);

function send(form, body) {
  const bar = make("progress", { max: "1", "aria-label": word("sending") });
  form.querySelector("input[type=file]").after(bar);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    if (!total) return;
    bar.value = loaded / total;
    sayLine(form, word("sent-part", { part: number(Math.floor(100 * loaded / total)) }));
  });
  request.addEventListener("load", () => {
    const where = request.status === 201 && request.response?.location;
    if (where) location.assign(where);
    else asTheBrowserDoes(form);
  });
  request.addEventListener("error", () => {
    bar.remove();
    delete form.dataset.sent;
    sayLine(form, word("not-saved"));
  });
  request.send(body);
}

export function enhanceUploads() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const file = form.querySelector("input[type=file]")?.files[0];
    // Another button than the one that saves changes the form, and sends no file.
    if (event.defaultPrevented || !file || event.submitter?.name) return;
    event.preventDefault();
    send(form, new FormData(form));
  });
}
