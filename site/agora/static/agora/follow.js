/* Agora: a list follows its filters at once. Without this file, the button of the form does it. */
"use strict";

(() => {
  const PARTS = ["filtres", "resultats"];
  let latest = 0;

  /* Brings in the parts of another address; the focus and the open folds stay where they were. */
  async function show(url, { push }) {
    const turn = ++latest;
    const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return location.assign(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest) return undefined; /* somebody clicked again meanwhile */
    if (PARTS.some((id) => !page.getElementById(id))) return location.assign(url);
    const focused = document.activeElement?.id;
    const open = [...document.querySelectorAll("details[id][open]")].map((fold) => fold.id);
    for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    document.title = page.title;
    if (push && new URL(url, location.href).href !== location.href) history.pushState(null, "", url);
    say(document.getElementById("res").textContent.trim());
    return undefined;
  }

  /* A live region of its own, outside what is replaced, so that screen readers hear the new count. */
  const voice = document.createElement("p");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  document.getElementById("contenu").append(voice);
  const say = (words) => { voice.textContent = words; };

  function follow(form) {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    show(`${location.pathname}?${query}`, { push: true }).catch(() => form.submit());
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-follow]");
    if (form) follow(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-follow]")) return;
    event.preventDefault();
    follow(event.target);
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("#en-liste, #en-carte");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(tab.href, { push: true }).catch(() => location.assign(tab.href));
  });
  window.addEventListener("popstate", () => show(location.href, { push: false }).catch(() => location.reload()));
})();
