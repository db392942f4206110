// The desk by keys: marks, the next application held ready in memory, and taking back what was just done.
// It begins after htmx has: a key must not send a form that htmx has not taken over yet.
document.addEventListener("DOMContentLoaded", () => {
  let given = []; // marks of this application, newest last: the criterion's place and the mark before
  const seen = []; // where one has come from, newest last
  let chosen = 0; // the place of the criterion that keys mark
  let ready = null; // the next application's page, read ahead

  const desk = () => document.querySelector("[data-desk]");
  const rows = () => [...document.querySelectorAll("[data-criterion]")];
  const markOf = (row) => { const pressed = row.querySelector("[aria-pressed=true]"); return pressed ? pressed.value : "0"; };

  function choose(place, scroll = true) {
    const all = rows();
    const at = Math.min(Math.max(place, 0), all.length - 1);
    chosen = at;
    all.forEach((row, index) => (index === at ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current")));
    if (scroll && all[at]) all[at].scrollIntoView({ block: "nearest" });
  }

  // one after another, however fast they are typed: each answer brings the criteria anew
  let sending = Promise.resolve();
  function give(place, value) {
    const form = rows()[place] && rows()[place].querySelector("form");
    if (!form) return null;
    const values = { csrf_token: form.elements.csrf_token.value, criterion: form.elements.criterion.value, mark: value };
    return window.htmx.ajax("POST", form.getAttribute("action"), { target: "#criteria", swap: "outerHTML", values });
  }
  function queue(work) {
    sending = sending.then(work).catch(() => { /* said by htmx:responseError */ });
  }

  function press(place, value) {
    if (!rows()[place]) return;
    const mark = { place, before: "0" };
    given.push(mark); // at once, so that taking it back finds it however fast it follows
    queue(() => {
      if (rows()[place]) mark.before = markOf(rows()[place]);
      return give(place, value);
    });
    choose(place + 1);
  }

  async function readAhead() {
    ready = null;
    const link = document.querySelector("[data-next]");
    if (!link) return;
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const picture = page.querySelector(".desk-pages img");
      const drawn = new Image();
      if (picture) drawn.src = picture.getAttribute("src");
      ready = { href: link.href, page, drawn: picture ? drawn : null };
    } catch { /* without it the link is followed as any other */ }
  }

  function goOn(event) {
    const link = document.querySelector("[data-next]");
    if (!link) return;
    if (!ready || ready.href !== link.href || !ready.page.querySelector("[data-desk]")) {
      if (!event) window.location.assign(link.href);
      return;
    }
    if (event) event.preventDefault();
    seen.push(window.location.href);
    const { page, href, drawn } = ready;
    const content = document.adoptNode(page.querySelector("[data-desk]"));
    const picture = content.querySelector(".desk-pages img");
    if (drawn && picture) {
      for (const { name, value } of picture.attributes) if (name !== "src") drawn.setAttribute(name, value);
      picture.replaceWith(drawn);
    }
    desk().replaceWith(content);
    document.title = page.title;
    history.pushState({ desk: true }, "", href);
    window.scrollTo(0, 0);
    if (window.htmx) window.htmx.process(content);
    begin();
  }

  function undo() {
    const last = given.pop();
    if (last) choose(last.place);
    queue(() => {
      if (last) return give(last.place, last.before);
      const button = document.querySelector(".desk-done button");
      if (button) button.click();
      return null;
    });
  }

  function begin() {
    given = [];
    const first = rows().findIndex((row) => markOf(row) === "0");
    choose(first < 0 ? 0 : first, false);
    readAhead();
  }

  const keys = {
    j: () => choose(chosen + 1),
    k: () => choose(chosen - 1),
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    n: () => goOn(null),
    p: () => { const link = document.querySelector("[data-key=p]"); if (seen.length) window.location.assign(seen.pop()); else if (link) link.click(); },
    a: () => { const form = document.querySelector("form[action$='/move']"); if (form) form.requestSubmit(); },
    d: () => { const field = document.querySelector("[data-decline] select"); if (field) field.focus(); },
    u: undo,
    t: () => { const text = document.querySelector(".desk-read details"); if (text) text.open = !text.open; },
  };

  document.addEventListener("keydown", (event) => {
    if (!desk() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (["1", "2", "3", "4"].includes(event.key)) {
      event.preventDefault();
      press(chosen, event.key);
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  document.addEventListener("click", (event) => { if (event.target.closest("[data-next]") && !event.ctrlKey && !event.metaKey) goOn(event); });
  window.addEventListener("popstate", () => window.location.reload());

  // a mark given with the mouse
  document.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-criterion]");
    if (!row) return;
    given.push({ place: Number(row.dataset.criterion), before: markOf(row) });
    chosen = Number(row.dataset.criterion) + 1;
  });
  document.addEventListener("htmx:afterSwap", () => choose(chosen));
  document.addEventListener("htmx:responseError", (event) => {
    given.pop();
    if (window.trilha) window.trilha.toast(window.trilha.sentenceOf(event.detail.xhr.responseText) || event.detail.xhr.statusText);
  });

  if (desk()) begin();
});
