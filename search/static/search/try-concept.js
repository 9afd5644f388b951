/* The trial of a concept: asks again a moment after the editor stops typing, anywhere in the form. */
(function () {
  "use strict";
  function start(box) {
    var form = box.closest("form");
    var query = box.querySelector("input[name=try]");
    var found = box.querySelector(".agora-try__found");
    var waiting = null;
    var last = 0;
    function ask() {
      var number = ++last;
      var body = new FormData(form);
      if (!query.value.trim()) { found.textContent = ""; return; }
      fetch(box.dataset.url, { method: "POST", body: body, credentials: "same-origin", headers: { "X-Piece": "1" } })
        .then(function (response) { if (!response.ok) { throw new Error(response.status); } return response.text(); })
        .then(function (html) { if (number === last) { found.innerHTML = html; } })
        .catch(function () { if (number === last) { found.textContent = box.dataset.failed; } });
    }
    function later() { clearTimeout(waiting); waiting = setTimeout(ask, 350); }
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    query.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); ask(); }
    });
    box.querySelector("button").addEventListener("click", function (event) { event.preventDefault(); ask(); });
    if (query.value) { ask(); }
  }
  document.querySelectorAll("[data-try-concept]").forEach(start);
})();
