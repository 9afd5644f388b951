/* Agora: suggestions under the search box (ARIA combobox with a listbox). Without this file the box is a form. */
"use strict";

(() => {
  const WAIT = 120; /* milliseconds after the last key */
  const form = document.querySelector("form[data-suggest]");
  const box = form?.querySelector("input[name=q]");
  if (!box) return;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  list.hidden = true;
  const voice = document.createElement("p");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  form.append(list, voice);

  box.type = "text"; /* a search field may not be a combobox */
  box.inputMode = "search";
  box.enterKeyHint = "search";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id], ["aria-haspopup", "listbox"]]) box.setAttribute(name, value);

  let timer, asking, asked = "", here = -1;
  const options = () => [...list.children];

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    point(-1);
    asked = "";
  }

  function point(place) {
    const lines = options();
    lines[here]?.setAttribute("aria-selected", "false");
    here = place;
    const line = lines[here];
    if (!line) return box.removeAttribute("aria-activedescendant");
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    return box.setAttribute("aria-activedescendant", line.id);
  }

  function draw({ options: found, said }) {
    point(-1);
    list.replaceChildren(...found.map((each, place) => {
      const line = document.createElement("li");
      line.id = `suggestion-${place}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.dataset.url = each.url;
      const label = document.createElement("span");
      label.textContent = each.label;
      if (each.lang !== document.documentElement.lang) label.lang = each.lang;
      const kind = document.createElement("span");
      kind.className = "quiet";
      kind.textContent = each.kind;
      line.append(label, " ", kind);
      return line;
    }));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    voice.textContent = said;
  }

  async function ask() {
    const words = box.value.trim();
    if (words === asked) return;
    asking?.abort();
    if (words.length < 2) return close();
    asked = words;
    asking = new AbortController();
    try {
      const address = `${form.dataset.suggest}?q=${encodeURIComponent(words)}`;
      const answer = await fetch(address, { signal: asking.signal, credentials: "same-origin" });
      if (answer.ok && !answer.redirected && asked === words && document.activeElement === box) draw(await answer.json());
    } catch { /* a newer question, or no network: the form still works */ }
  }

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const lines = options();
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      if (list.hidden) { if (event.key === "ArrowDown" && box.value) { asked = ""; ask(); } return; }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = here + step; /* beyond either end one is back in the box */
      point(next >= lines.length ? -1 : next < -1 ? lines.length - 1 : next);
    } else if (event.key === "Enter" && lines[here] && !list.hidden) {
      event.preventDefault();
      location.assign(lines[here].dataset.url);
    }
  });
  /* The list never takes the focus: pressing a line must not leave the box before it is followed. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) location.assign(line.dataset.url);
  });
})();
