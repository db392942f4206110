// Sessions dragged onto another day or hour: sent, and shown where they are by loading the page anew; a refusal shows its sentence and nothing moves.
for (const calendar of document.querySelectorAll("[data-calendar]")) {
  const status = document.querySelector("[data-calendar-status]");
  let dragged = null;
  const clear = () => { for (const cell of calendar.querySelectorAll(".calendar-over")) cell.classList.remove("calendar-over"); };

  const send = async (card, cell) => {
    const body = new URLSearchParams({ csrf_token: calendar.dataset.csrf, day: cell.dataset.day, hour: cell.dataset.hour || "" });
    card.classList.add("calendar-sending");
    try {
      const answer = await fetch(card.dataset.dropUrl, { method: "POST", body, headers: { "X-Requested-With": "calendar" } });
      if (!answer.ok || answer.redirected) throw new Error(window.trilha.sentenceOf(await answer.text()) || calendar.dataset.failed);
      status.textContent = calendar.dataset.moved;
      window.location.reload();
    } catch (error) {
      card.classList.remove("calendar-sending");
      window.trilha.toast(error instanceof TypeError ? calendar.dataset.failed : error.message);
    }
  };

  calendar.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-drop-url]");
    if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.dropUrl);
  });
  calendar.addEventListener("dragend", () => { dragged = null; clear(); });
  calendar.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!dragged || !cell) return;
    event.preventDefault();
    clear();
    cell.classList.add("calendar-over");
  });
  calendar.addEventListener("drop", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!dragged || !cell) return;
    event.preventDefault();
    const card = dragged;
    if (!cell.contains(card)) send(card, cell);
  });
}
