// What every page does: toasts, asking before what cannot be undone, dialogs, menus, copying, and telling what htmx was refused.
const toasts = document.getElementById("toasts");

function toast(sentence, tone = "danger") {
  const box = document.createElement("div");
  box.className = `toast-box toast-${tone}`;
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn-close";
  close.setAttribute("aria-label", toasts.dataset.close);
  close.addEventListener("click", () => box.remove());
  box.append(text, close);
  toasts.append(box);
  setTimeout(() => box.remove(), tone === "danger" ? 12000 : 5000);
}

// the sentence of an error page, or of a JSON error
function sentenceOf(body) {
  try {
    const answer = JSON.parse(body);
    return (answer.error && answer.error.detail) || answer.sentence || answer.detail || "";
  } catch { /* not JSON */ }
  const found = new DOMParser().parseFromString(body, "text/html").querySelector("[data-sentence]");
  return found ? found.textContent.trim() : "";
}

window.trilha = { toast, sentenceOf };

document.addEventListener("htmx:responseError", (event) => toast(sentenceOf(event.detail.xhr.responseText) || toasts.dataset.failed));
document.addEventListener("htmx:sendError", () => toast(toasts.dataset.unreachable));

// who taps with the keyboard stays where they were, although what they tapped is another element by then
let held = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  const tapped = event.target.closest("[data-keeps-focus]");
  if (tapped) held = tapped.contains(document.activeElement) ? event.detail.target.id : "";
});
document.addEventListener("htmx:afterRequest", () => {
  if (held) document.getElementById(held)?.querySelector("[data-keeps-focus] button")?.focus();
  held = "";
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.matches("dialog.dialog")) event.target.close(); // the backdrop
  const copier = event.target.closest("[data-copy]");
  if (copier) navigator.clipboard?.writeText(document.getElementById(copier.dataset.copy).value).then(() => toast(copier.dataset.copied, "success"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

const confirmation = document.getElementById("confirmation");
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const yes = confirmation.querySelector("[data-yes]");
  const button = event.submitter;
  confirmation.querySelector("[data-question]").textContent = form.dataset.confirm;
  yes.textContent = form.dataset.confirmLabel || yes.textContent;
  yes.className = "confirmDanger" in form.dataset ? "btn btn-danger" : "btn btn-primary";
  confirmation.returnValue = "no";
  confirmation.showModal();
  confirmation.addEventListener("close", () => {
    if (confirmation.returnValue !== "yes") { button?.focus(); return; }
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
  }, { once: true });
}, true);

// one press, one request: a second submit of the same form waits for the answer of the first
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post],[data-many]") || event.submitter?.formTarget) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

for (const field of document.querySelectorAll("[data-submit-on-change]")) field.addEventListener("change", () => field.form.requestSubmit());
document.querySelector("[data-focus-here]")?.focus();
document.querySelector(".board-column [aria-current], .steps [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
