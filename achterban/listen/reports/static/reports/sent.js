// What was sent is on the server: take what this device kept of it away.
"use strict";
localStorage.removeItem(document.querySelector("[data-sent]").dataset.sent);
