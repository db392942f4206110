// Time left until the server's deadline, by the server's clock; the server decides, this only shows.
for (const box of document.querySelectorAll("[data-deadline]")) {
  const ahead = new Date(box.dataset.now) - Date.now();
  const deadline = new Date(box.dataset.deadline);
  const figure = box.querySelector("[data-figure]");
  const said = box.querySelector("[data-said]");
  const spoken = new Set();
  const two = (number) => String(number).padStart(2, "0");

  const say = (seconds) => {
    for (const minutes of [30, 10, 5, 1]) {
      if (seconds === minutes * 60 && !spoken.has(minutes)) {
        spoken.add(minutes);
        said.textContent = minutes === 1 ? box.dataset.minuteLeft : box.dataset.minutesLeft.replace("{count}", minutes);
      }
    }
  };

  const finish = () => {
    figure.textContent = box.dataset.over;
    said.textContent = box.dataset.over;
    box.classList.add("countdown-over");
    box.dispatchEvent(new CustomEvent("countdown:ended", { bubbles: true }));
    const form = document.querySelector("form[data-submit-at-end]");
    if (form) { delete form.dataset.confirm; delete form.dataset.sent; form.noValidate = true; form.requestSubmit(); }
  };

  const tick = () => {
    const seconds = Math.max(0, Math.round((deadline - Date.now() - ahead) / 1000));
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    figure.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    box.classList.toggle("countdown-low", seconds <= 300);
    say(seconds);
    if (seconds > 0) return;
    clearInterval(timer);
    finish();
  };
  const timer = setInterval(tick, 1000);
  tick();
}
