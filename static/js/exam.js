// An exam: all answers go to the server after each change, with a rising number; without a connection they wait in this browser.
for (const form of document.querySelectorAll("form[data-submit-now]")) form.requestSubmit();

for (const form of document.querySelectorAll("form[data-exam]")) {
  const status = document.querySelector("[data-autosave]");
  const count = form.querySelector("[data-answered]");
  const kept = `trilha-exam-${form.dataset.exam}`;
  let sequence = Number(form.dataset.sequence);
  let dirty = false;
  let sending = false;
  let over = false;
  let waiting = null;
  let pause = 1000;

  const tell = (text, state) => { status.textContent = text; status.dataset.state = state; };
  const fields = () => [...form.elements].filter((field) => field.name.startsWith("item-"));
  const isWritten = (field) => field.type === "text" || field.type === "textarea" || field.tagName === "SELECT";
  const isAnswered = (question) => "kept" in question.querySelector(".panel-body").dataset || [...question.querySelectorAll("input, select, textarea")].some((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim() !== ""));
  const unanswered = () => [...form.querySelectorAll("[data-question]")].filter((question) => !isAnswered(question)).length;
  const recount = () => { count.textContent = form.querySelectorAll("[data-question]").length - unanswered(); };

  function keep() {
    const answers = fields().filter((field) => isWritten(field) || field.checked).map((field) => [field.name, field.value]);
    try { localStorage.setItem(kept, JSON.stringify({ sequence, answers })); } catch { /* a full or closed store: the server has what it has */ }
  }

  // what could not be sent before this page was closed, unless newer answers reached the server from elsewhere
  function restore() {
    let found = null;
    try { found = JSON.parse(localStorage.getItem(kept) || "null"); } catch { /* not ours */ }
    if (!found || found.sequence < sequence) return;
    const answers = new Set(found.answers.map(([name, value]) => `${name}=${value}`));
    for (const field of fields()) {
      if (field.tagName === "SELECT") field.value = [...field.options].map((option) => option.value).find((value) => value && answers.has(`${field.name}=${value}`)) || "";
      else if (isWritten(field)) field.value = (found.answers.find(([name]) => name === field.name) || ["", ""])[1];
      else field.checked = answers.has(`${field.name}=${field.value}`);
    }
    soon(0);
  }

  function forget() { try { localStorage.removeItem(kept); } catch { /* nothing to forget */ } }

  async function send() {
    if (sending || !dirty || over) return;
    sending = true;
    dirty = false;
    sequence += 1;
    const body = new FormData(form);
    body.set("sequence", sequence);
    for (const field of form.querySelectorAll("input[type=file]")) body.delete(field.name); // files go by their own button
    const letters = [...body.values()].reduce((sum, value) => sum + value.length, 0);
    form.elements.sequence.value = sequence + 1;
    tell(status.dataset.saving, "saving");
    try {
      const answer = await fetch(form.dataset.saveUrl, { method: "POST", body, headers: { "X-Requested-With": "exam", Accept: "application/json" }, keepalive: letters < 15000 }); // a browser refuses more than 64 KB that outlive their page
      if (answer.status >= 500 || answer.status === 429) throw new TypeError("the server failed");
      if (answer.ok && !answer.redirected) accept(await answer.json());
      else refuse(await answer.text(), answer);
    } catch {
      dirty = true;
      tell(navigator.onLine ? status.dataset.failed : form.dataset.offline, "failed");
      waiting = setTimeout(() => { waiting = null; send(); }, pause);
      pause = Math.min(pause * 2, 15000);
    }
    sending = false;
    if (dirty && !waiting) soon(200);
  }

  function accept(saved) {
    pause = 1000;
    sequence = Math.max(sequence, saved.sequence);
    form.elements.sequence.value = sequence + 1;
    if (!dirty) forget();
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    tell(saved.ignored && !saved.stored ? saved.sentence : status.dataset.saved.replace("{time}", time), "saved");
  }

  // refused for good; only where another device goes on is what was typed here kept, for going on here after all
  function refuse(text, answer) {
    let told = null;
    try { told = JSON.parse(text); } catch { /* a page */ }
    const sentence = (told && told.sentence) || window.trilha.sentenceOf(text) || status.dataset.refused;
    tell(sentence, "failed");
    if (answer.status !== 409) return;
    over = true;
    if (told && told.elsewhere) displaced(sentence);
    else forget();
  }

  function displaced(sentence) {
    const box = form.querySelector("[data-elsewhere]");
    box.querySelector("[data-elsewhere-sentence]").textContent = sentence;
    box.hidden = false;
    box.querySelector("[data-take-over]").focus();
    for (const button of form.querySelectorAll("[data-hand-in-button], [data-save-button]")) button.disabled = true;
  }

  function soon(after) {
    dirty = true;
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = null; send(); }, after);
  }

  // steps to be put in order also move by buttons; the places in their fields are what is sent
  for (const list of form.querySelectorAll("[data-ordering]")) {
    const told = list.parentElement.querySelector("[data-told]");
    const steps = () => [...list.querySelectorAll("[data-step]")];
    const placeOf = (step) => step.querySelector("select").selectedIndex;
    const sort = () => { if (steps().every(placeOf)) list.append(...steps().sort((one, other) => placeOf(one) - placeOf(other))); };
    for (const moves of list.querySelectorAll("[data-moves]")) moves.hidden = false;
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      const step = button.closest("[data-step]");
      const order = steps();
      const from = order.indexOf(step);
      const to = Math.min(Math.max(from + Number(button.dataset.move), 0), order.length - 1);
      order.splice(to, 0, ...order.splice(from, 1));
      order.forEach((one, index) => { one.querySelector("select").selectedIndex = index + 1; });
      list.append(...order);
      button.focus();
      told.textContent = list.dataset.moved.replace("{step}", step.querySelector(".exam-step-text").textContent).replace("{place}", to + 1).replace("{count}", order.length);
      step.querySelector("select").dispatchEvent(new Event("input", { bubbles: true }));
    });
    sort();
  }

  form.addEventListener("input", (event) => { recount(); if (event.target.type !== "file") soon((event.target.type === "text" || event.target.type === "textarea") ? 600 : 50); });
  form.addEventListener("change", (event) => { if (event.target.type === "file" && event.target.value) form.requestSubmit(form.querySelector(`#${event.target.id}-send`)); });
  window.addEventListener("online", () => { if (dirty) soon(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) send(); });

  form.querySelector("[data-save-button]").addEventListener("click", (event) => { event.preventDefault(); soon(0); });
  form.querySelector("[data-hand-in-button]").addEventListener("click", () => {
    const missing = unanswered();
    const question = missing === 0 ? form.dataset.allAnswered : missing === 1 ? form.dataset.unansweredOne : form.dataset.unanswered.replace("{count}", missing);
    form.dataset.confirm = question;
    form.dataset.confirmLabel = form.dataset.handIn;
  });
  form.querySelector("[data-take-over]").addEventListener("click", () => { delete form.dataset.confirm; });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) { clearTimeout(waiting); dirty = false; forget(); return; }
    event.preventDefault();
    delete form.dataset.confirmed;
    tell(form.dataset.offline, "failed");
  });
  recount();
  restore();

  // leaving the page is told to the server where the exam says so; what could not be told waits for the next time
  if (form.dataset.focusUrl) {
    let left = null;
    let untold = [];
    const leave = () => { if (left === null) left = Date.now(); };
    const comeBack = async () => {
      if (left === null || document.hidden || !document.hasFocus()) return;
      untold.push(Math.round((Date.now() - left) / 1000));
      left = null;
      const telling = untold;
      untold = [];
      for (const seconds of telling) {
        if (seconds < 2) continue;
        try {
          const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value };
          await fetch(form.dataset.focusUrl, { method: "POST", body: JSON.stringify({ seconds }), headers, keepalive: true });
        } catch { untold.push(seconds); }
      }
    };
    window.addEventListener("blur", leave);
    window.addEventListener("focus", comeBack);
    document.addEventListener("visibilitychange", () => (document.hidden ? leave() : comeBack()));
  }
}
