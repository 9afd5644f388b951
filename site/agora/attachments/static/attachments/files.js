/* Sends files as soon as they are chosen, says how far they are in words, and puts their line in the list. */
"use strict";

(() => {
  const PATIENCE = 180000;

  class Tray {
    constructor(place) {
      this.place = place;
      this.form = place.closest("form");
      this.list = place.querySelector("[data-files-list]");
      this.line = place.querySelector("[data-files-said]");
      this.errors = place.querySelector("[data-files-errors]");
      this.input = place.querySelector("input[type=file]");
      this.most = Number(place.dataset.mostFiles);
      this.heaviest = Number(place.dataset.mostBytes);
      place.querySelector("[data-files-send]").hidden = true;
      /* What is chosen is not text: the draft need not hear of it before the file is in the list. */
      for (const kind of ["input", "change"]) {
        this.input.addEventListener(kind, (event) => event.stopPropagation());
      }
      this.input.addEventListener("change", () => this.take());
      place.addEventListener("click", (event) => {
        const button = event.target.closest("[data-remove]");
        if (button) { event.preventDefault(); this.remove(button.closest("[data-file]")); }
      });
    }

    text(state, values) {
      const said = this.place.querySelector(`template[data-say="${state}"]`).content.textContent;
      return said.replace(/%(\w+)%/g, (all, name) => values[name] ?? all);
    }

    say(state, values) { this.line.textContent = this.text(state, values); }

    fail(sentence) {
      const part = this.place.querySelector("template[data-error]").content.cloneNode(true);
      part.querySelector("span").textContent = sentence;
      part.firstElementChild.className = "bad-msg";
      part.firstElementChild.setAttribute("role", "alert");
      this.errors.append(part);
      this.place.classList.add("bad");
      this.line.textContent = "";
    }

    async take() {
      const files = [...this.input.files];
      this.errors.replaceChildren();
      this.place.classList.remove("bad");
      this.input.disabled = true;
      for (const file of files) await this.one(file);
      this.input.value = "";
      this.input.disabled = false;
      this.input.focus();
    }

    async one(file) {
      const name = file.name;
      if (this.list.children.length >= this.most) { this.fail(this.text("many", { name })); return; }
      if (file.size > this.heaviest) { this.fail(this.text("heavy", { name })); return; }
      const { status, said } = await this.send(file);
      if (status === 201 && said.html) {
        const holder = document.createElement("template");
        holder.innerHTML = said.html;
        this.list.append(holder.content);
        this.say("done", { name: said.name });
        this.changed();
      } else this.fail(said.error || this.text("failed", { name }));
    }

    send(file) {
      const words = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
      const megabytes = (bytes) => words.format(bytes / 1048576);
      const data = new FormData();
      data.set("file", file);
      const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie); /* it turns when one signs in again */
      data.set("csrfmiddlewaretoken", cookie ? cookie[1] : this.form.elements.csrfmiddlewaretoken.value);
      this.say("sending", { name: file.name, sent: megabytes(0), total: megabytes(file.size) });
      return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        const lost = () => resolve({ status: 0, said: {} });
        let spoken = 0;
        request.upload.addEventListener("progress", (event) => {
          if (Date.now() - spoken < 2000) return; /* a voice that reads must be able to follow */
          spoken = Date.now();
          this.say("sending", { name: file.name, sent: megabytes(event.loaded), total: megabytes(event.total) });
        });
        request.upload.addEventListener("load", () => this.say("checking", { name: file.name }));
        request.addEventListener("load", () => {
          let said = {};
          try { said = JSON.parse(request.responseText); } catch { /* a page of error: not ours to show */ }
          resolve({ status: request.status, said });
        });
        request.addEventListener("error", lost);
        request.addEventListener("timeout", lost);
        request.open("POST", this.place.dataset.files);
        request.setRequestHeader("Accept", "application/json");
        request.timeout = PATIENCE;
        request.send(data);
      });
    }

    remove(row) {
      const name = row.querySelector("a, .quiet").firstChild.textContent.trim();
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      this.say("removed", { name });
      this.changed();
      (next ? next.querySelector("[data-remove]") : this.input).focus();
    }

    /* The draft saves itself when one of its fields says that it changed. */
    changed() {
      const marker = this.place.querySelector("input[name=attachments]");
      marker.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  document.querySelectorAll("[data-files]").forEach((place) => new Tray(place));
})();
