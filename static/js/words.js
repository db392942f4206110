// Counts the words of what is typed, beside the field.
for (const field of document.querySelectorAll("textarea[data-words]")) {
  const told = document.getElementById(field.dataset.words);
  const count = () => {
    const words = field.value.trim().split(/\s+/).filter(Boolean).length;
    told.textContent = words === 1 ? told.dataset.one : told.dataset.many.replace("{count}", words);
  };
  field.addEventListener("input", count);
  count();
}
