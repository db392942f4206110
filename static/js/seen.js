// Tells the server that a person's browser showed the offer: after two seconds in sight, once a visit.
(() => {
  const form = document.getElementById("seen");
  let told = false;
  const tell = () => {
    if (told || document.visibilityState !== "visible") return;
    told = true;
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
  };
  const wait = () => setTimeout(tell, 2000);
  document.addEventListener("visibilitychange", wait);
  wait();
})();
