// Cards between stages: dragged, sent, and put back with a sentence when the server refuses.
const begin = (board) => {
  board.dataset.begun = "";
  const columns = [...board.querySelectorAll("[data-column]")];

  // a column may hold more than it shows, so its figure is counted on, not counted anew
  const countOn = (column, by) => {
    const figure = column.closest(".board-column").querySelector("[data-count]");
    if (figure) figure.textContent = Number(figure.textContent) + by;
  };
  const count = (from, to) => {
    countOn(from, -1);
    countOn(to, 1);
  };

  const putBack = ({ item, from, to, oldIndex }) => {
    const cards = [...from.children].filter((child) => child !== item);
    from.insertBefore(item, cards[oldIndex] || null);
    count(to, from);
  };

  const refreshMenu = (card, version) => {
    if (version === undefined) return;
    card.dataset.version = version;
    const field = card.querySelector("[data-version-field]");
    if (field) field.value = version;
  };

  const send = async (event) => {
    const { item: card, from, to, newIndex } = event;
    count(from, to);
    const body = new URLSearchParams({ csrf_token: board.dataset.csrf, stage: to.dataset.column, version: card.dataset.version, from: "board", position: newIndex });
    card.classList.add("board-card-sending");
    try {
      const answer = await fetch(card.dataset.moveUrl, { method: "POST", body, headers: { "X-Requested-With": "board", Accept: "application/json" } });
      const text = await answer.text();
      if (!answer.ok || answer.redirected) throw new Error(window.trilha.sentenceOf(text) || board.dataset.failed);
      const kept = (answer.headers.get("Content-Type") || "").includes("json") ? JSON.parse(text) : {};
      refreshMenu(card, kept.version);
      window.trilha.toast(board.dataset.moved.replace("{stage}", to.dataset.title), "success");
    } catch (error) {
      putBack(event);
      window.trilha.toast(error instanceof TypeError ? board.dataset.failed : error.message);
    } finally {
      card.classList.remove("board-card-sending");
    }
  };

  for (const column of columns) {
    window.Sortable.create(column, {
      group: "stages",
      draggable: "[data-card]",
      filter: ".board-card-fixed, .menu, a, button",
      preventOnFilter: false,
      animation: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      delay: 150,
      delayOnTouchOnly: true,
      sort: false,
      scroll: board,
      ghostClass: "board-card-ghost",
      onStart: () => board.classList.add("board-dragging"),
      onEnd: (event) => {
        board.classList.remove("board-dragging");
        if (event.from !== event.to) send(event);
      },
    });
  }
};
for (const board of document.querySelectorAll("[data-board]")) begin(board);

// What colleagues move shows by itself, but never under the hand of somebody who drags, sends or chooses.
const isBusy = (live) => document.hidden || live.querySelector(".board-dragging, .board-card-sending, details[open]") !== null;
let place = 0;
let focused = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "board-live" && isBusy(event.target)) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const live = event.detail.target;
  if (live.id !== "board-live" || event.detail.xhr.status === 204) return;
  const ours = event.detail.xhr.responseText.includes('id="board-live"'); // and not the page on which one signs in
  if (!ours || isBusy(live)) {
    event.detail.shouldSwap = false;
    return;
  }
  place = live.querySelector("[data-board]").scrollLeft;
  focused = document.activeElement?.closest("#board-live [data-card]")?.dataset.card || "";
});
document.addEventListener("htmx:afterSwap", () => {
  const board = document.querySelector("#board-live [data-board]:not([data-begun])");
  if (!board) return;
  board.scrollLeft = place;
  begin(board);
  if (focused) board.querySelector(`[data-card="${focused}"] a`)?.focus({ preventScroll: true });
});
