/* Agora: keeps what is being typed in a message on this device until the server has it.
   Without this file, or where storage is refused, the form works and the page promises nothing. */
"use strict";

(() => {
  const box = document.querySelector("textarea[data-draft]");
  const status = box && box.form.querySelector(".saved");
  if (!box || !status) return;

  const PREFIX = "agora.message.";
  const DAYS = 7;
  const [reader] = box.dataset.draft.split(":");
  const key = PREFIX + box.dataset.draft;
  let store;
  try {
    store = window.localStorage;
    store.getItem(key);
  } catch {
    return;
  }

  const read = (name) => {
    try {
      return JSON.parse(store.getItem(name)) || {};
    } catch {
      return {};
    }
  };

  const keep = (sent) => {
    try {
      if (box.value.trim()) {
        store.setItem(key, JSON.stringify({ text: box.value, at: Date.now(), sent }));
        return true;
      }
      store.removeItem(key);
    } catch {
      /* Storage full or closed: say nothing rather than promise. */
    }
    return false;
  };

  /* A counter's computer is shared: what another member left here, or what is old, goes. What was sent
     from this discussion goes once the server has led us to the message that it made of it (#c12). */
  const accepted = /^#c\d+$/.test(location.hash);
  for (const name of Object.keys(store).filter((each) => each.startsWith(PREFIX))) {
    const draft = read(name);
    const foreign = !name.startsWith(`${PREFIX}${reader}:`);
    const old = !draft.at || Date.now() - draft.at > DAYS * 86400000;
    const here = name === key || name.startsWith(`${key}:`);
    if (foreign || old || (accepted && here && draft.sent)) store.removeItem(name);
  }

  const draft = read(key);
  const quoted = /^> .*\n\s*$/s.test(box.value); /* the page came with a quote alone: it joins what was begun */
  if (draft.text && quoted && !draft.text.includes(box.value.trim())) {
    box.value = `${draft.text.trimEnd()}\n\n${box.value}`;
    status.textContent = status.dataset.back;
  } else if (draft.text && (quoted || !box.value.trim())) {
    box.value = draft.text;
    status.textContent = status.dataset.back;
  }
  keep(false); /* still here, so it has not left */

  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const said = keep(false) ? status.dataset.kept : "";
      /* A live region speaks at each change: it changes once, not at each word. */
      if (status.textContent !== said) status.textContent = said;
    }, 400);
  });
  box.form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep(true);
  });
  window.addEventListener("pagehide", () => {
    const sent = read(key).sent && read(key).text === box.value;
    if (!sent) keep(false);
  });
})();
