// The application form: says at once when a file is too large. That it is sent once, frame.js sees to.
for (const form of document.querySelectorAll("form[data-max-bytes]")) {
  const limit = Number(form.dataset.maxBytes);
  for (const input of form.querySelectorAll('input[type="file"]')) {
    input.addEventListener("change", () => {
      const file = input.files[0];
      input.setCustomValidity(file && file.size > limit ? input.dataset.tooLarge || "10 MB" : "");
      if (!input.checkValidity()) input.reportValidity();
    });
  }
}
