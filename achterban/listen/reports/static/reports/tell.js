// At every pause in typing, send what stands there to the server. Without this script
// the page works too; then the buttons keep it.
const PAUSE = 1200; // ms
const RETRY = 6000; // ms

function start() {
  const form = document.getElementById("tell");
  if (!form) return;
  const field = form.elements.text;
  const line = form.querySelector("[role=status]");
  const later = form.querySelector(".later");
  let timer = 0;
  let keptText = field.defaultValue;
  let sending = false;

  const say = (words) => {
    if (line.textContent !== words) line.textContent = words;
  };

  const plan = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(keep, ms);
  };

  async function keep() {
    const text = field.value;
    if (sending || text === keptText || !form.isConnected) return;
    sending = true;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        keepalive: text.length < 15000,
      });
      const kept = await answer.json();
      if (kept.kept) {
        keptText = text;
        say(kept.kind_word || line.dataset.kept);
        if (later) later.hidden = false;
      } else {
        say(kept.why || line.dataset.failed);
      }
      if (!kept.kept && answer.status !== 409 && answer.status !== 413) plan(RETRY);
    } catch {
      say(line.dataset.failed);
      plan(RETRY);
    }
    sending = false;
    if (keptText !== field.value && keptText === text) plan(PAUSE);
  }

  field.addEventListener("input", () => plan(PAUSE));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  // Without a line the browser would show its own page instead, and lose the last
  // words. A last "keep" that is still under way must not come after the whole.
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      say(form.dataset.offline);
      return;
    }
    clearTimeout(timer);
    const before = keptText;
    keptText = field.value;
    document.addEventListener("stay", () => (keptText = before), { once: true });
  });
}

start();
document.addEventListener("step", start);
