/* While one types a title: sheets that look like it. While one types a summary: how long it is. */
"use strict";

(() => {
  const WAIT = 500;

  /* `data-count-for`: only while the form is of this kind (a tip has a length, a sheet's text hardly). */
  function counter(area) {
    const limit = Number(area.dataset.count);
    const only = area.dataset.countFor;
    const line = document.createElement("p");
    const spoken = document.createElement("p");
    line.className = "hint num counter";
    spoken.className = "vh";
    spoken.setAttribute("role", "status");
    (area.closest(".editor") || area).after(line, spoken);
    let timer = 0;
    const show = () => {
      const chosen = area.form.querySelector("input[name=kind]:checked");
      line.hidden = Boolean(only) && (!chosen || chosen.value !== only);
      const count = [...area.value.trim()].length;
      const said = area.dataset.said.replace("{count}", count).replace("{limit}", limit);
      line.textContent = said;
      line.classList.toggle("over", count > limit);
      clearTimeout(timer);
      /* Read aloud near the end only, and when the hand rests. */
      if (line.hidden || count <= limit * 0.9) spoken.textContent = "";
      else timer = setTimeout(() => { spoken.textContent = said; }, 1000);
    };
    area.addEventListener("input", show);
    if (only) area.form.addEventListener("change", show);
    show();
  }

  function similar(place, title, said) {
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
          if (!answer.ok || title.value !== asked) return;
          place.innerHTML = await answer.text();
          const found = place.querySelector("[data-count] > p");
          if (said) said.textContent = found ? found.textContent : "";
        } catch { /* it only helps: never in the way */ }
      }, WAIT);
    });
  }

  document.querySelectorAll("textarea[data-count]").forEach(counter);
  const place = document.querySelector("[data-similar]");
  const title = document.getElementById("title");
  if (place && title) similar(place, title, document.querySelector("[data-similar-said]"));
  const problems = document.getElementById("a-revoir");
  if (problems) problems.focus();
})();
