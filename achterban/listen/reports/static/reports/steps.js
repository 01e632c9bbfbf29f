// Go from question to question without leaving the page: the back key of a telephone
// then goes one question back, and when the line breaks the page stays with its words.
const CHANGES = ["main", "footer", ".view"]; // of the page, from one step to the next
const SLOW = 1000; // ms
const PATIENCE = 60_000; // ms
let at = 0; // how many steps from where this page was opened
let wanted = 0; // which of those the browser stands at
let isWalking = false;
let pending = null; // pressed again, a button asks again, as one of the browser does
const telling = () => document.querySelector("#question, #tell");
const step = () => (telling() ? (telling().elements.question?.value ?? "tell") : "end");

const say = (words) => (telling().querySelector("[role=status]").textContent = words);

// A parser of text is closed to scripts here; a request may bring a page as it is.
const ask = (fields, address) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "document";
    request.timeout = PATIENCE;
    request.onloadend = () => done(request);
    request.send(fields);
    pending = request;
  });

function show(page) {
  for (const part of CHANGES) {
    const now = document.querySelector(part);
    now.replaceWith(document.adoptNode(page.querySelector(part)));
  }
  document.title = page.title;
  document.dispatchEvent(new Event("step"));
  (document.querySelector("main [autofocus]") || document.querySelector("main")).focus();
  scrollTo(0, 0);
}

// Return whether a page came; else this one stays as it is.
async function go(form, name, value) {
  const fields = new FormData(form);
  if (name) fields.append(name, value);
  pending?.abort();
  const slow = setTimeout(() => say(form.dataset.busy), SLOW);
  const asked = ask(fields, form.action);
  const ours = pending;
  const { response } = await asked;
  clearTimeout(slow);
  if (ours !== pending) return false; // another was asked meanwhile
  pending = null;
  if (response?.querySelector("main")) {
    show(response);
    return true;
  }
  say(form.dataset.offline);
  document.dispatchEvent(new Event("stay"));
  return false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || !form.matches("#question, #tell, #files")) return;
  if (button?.name === "preference") return; // the whole page looks otherwise
  event.preventDefault();
  if (button?.value === "back" && at > 0) return history.back();
  const before = step();
  if (!(await go(form, button?.name, button?.value)) || step() === before) return;
  if (button?.value === "back") return;
  wanted = ++at;
  history.pushState({ at }, "", form.action);
});

// Pressed twice in a row, the back key is followed one question at a time.
async function walk() {
  isWalking = true;
  while (at !== wanted && telling()) {
    const way = Math.sign(wanted - at);
    if (telling().elements.file) telling().elements.file.value = ""; // nobody asked to send it
    if (!(await go(telling(), "act", way < 0 ? "back" : "next"))) {
      history.go(at - wanted);
      break;
    }
    at += way;
  }
  isWalking = false;
}

history.replaceState({ at }, "");
addEventListener("popstate", (event) => {
  if (!event.state) return; // a link within the page
  wanted = event.state.at;
  if (wanted === at) return;
  if (!telling()) location.reload(); // it was sent, or put away
  else if (!isWalking) walk();
});
