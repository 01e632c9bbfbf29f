// A QR carries the code in the fragment: put it in the field, and take it out of the
// address at once, so that neither the history nor anyone else gets to see it.
"use strict";
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
  history.replaceState(null, "", location.pathname);
  document.querySelector("input[name=code]").value = code;
  document.querySelector("#code button").focus();
}
