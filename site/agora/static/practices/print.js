/* Agora: « Imprimer » opens the browser's dialog. Without this file the button stays hidden. */
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
