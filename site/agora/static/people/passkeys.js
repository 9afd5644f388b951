/* Passkeys: says in the page what allauth's scripts only tell the console. */
"use strict";

document.addEventListener("allauth.error", (event) => {
  const notices = document.querySelectorAll("[data-key-trouble]");
  if (!notices.length) return;
  event.preventDefault();
  notices.forEach((notice) => { notice.hidden = false; });
});
