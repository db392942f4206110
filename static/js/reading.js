// Tells the server every twenty seconds that somebody is at a module with a least time, while its page is in sight, and shows what is left.
(() => {
  const form = document.getElementById("reading-time");
  const left = document.getElementById("reading-left");
  const EVERY = 20000;
  let resuming = form.dataset.counting === "yes";
  const tell = async () => {
    if (document.visibilityState !== "visible") return;
    const said = new FormData(form);
    if (resuming) said.set("resuming", "1");
    resuming = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { "X-Requested-With": "reading" } });
      if (!answer.ok) return;
      const minutes = (await answer.json()).left;
      left.textContent = minutes ? form.dataset.left.replace("#", minutes) : form.dataset.done;
    } catch {
      resuming = false; // without a connection the next sign of life counts the gap
    }
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") resuming = true;
    else tell();
  });
  tell();
  setInterval(tell, EVERY);
})();
