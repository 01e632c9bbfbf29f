// How far an import is: asked every three seconds, said in numbers. Without it there is a button.
"use strict";

const bar = document.querySelector("progress");
const words = document.querySelector("[data-progress]");

async function ask() {
  const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
  const far = await answer.json();
  if (!far.is_at_work) {
    location.reload();
    return;
  }
  words.textContent = far.words;
  if (bar) bar.value = far.n_read;
  setTimeout(again, 3000);
}

// The line broke, or somebody must sign in again: the button is still there.
const again = () => ask().catch(() => {});

if (words) setTimeout(again, 3000);
