/* While one types a title: sheets that look like it. While one types a summary: how long it is. */
"use strict";

(() => {
  const WAIT = 500;

  function counter(area) {
    const limit = Number(area.dataset.count);
    const line = document.createElement("p");
    line.className = "hint num counter";
    area.after(line);
    const show = () => {
      const count = area.value.trim().length;
      line.textContent = area.dataset.said.replace("{count}", count).replace("{limit}", limit);
      line.setAttribute("aria-live", count > limit * 0.9 ? "polite" : "off");
    };
    area.addEventListener("input", show);
    show();
  }

  function similar(place, title) {
    let timer = 0;
    let asked = title.value;
    title.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (title.value === asked) return;
        asked = title.value;
        const query = new URLSearchParams({ titre: asked, fiche: place.dataset.own });
        try {
          const answer = await fetch(`${place.dataset.similar}?${query}`, { redirect: "error" });
          if (answer.ok && title.value === asked) place.innerHTML = await answer.text();
        } catch { /* it only helps: never in the way */ }
      }, WAIT);
    });
  }

  document.querySelectorAll("textarea[data-count]").forEach(counter);
  const place = document.querySelector("[data-similar]");
  const title = document.getElementById("title");
  if (place && title) similar(place, title);
  const problems = document.getElementById("a-revoir");
  if (problems) problems.focus();
})();
