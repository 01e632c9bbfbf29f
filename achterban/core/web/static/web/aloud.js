// Reads the page aloud when asked, and never by itself. Only with a voice that lives on
// the device: others send the words to somebody else's server, also those of a report.
"use strict";
const button = document.querySelector(".aloud");
const speech = window.speechSynthesis;
const BLOCKS =
  "h1, h2, h3, h4, p, li, dt, dd, th, td, label, legend, summary, button, .button, .code > *, div, main";
const SILENT = "nav, .hidden, [aria-hidden=true], textarea, select, script, noscript";
let waiting = [];
let current = null;

const voiceFor = (lang) =>
  speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(lang));

const isShown = (e) => (e.checkVisibility ? e.checkVisibility() : e.getClientRects().length > 0);

// A code letter by letter, with a pause between the groups.
const asSaid = (words, element) =>
  element.closest(".code") ? `${[...words.replace(/\s/g, "")].join(", ")}.` : words;

function parts() {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  let last = null;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.data.replace(/\s+/g, " ");
    if (!words.trim() || element.closest(SILENT) || !isShown(element)) continue;
    const block = element.closest(BLOCKS);
    const lang = element.closest("[lang]").lang;
    if (last && block === last.block && lang === last.lang) last.words += words;
    else found.push((last = { block, lang, words: asSaid(words, element) }));
  }
  return found;
}

function stop() {
  waiting = [];
  current = null;
  speech.cancel();
  button.setAttribute("aria-pressed", "false");
}

function next() {
  const part = waiting.shift();
  if (!part) return stop();
  const said = new SpeechSynthesisUtterance(part.words.trim());
  const goOn = (act) => () => said === current && act();
  said.lang = part.lang;
  said.voice = voiceFor(part.lang) || voiceFor(document.documentElement.lang);
  said.onend = goOn(next);
  said.onerror = goOn(stop);
  current = said; // kept: some browsers forget an utterance that nothing holds
  speech.speak(said);
}

function press() {
  if (current) return stop();
  waiting = parts();
  button.setAttribute("aria-pressed", "true");
  next();
}

function offer() {
  button.hidden = !voiceFor(document.documentElement.lang);
}

if (button && speech) {
  offer();
  speech.addEventListener("voiceschanged", offer); // some load their voices late
  button.addEventListener("click", press);
  addEventListener("pagehide", stop);
}
