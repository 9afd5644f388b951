/* Saves form[data-autosave] to the server while one writes, and says so only once the server said yes.
   Until then a copy stays on this device, and is offered when the text is opened again. */
"use strict";

(() => {
  const IDLE = 2000;          /* after the last key */
  const LONGEST = 9000;       /* since the first unsaved key: never more than ten seconds behind */
  const RETRY = 60000;
  const PATIENCE = 20000;
  const FLUSH = 1500;         /* how long a form that is being sent waits for its last words to be kept */
  const SPOKEN = 60000;       /* « enregistré » is read aloud once a minute at most */
  const BEACON = 60000;       /* bytes that a browser sends while a page closes */
  const KEPT_DAYS = 30;
  const PREFIX = "agora:text:";
  const OWN = /^(csrfmiddlewaretoken|draft_.*|go|step|qui)$/;

  function store(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch { /* full or forbidden: the server remains */ }
  }

  function stored() {
    const found = [];
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const key = localStorage.key(i);
        if (!key.startsWith(PREFIX)) continue;
        try { found.push([key, JSON.parse(localStorage.getItem(key))]); } catch { found.push([key, {}]); }
      }
    } catch { /* no storage */ }
    return found;
  }

  function token(form) {
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  const tidy = (text) => String(text).replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "").normalize("NFC");

  class Keeper {
    constructor(form) {
      this.form = form;
      this.line = form.querySelector("[data-saved]");
      this.window = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
      this.number = 0;
      this.changed = false;     /* something is not acknowledged */
      this.version = 0;         /* counts changes, to know whether the yes covers the last one */
      this.flying = null;       /* the save under way */
      this.halted = false;      /* the server will not take it: wait for the person */
      this.submitting = false;
      this.leaving = "";        /* the form is being sent: « wait » for the last save, then « go » */
      this.spokenAt = 0;
      this.timers = {};
      form.elements.draft_window.value = this.window;
      this.offerKept();
      this.listen();
    }

    get known() { return Number(this.form.elements.draft_sequence.value) || 0; }
    get key() { return `${PREFIX}${this.form.elements.draft_id.value}:${this.form.dataset.step || ""}`; }

    fields() {
      return [...new FormData(this.form)].filter(([name, value]) => !OWN.test(name) && typeof value === "string");
    }

    /* --- what is said ------------------------------------------------------------------ */
    say(state, { time = "", reason = "" } = {}) {
      const template = this.form.querySelector(`template[data-say="${state}"]`);
      const now = Date.now();
      const routine = state === "saved" || state === "saving" || state === "unsaved";
      const aloud = !routine || (state === "saved" && now - this.spokenAt > SPOKEN);
      if (aloud) this.spokenAt = now;
      this.line.setAttribute("aria-live", aloud ? "polite" : "off");
      this.line.replaceChildren(this.filled(template, { time, reason }));
      this.line.dataset.state = state;
      return this.line;
    }

    filled(template, values) {
      const part = template.content.cloneNode(true);
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        node.data = node.data.replace(/%(time|reason)%/g, (all, name) => values[name] || "");
      }
      return part;
    }

    /* --- the copy on this device -------------------------------------------------------- */
    keepCopy(sent = false) {
      const { draft_owner: owner, draft_target: target } = this.form.elements;
      store(this.key, {
        at: Date.now(), owner: owner.value, target: target.value, kind: this.form.dataset.kind,
        step: this.form.dataset.step || "", known: this.known, fields: this.fields(), sent,
      });
    }

    /* Is this copy about the text on this page, and does it differ from what the page shows? */
    concerns(copy, key) {
      const { draft_owner: owner, draft_target: target } = this.form.elements;
      if (!copy.fields || copy.owner !== owner.value || copy.kind !== this.form.dataset.kind) return false;
      if (copy.step !== (this.form.dataset.step || "")) return false;
      return key === this.key || (copy.known === 0 && this.known === 0 && copy.target === target.value);
    }

    differs(copy) {
      const flat = (list) => JSON.stringify(list.map(([name, value]) => [name, tidy(value)]).sort());
      return flat(copy.fields) !== flat(this.fields());
    }

    offerKept() {
      const oldest = Date.now() - KEPT_DAYS * 86400000;
      const mine = `${PREFIX}${this.form.elements.draft_id.value}:`;
      let latest = null;
      for (const [key, copy] of stored()) {
        if (!copy.at || copy.at < oldest) store(key, null);
        else if (copy.sent && key.startsWith(mine) && this.known > copy.known) store(key, null);
        else if (this.concerns(copy, key)) {
          if (this.differs(copy)) {
            if (!latest || copy.at > latest[1].at) latest = [key, copy];
          } else store(key, null);
        }
      }
      if (!latest) return;
      const [key, copy] = latest;
      const time = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
      const part = this.filled(this.form.querySelector("template[data-say=kept]"), { time });
      const notice = part.firstElementChild;
      this.line.after(part);
      /* Below a page that one came to read, nothing moves. */
      if (!this.form.closest("#discussion")) notice.scrollIntoView({ block: "center" });
      notice.querySelector("[data-take]").addEventListener("click", () => {
        this.fill(copy.fields);
        notice.remove();
        if (key !== this.key) store(key, null);
        this.touch();
        this.save();
      });
      notice.querySelector("[data-drop]").addEventListener("click", () => {
        store(key, null);
        notice.remove();
        this.form.querySelector("input:not([type=hidden]), textarea").focus();
      });
    }

    fill(fields) {
      const values = new Map();
      for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
      for (const control of this.form.elements) {
        if (!control.name || OWN.test(control.name) || control.type === "hidden") continue;
        const wanted = values.get(control.name) || [];
        if (control.type === "checkbox" || control.type === "radio") control.checked = wanted.includes(control.value);
        else if (wanted.length) control.value = wanted[0];
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }

    /* --- saving ---------------------------------------------------------------------------- */
    touch() {
      this.version += 1;
      if (!this.changed) {
        this.changed = true;
        if (!this.halted) this.say("unsaved");
        this.later("longest", LONGEST);
      }
      this.later("idle", IDLE);
      clearTimeout(this.timers.copy);
      this.timers.copy = setTimeout(() => this.keepCopy(), 300);
    }

    later(name, delay) {
      clearTimeout(this.timers[name]);
      this.timers[name] = setTimeout(() => this.save(), delay);
    }

    body(insist) {
      this.number += 1;
      const data = new FormData(this.form);
      data.set("csrfmiddlewaretoken", token(this.form));
      data.set("draft_number", String(this.number));
      data.delete("go");
      if (insist) data.set("draft_insist", "1");
      return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
    }

    async save({ insist = false } = {}) {
      if (!this.changed || this.flying || this.submitting || (this.halted && !insist)) return;
      this.flying = this.send(insist);
      await this.flying;
    }

    async send(insist) {
      clearTimeout(this.timers.idle);
      clearTimeout(this.timers.longest);
      clearTimeout(this.timers.retry);
      this.keepCopy();
      this.say("saving");
      const version = this.version;
      let answer;
      try {
        answer = await fetch(this.form.dataset.autosave, {
          method: "POST", body: this.body(insist), redirect: "error",
          headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
        });
      } catch {
        this.flying = null;
        this.again("offline");
        return;
      }
      const said = await answer.json().catch(() => ({}));
      this.flying = null;
      if (this.submitting) return;
      if (answer.ok && said.sequence) this.acknowledge(said, version);
      else this.refuse(answer.status, said);
    }

    acknowledge(said, version) {
      const before = this.key;
      this.halted = false;
      const { draft_sequence: sequence, draft_id: id } = this.form.elements;
      sequence.value = said.sequence;
      id.value = said.draft;
      if (before !== this.key) store(before, null);
      if (said.url && this.form.dataset.fresh) {
        delete this.form.dataset.fresh;
        history.replaceState(history.state, "", said.url);
      }
      this.form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true, detail: said }));
      if (version === this.version) {
        this.changed = false;
        clearTimeout(this.timers.copy);
        store(this.key, null);
        this.say("saved", { time: said.saved_at });
      } else {
        this.keepCopy();
        this.later("idle", IDLE);
      }
    }

    refuse(status, said) {
      if (status === 401) { this.again("closed"); return; }
      if (status === 403 && !said.error) { this.again("failed"); return; } /* a token that turned: read again */
      if (status === 409) { this.halted = true; this.choose(said); return; }
      if (said.error) { this.halted = status !== 413; this.say("refused", { reason: said.error }); return; }
      this.again("failed");
    }

    /* Not saved: the copy stays here, and we try again. */
    again(state) {
      this.keepCopy();
      this.say(state);
      this.later("retry", RETRY);
    }

    choose(said) {
      const line = this.say("other", { reason: said.error });
      line.querySelector("[data-insist]").addEventListener("click", () => {
        this.changed = true;
        this.save({ insist: true });
      });
      line.querySelector("[data-reload]").addEventListener("click", () => {
        this.submitting = true;
        this.keepCopy();
        location.reload();
      });
    }

    /* The page is going away: the last words leave with it. */
    leave() {
      if (!this.changed || this.submitting || this.halted) return;
      this.keepCopy();
      const body = this.body(false);
      if (body.toString().length > BEACON) return;
      navigator.sendBeacon(this.form.dataset.autosave, body);
    }

    /* Before the form goes, its last words are kept: a save that reached the server after it would leave a draft
       of what was sent. True while the form waits. */
    flush(event) {
      if (this.leaving === "go" || (!this.flying && (!this.changed || this.halted))) return false;
      event.preventDefault();
      if (this.leaving) return true;
      this.leaving = "wait";
      const { submitter } = event;
      const kept = Promise.resolve(this.flying).then(() => this.save());
      Promise.race([kept, new Promise((done) => { setTimeout(done, FLUSH); })]).then(() => {
        this.leaving = "go";
        this.form.requestSubmit(submitter);
      });
      return true;
    }

    listen() {
      const { form } = this;
      const typed = (event) => {
        if (event.target.name && !OWN.test(event.target.name)) this.touch();
      };
      form.addEventListener("input", typed);
      form.addEventListener("change", typed);
      /* A link in the line must still be there when the press that left the field is released. */
      let pressed = false;
      this.line.addEventListener("pointerdown", () => { pressed = true; });
      for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressed = false; });
      form.addEventListener("focusout", (event) => {
        if (!pressed && !this.line.contains(event.relatedTarget)) this.save();
      });
      form.addEventListener("submit", (event) => {
        if (this.flush(event)) return;
        this.submitting = true;
        this.number += 1;
        form.elements.draft_number.value = String(this.number);
        form.elements.csrfmiddlewaretoken.value = token(form);
        clearTimeout(this.timers.copy);
        if (this.changed) this.keepCopy(true);
      });
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.leave();
        else if (this.changed) this.save();
      });
      addEventListener("pagehide", () => this.leave());
      addEventListener("pageshow", (event) => { if (event.persisted) { this.submitting = false; this.leaving = ""; } });
      addEventListener("online", () => this.save());
      addEventListener("offline", () => { if (this.changed) this.again("offline"); });
    }
  }

  document.querySelectorAll("form[data-autosave]").forEach((form) => new Keeper(form));
})();
