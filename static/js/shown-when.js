// Shows parts of a form only while a field has a value: <div data-shown-when="kind=policy"> inside <form data-shown-when-form>.
// Several values stand between bars: "kind=one_of|many_of".
for (const form of document.querySelectorAll("form[data-shown-when-form]")) {
  const parts = form.querySelectorAll("[data-shown-when]");
  const update = () => {
    const data = new FormData(form);
    for (const part of parts) {
      const [name, values] = part.dataset.shownWhen.split("=");
      part.hidden = !values.split("|").includes(data.get(name));
    }
  };
  form.addEventListener("change", update);
  update();
}
