// Shows parts of a form only while a field has a value: <div data-shown-when="kind=policy"> inside <form data-shown-when-form>.
for (const form of document.querySelectorAll("form[data-shown-when-form]")) {
  const parts = form.querySelectorAll("[data-shown-when]");
  const update = () => {
    const data = new FormData(form);
    for (const part of parts) {
      const [name, value] = part.dataset.shownWhen.split("=");
      part.hidden = data.get(name) !== value;
    }
  };
  form.addEventListener("change", update);
  update();
}
