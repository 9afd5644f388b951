// Takes in what stands around a sheet once its reader comes near; without it, a link leads there.
(() => {
  const place = document.querySelector("[data-part]");
  if (!place || !("IntersectionObserver" in window)) return;
  const look = new IntersectionObserver(async (seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    look.disconnect();
    try {
      const answer = await fetch(place.dataset.part);
      // A login page that answers in its place is no part: the link stays.
      if (!answer.ok || answer.redirected) return;
      const heading = place.querySelector("h2");
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      place.replaceChildren(heading, part.content);
    } catch { /* the link stays */ }
  }, { rootMargin: "600px" });
  look.observe(place);
})();
