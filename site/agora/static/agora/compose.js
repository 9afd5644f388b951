/* Puts a quote or a name in the text that one is writing, and offers colleagues while one types a name.
   Without it, the same links and buttons come back with the page, the text filled in. */
"use strict";

(() => {
  const MOST_QUOTED = 600;
  const main = document.querySelector("textarea[data-compose]");
  let last = main;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input[data-compose]")) last = event.target;
  });

  const put = (box, text, alone) => {
    const start = box.selectionStart ?? box.value.length;
    const before = box.value.slice(0, start), after = box.value.slice(box.selectionEnd ?? start);
    const glue = alone ? (before.trim() ? (before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n") : "")
      : !before || /\s$/.test(before) ? "" : " ";
    box.value = before + glue + text + after;
    const caret = (before + glue + text).length;
    box.focus();
    box.setSelectionRange(caret, caret);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const passage = (place) => {
    const chosen = getSelection();
    if (chosen && !chosen.isCollapsed && place.contains(chosen.anchorNode) && place.contains(chosen.focusNode)) {
      return chosen.toString().trim();
    }
    const copy = place.cloneNode(true);
    copy.querySelectorAll("blockquote").forEach((each) => each.remove());
    copy.querySelectorAll("br").forEach((each) => each.replaceWith("\n"));
    return [...copy.querySelectorAll("p")].map((each) => each.textContent.trim()).join("\n").trim();
  };

  const quote = (text, by) => {
    if (text.length > MOST_QUOTED) text = `${text.slice(0, MOST_QUOTED).replace(/\s+\S*$/, "")} …`;
    const lines = [by, ...text.split(/\n+/)].filter(Boolean);
    return `${lines.map((line) => `> ${line}`).join("\n")}\n\n`;
  };

  /* A press on a link would drop what is selected in the text above it. */
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-quote]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-quote]");
    if (link && main) {
      const place = link.closest("li, article").querySelector(".text");
      const words = place && passage(place);
      if (!words) return;
      event.preventDefault();
      main.selectionStart = main.selectionEnd = main.value.length;
      put(main, quote(words, link.dataset.quote), true);
      return;
    }
    const button = event.target.closest("button[data-call]");
    if (!button) return;
    const box = last && last.form === button.form ? last : button.form.querySelector("textarea");
    event.preventDefault();
    put(box, `@${button.dataset.call} `, false);
  });

  /* Colleagues, while one types in the box of names. */
  for (const box of document.querySelectorAll("input[data-people]")) {
    const list = box.form.querySelector("[data-found]");
    let timer = null, asked = 0;
    const look = async () => {
      const number = ++asked;
      try {
        const answer = await fetch(`${box.dataset.people}?qui=${encodeURIComponent(box.value)}`);
        if (answer.ok && number === asked) list.innerHTML = await answer.text();
      } catch { /* the button beside it remains */ }
    };
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 250);
    });
  }
})();
