// The application form: says at once when a file is too large. That it is sent once, frame.js sees to.
for (const form of document.querySelectorAll("form[data-max-bytes]")) {
  const limit = Number(form.dataset.maxBytes);
  for (const input of form.querySelectorAll('input[type="file"]')) {
    input.addEventListener("change", () => {
      const file = input.files[0];
      input.setCustomValidity(file && file.size > limit ? input.dataset.tooLarge || "10 MB" : "");
      if (!input.checkValidity()) input.reportValidity();
    });
  }
}

// A résumé that is being read: asks for what was found until it is there, half a minute at most.
const found = document.querySelector("[data-found-url]");
async function look(triesLeft) {
  if (!found.querySelector("[data-reading]") || triesLeft === 0) return;
  try {
    const answer = await fetch(found.dataset.foundUrl);
    if (answer.status === 200) {
      const words = await answer.text();
      if (!words.includes("data-reading")) found.innerHTML = words;
    }
  } catch { /* not reachable just now: the next try, or the button */ }
  setTimeout(() => look(triesLeft - 1), 2000);
}
if (found) setTimeout(() => look(15), 1000);
