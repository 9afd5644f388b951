// Keeps what one types in a room, and says when the room moved. Without it the page works all the same.
(() => {
  const token = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;

  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    if (!form.querySelector("textarea")) continue; // somebody who has nothing to write there
    const said = form.querySelector(".saved");
    const typed = () => new URLSearchParams(
      [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"),
    ).toString();
    let sequence = Date.now() % 1e9, timer = null, last = typed(), sent = false;
    const keep = async () => {
      clearTimeout(timer);
      timer = null;
      const now = typed();
      if (sent || now === last) return;
      const body = new FormData(form);
      body.set("sequence", ++sequence % 1e9);
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST", body, headers: { "X-CSRFToken": token(form) }, keepalive: now.length < 40000,
        });
        const kept = answer.ok && (await answer.json());
        if (!kept || !kept.kept) throw new Error();
        last = now;
        if (said) said.textContent = `${said.dataset.kept} ${kept.at}`;
      } catch {
        if (said) said.textContent = said.dataset.failed;
        timer = setTimeout(keep, 8000);
      }
    };
    form.addEventListener("input", () => { timer ??= setTimeout(keep, 4000); });
    form.addEventListener("focusout", keep);
    form.addEventListener("submit", () => { sent = true; });
    addEventListener("pagehide", keep);
  }

  const bar = document.querySelector("[data-beat-url]");
  if (!bar) return;
  const line = bar.querySelector(".sync");
  const live = "due" in bar.dataset;
  const say = (text, link) => {
    line.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = location.pathname;
      anchor.textContent = bar.dataset.show;
      line.append(" ", anchor);
    }
  };
  // Live rooms ask every three seconds; the others every half minute. Silence and hidden pages ask less.
  const usual = live ? 3000 : 30000;
  let wait = usual, failed = 0, due = bar.dataset.due;
  const clock = live && document.createElement("b");
  if (clock) {
    clock.className = "num";
    bar.querySelector(".now").append(clock);
    setInterval(() => {
      const left = Math.max(0, Math.round((new Date(due) - Date.now()) / 1000));
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }, 1000);
  }
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(bar.dataset.beatUrl, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error();
        const now = await answer.json();
        if (now.due) due = now.due;
        const moved = now.beat > Number(bar.dataset.beat);
        if (failed) say("");
        failed = 0;
        wait = usual;
        if (moved && live && ![...document.querySelectorAll("textarea")].some((area) => area.value)) {
          location.reload();
        } else if (moved) say(bar.dataset.moved, true);
      } catch {
        if (++failed > 1) say(bar.dataset.lost, true);
        wait = Math.min(wait * 2, 60000);
      }
    }
    setTimeout(look, document.hidden ? Math.max(wait, 30000) : wait);
  };
  setTimeout(look, usual);
})();
