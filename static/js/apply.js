// The application form: says at once when a file is too large, and sends only once.
"use strict";

document.querySelectorAll("form[data-submit-once]").forEach((form) => {
  const limit = Number(form.dataset.maxBytes || 0);
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", () => {
      const file = input.files[0];
      input.setCustomValidity(file && limit && file.size > limit ? input.dataset.tooLarge || "10 MB" : "");
      if (!input.checkValidity()) {
        input.reportValidity();
      }
    });
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.querySelectorAll('button[type="submit"]').forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  // a page that comes back from the browser's memory may be sent again
  window.addEventListener("pageshow", () => delete form.dataset.sent);
});
