/* A toolbar over each textarea[data-editor]. The text stays plain text with light marks: without this
   file one types them oneself. The browser's own undo keeps working: all changes go through insertText. */
"use strict";

(() => {
  const LINE = { list: /^(\s*)[-*•] /, steps: /^(\s*)\d{1,3}[.)] /, quote: /^(\s*)> ?/ };
  const ITEM = /^(\s*)(?:([-*•])|(\d{1,3})([.)])|(>)) +(.*)$/;
  const PASTE_LIMIT = 1024 * 1024;
  const PATIENCE = 8000;

  function replace(area, start, end, text) {
    area.focus();
    area.setSelectionRange(start, end);
    const done = text === ""
      ? start === end || document.execCommand("delete")
      : document.execCommand("insertText", false, text);
    if (!done) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /* The whole lines that the selection touches. */
  function lines(area) {
    const { value, selectionStart, selectionEnd } = area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", Math.max(selectionEnd - (selectionEnd > selectionStart ? 1 : 0), start));
    const end = next < 0 ? value.length : next;
    return { start, end, text: value.slice(start, end) };
  }

  function isBold(area) {
    const { value, selectionStart: from, selectionEnd: to } = area;
    if (value.slice(from - 2, from) === "**" && value.slice(to, to + 2) === "**") return true;
    const line = lines(area);
    const before = value.slice(line.start, from).split("**").length - 1;
    return before % 2 === 1 && value.slice(to, line.end).includes("**");
  }

  function toggleBold(area) {
    const { value, selectionStart: from, selectionEnd: to } = area;
    if (isBold(area)) {
      const open = value.lastIndexOf("**", from - 1);
      const close = value.indexOf("**", to);
      const inner = value.slice(open + 2, close);
      replace(area, open, close + 2, inner);
      area.setSelectionRange(Math.max(from - 2, open), Math.max(to - 2, open));
      return;
    }
    const chosen = value.slice(from, to);
    const lead = chosen.length - chosen.trimStart().length;
    const words = chosen.trim();
    replace(area, from + lead, from + lead + words.length, `**${words}**`);
    area.setSelectionRange(from + lead + 2, from + lead + 2 + words.length);
  }

  function toggleLines(area, kind) {
    const { start, end, text } = lines(area);
    const all = text.split("\n");
    const full = all.filter((line) => line.trim());
    const has = full.length > 0 && full.every((line) => LINE[kind].test(line));
    let number = 0;
    const changed = all.map((line) => {
      if (!line.trim() && all.length > 1) return line;
      const bare = line.replace(LINE.list, "$1").replace(LINE.steps, "$1").replace(LINE.quote, "$1");
      if (has) return bare;
      number += 1;
      return { list: "- ", steps: `${number}. `, quote: "> " }[kind] + bare.trimStart();
    }).join("\n");
    const single = area.selectionStart === area.selectionEnd;
    const caret = area.selectionStart + changed.length - text.length;
    replace(area, start, end, changed);
    if (single) area.setSelectionRange(Math.max(caret, start), Math.max(caret, start));
    else area.setSelectionRange(start, start + changed.length);
  }

  function makeLink(area) {
    const { value, selectionStart: from, selectionEnd: to } = area;
    const chosen = value.slice(from, to).trim();
    const isAddress = /^(https?:\/\/|www\.)\S+$/i.test(chosen);
    const text = isAddress ? "" : chosen;
    const address = isAddress ? chosen : "https://";
    replace(area, from, to, `[${text}](${address})`);
    if (isAddress || !text) area.setSelectionRange(from + 1, from + 1);
    else area.setSelectionRange(from + text.length + 3, from + text.length + 3 + address.length);
  }

  const ACTS = {
    bold: toggleBold,
    list: (area) => toggleLines(area, "list"),
    steps: (area) => toggleLines(area, "steps"),
    quote: (area) => toggleLines(area, "quote"),
    link: makeLink,
    undo: (area) => { area.focus(); document.execCommand("undo"); },
  };

  /* Enter goes on with the list; a second Enter on an empty item leaves it. */
  function continueList(area, event) {
    if (area.selectionStart !== area.selectionEnd) return;
    const { start, text } = lines(area);
    const item = ITEM.exec(text);
    const mark = item ? text.length - item[6].length : 0;
    if (!item || area.selectionStart < start + mark) return;
    event.preventDefault();
    if (!item[6].trim()) {
      replace(area, start, start + text.length, "");
      return;
    }
    const sign = item[2] || item[5] || `${Number(item[3]) + 1}${item[4]}`;
    replace(area, area.selectionStart, area.selectionStart, `\n${item[1]}${sign} `);
  }

  function token() {
    const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (found) return found[1];
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  async function convert(area, html) {
    const trimmed = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<!--[\s\S]*?-->/g, "");
    const body = new Blob([trimmed], { type: "text/html" });
    if (body.size > PASTE_LIMIT) throw new Error("too long");
    const answer = await fetch(area.dataset.paste, {
      method: "POST",
      body,
      redirect: "error",
      headers: { "X-CSRFToken": token(), "Content-Type": "text/html; charset=utf-8" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function onPaste(area, frame, said) {
    return async (event) => {
      const html = event.clipboardData && event.clipboardData.getData("text/html");
      if (!html || area.readOnly) return;
      const words = event.clipboardData.getData("text/plain");
      event.preventDefault();
      const { selectionStart: from, selectionEnd: to } = area;
      said.textContent = frame.dataset.converting;
      area.readOnly = true;
      let text = words;
      let report = "";
      try {
        const answer = await convert(area, html);
        text = answer.text;
        report = answer.dropped.join(" ");
      } catch {
        report = frame.dataset.plain;
      }
      area.readOnly = false;
      replace(area, from, to, text);
      said.textContent = report;
    };
  }

  function enhance(area) {
    const frame = area.closest(".editor");
    const template = frame.querySelector("template");
    const said = frame.parentElement.querySelector("[data-editor-said]");
    const bar = template.content.firstElementChild.cloneNode(true);
    template.replaceWith(bar);
    said.textContent = "";
    const buttons = [...bar.querySelectorAll("button")];
    const focusable = (chosen) => buttons.forEach((b) => { b.tabIndex = b === chosen ? 0 : -1; });
    focusable(buttons[0]);

    const show = () => {
      const line = lines(area).text;
      for (const button of buttons) {
        if (!button.hasAttribute("aria-pressed")) continue;
        const kind = button.dataset.do;
        const on = kind === "bold" ? isBold(area) : LINE[kind].test(line);
        button.setAttribute("aria-pressed", String(on));
      }
    };
    bar.addEventListener("mousedown", (event) => event.preventDefault()); /* keep the selection */
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      focusable(button);
      ACTS[button.dataset.do](area);
      show();
    });
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = {
        ArrowRight: (at + 1) % buttons.length,
        ArrowLeft: (at + buttons.length - 1) % buttons.length,
        Home: 0,
        End: buttons.length - 1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      focusable(buttons[to]);
      buttons[to].focus();
    });
    area.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (control && event.key.toLowerCase() === "b") { event.preventDefault(); toggleBold(area); }
      else if (control && event.key.toLowerCase() === "k") { event.preventDefault(); makeLink(area); }
      else if (event.key === "Enter" && !event.shiftKey && !control) continueList(area, event);
    });
    area.addEventListener("paste", onPaste(area, frame, said));
    for (const name of ["input", "keyup", "click", "focus"]) area.addEventListener(name, show);
  }

  document.querySelectorAll("textarea[data-editor]").forEach(enhance);
})();
