// Keeps what is typed: sends the form's fields a moment after each change, one request at a time, and again until the server has them.
for (const form of document.querySelectorAll("form[data-autosave-url]")) {
  const status = document.querySelector("[data-autosave]");
  let dirty = false;
  let sending = false;
  let waiting = null;
  let pause = 1000;
  const tell = (text, state) => { if (status) { status.textContent = text; status.dataset.state = state; } };

  const retry = () => {
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
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "autosave" } });
      if (answer.status >= 500) throw new TypeError("the server failed");
      if (!answer.ok || answer.redirected) {
        const sentence = window.trilha.sentenceOf(await answer.text());
        tell(sentence || status?.dataset.refused || "", "failed");
      } else {
        pause = 1000;
        const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        tell((status?.dataset.saved || "").replace("{time}", time), "saved");
      }
    } catch {
      dirty = true;
      retry();
    }
    sending = false;
    if (dirty && !waiting) soon(200);
  }

  function soon(after) {
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = null; send(); }, after);
  }

  form.addEventListener("input", (event) => soon(event.target.matches("textarea, [type=text], [type=number]") ? 700 : 50));
  window.addEventListener("online", () => { if (dirty) soon(0); });
  window.addEventListener("beforeunload", (event) => { if (dirty && !form.dataset.sent) event.preventDefault(); });
}
