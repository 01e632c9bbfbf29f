// Keep what is typed on this device while there is no line, sealed with a key that the
// page brings and the device does not keep; take it away once it was sent.
"use strict";
const form = document.querySelector("#stories");
const field = form.elements.text;
const line = form.querySelector("[role=status]");
const name = form.dataset.name;
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const text = (data) => btoa(String.fromCharCode(...new Uint8Array(data)));
const key = crypto.subtle?.importKey("raw", bytes(form.dataset.key), "AES-GCM", false, [
  "encrypt",
  "decrypt",
]);
const say = (words) => (line.textContent = words);

async function keep() {
  if (!key) return;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify([form.elements.batch.value, field.value]));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, words);
  localStorage.setItem(name, `${text(iv)} ${text(sealed)}`);
  say(line.dataset.kept);
}

async function bring() {
  const kept = localStorage.getItem(name);
  if (!key || !kept || field.value) return;
  try {
    const [iv, sealed] = kept.split(" ").map(bytes);
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, sealed);
    const [batch, typed] = JSON.parse(new TextDecoder().decode(words));
    form.elements.batch.value = batch; // sent before and not heard of: stored once
    field.value = typed;
    say(line.dataset.back);
  } catch {
    localStorage.removeItem(name);
  }
}

let pause;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(keep, 600);
});
form.addEventListener("submit", async (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  await keep();
  say(line.dataset.offline);
});
bring();
