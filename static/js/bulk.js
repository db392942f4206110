// Ticks of a list: all of the page at once, and how many they are.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const ticks = [...document.querySelectorAll(".bulk-tick")];
  const page = form.querySelector("[data-bulk-page]");
  const everybody = form.querySelector("[name=everybody]");
  const figure = form.querySelector("[data-bulk-count]");
  const tell = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    figure.textContent = everybody?.checked || !count ? "" : form.dataset.count.replace("{count}", count);
    page.checked = count > 0 && count === ticks.length;
    page.indeterminate = count > 0 && count < ticks.length;
  };
  page.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = page.checked;
    tell();
  });
  for (const tick of ticks) tick.addEventListener("change", tell);
  everybody?.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
  tell();
}
