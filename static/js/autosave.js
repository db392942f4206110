// Keeps what is typed: sends the form's fields a moment after each change, one request at a time, and again until the server has them.
// Files are not sent. With data-autosave-local the browser keeps the words while the server cannot be reached, also over a reload.
for (const form of document.querySelectorAll("form[data-autosave-url]")) {
  const status = document.querySelector("[data-autosave]");
  let dirty = false;
  let sending = false;
  let waiting = null;
  let handOver = null; // submits the form once the request on its way is answered
  let pause = 1000;
  const tell = (text, state) => { if (status) { status.textContent = text; status.dataset.state = state; } };

  const place = "autosaveLocal" in form.dataset ? `typed:${form.dataset.autosaveUrl}` : "";

  const typed = () => {
    const fields = new FormData(form);
    for (const name of new Set(fields.keys())) if (fields.get(name) instanceof File) fields.delete(name);
    return fields;
  };
  const keptHere = [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "file" && field.name !== "consent");
  const keepHere = () => {
    const values = keptHere.filter((field) => field.type !== "submit").map((field) => [field.name, field.value, Boolean(field.checked)]);
    try { localStorage.setItem(place, JSON.stringify(values)); } catch { /* the browser keeps nothing: then only the page does */ }
  };
  const forgetHere = () => { try { localStorage.removeItem(place); } catch { /* as above */ } };
  const takeFromHere = () => {
    let values = null;
    try { values = JSON.parse(localStorage.getItem(place)); } catch { /* as above */ }
    for (const [name, value, checked] of values || []) {
      for (const field of keptHere.filter((each) => each.name === name)) {
        if (field.type === "radio" || field.type === "checkbox") { if (field.value === value) field.checked = checked; } else field.value = value;
      }
    }
    return Boolean(values);
  };

  const retry = () => {
    if (place) keepHere();
    tell(status?.dataset.failed || "", "failed");
    waiting = setTimeout(send, pause);
    pause = Math.min(pause * 2, 20000);
  };

  async function send() {
    if (sending || !dirty) return;
    sending = true;
    dirty = false;
    tell(status?.dataset.saving || "", "saving");
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: typed(), headers: { "X-Requested-With": "autosave" } });
      if (answer.status >= 500) throw new TypeError("the server failed");
      if (!answer.ok || answer.redirected) {
        const sentence = window.trilha.sentenceOf(await answer.text());
        tell(sentence || status?.dataset.refused || "", "failed");
      } else {
        pause = 1000;
        const version = answer.headers.get("X-Kept-Version");
        if (version && form.elements.version) form.elements.version.value = version;
        if (place) forgetHere();
        const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        tell((status?.dataset.saved || "").replace("{time}", time), "saved");
      }
    } catch {
      dirty = true;
      retry();
    }
    sending = false;
    if (handOver) { handOver(); return; }
    if (dirty && !waiting) soon(200);
  }

  function soon(after) {
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = null; send(); }, after);
  }

  if (place && takeFromHere()) soon(0);
  form.addEventListener("input", (event) => soon(event.target.matches("textarea, [type=text], [type=number]") ? 700 : 50));
  // what is on its way is kept first: the form that follows it then knows the version it left
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = null;
    dirty = false;
    if (!sending || handOver) return;
    event.preventDefault();
    const button = event.submitter;
    handOver = () => form.requestSubmit(button);
  });
  window.addEventListener("online", () => { if (dirty) soon(0); });
  window.addEventListener("beforeunload", (event) => {
    if (!dirty || form.dataset.sent) return;
    if (place) keepHere(); else event.preventDefault();
  });
}
