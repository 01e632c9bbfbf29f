// Let the server know where the cursor stood: a claim goes there, and not at the end.
const form = document.getElementById("tell");
const text = form?.elements.text;
let place = "";

// Counted in whole characters, as the server does.
text?.addEventListener("blur", () => {
  place = [...text.value.slice(0, text.selectionStart)].length;
});
form?.addEventListener("submit", (event) => {
  form.elements.place.value = event.submitter?.name === "put" ? place : "";
});
