// Let the server know where the cursor stood: a claim goes there, and not at the end.
const form = document.getElementById("tell");
const text = form?.elements.text;
let place = "";

// Only where somebody put it, and counted in whole characters, as the server does.
for (const kind of ["pointerup", "keyup", "input"]) {
  text?.addEventListener(kind, () => {
    place = [...text.value.slice(0, text.selectionStart)].length;
  });
}
form?.addEventListener("submit", (event) => {
  form.elements.place.value = event.submitter?.name === "put" ? place : "";
});
