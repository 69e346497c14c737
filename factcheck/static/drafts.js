// A draft is saved a while after the last keystroke; what could not be saved says why.
"use strict";

(() => {
  const PAUSE = 2500; // milliseconds
  const AGAIN = 10_000; // until a workspace that did not answer is asked again
  const AWAY = [502, 503, 504]; // what is said for a workspace that does not answer

  const form = document.querySelector("[data-autosave]");
  const said = form.querySelector("[data-saved]");

  // What a form sends, without what is no content of the draft.
  function content(of) {
    const fields = new FormData(of);
    fields.delete("csrfmiddlewaretoken");
    fields.delete("seen");
    return new URLSearchParams(fields).toString();
  }

  // What the page came with, whatever the browser put back into its fields since.
  function asItCame() {
    const copy = form.cloneNode(true);
    copy.reset();
    return content(copy);
  }

  let saved = asItCame();
  let timer = 0;
  let saving = null; // the save under way, if there is one
  let pressed; // what was pressed meanwhile
  let sent = false; // whether the form itself is on its way

  const unsaved = () => content(form) !== saved;

  // Who logged in again in another tab has a new token, which this page asks for.
  async function renewed() {
    const page = await fetch(location.pathname, { headers: { "X-Requested-With": "fetch" } });
    const html = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = html.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!page.ok || !token) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = token;
    }
    return true;
  }

  // Says that one is logged out; a link that is about to be pressed stays the same.
  function showDoor() {
    if (said.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = form.dataset.login;
    link.target = "_blank";
    link.textContent = "Log in in a new tab";
    said.replaceChildren(
      "Not saved: you are logged out. What you typed stays here. ",
      link,
      ", then come back.",
    );
  }

  // Which draft this one goes on from, for when the browser brings back the page as it came
  // first, with what was typed since.
  const remember = () => history.replaceState({ seen: form.elements.seen.value }, "");

  function send() {
    return fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
    });
  }

  async function save() {
    const sending = content(form);
    let words;
    try {
      let answer = await send();
      if (answer.status === 403 && (await renewed())) answer = await send();
      if (answer.status === 401) {
        showDoor();
        return;
      }
      if (AWAY.includes(answer.status)) throw new Error(answer.statusText);
      const told = await answer.text();
      const list = new DOMParser().parseFromString(told, "text/html").querySelector("[data-seen]");
      if (answer.ok && list) {
        saved = sending;
        form.elements.seen.value = list.dataset.seen;
        remember();
        form.querySelector("[data-checklist]").replaceChildren(list);
        const missing = list.querySelectorAll(".shut").length;
        const at = new Date().toISOString().slice(11, 16); // as all times here are told
        words = `Saved at ${at} UTC. ${missing ? `Still missing: ${missing}.` : "Ready to propose."}`;
        if (unsaved()) words = "Not saved yet."; // typed on meanwhile
      } else {
        const plain = answer.headers.get("Content-Type")?.startsWith("text/plain");
        words = `Not saved. ${plain ? told : "Copy what you typed and reload the page."}`;
      }
    } catch {
      timer = setTimeout(autosave, AGAIN);
      words = "Not saved: the workspace does not answer. What you typed stays here.";
    }
    said.textContent = words;
  }

  // One save at a time: each tells the next which draft it goes on from.
  async function autosave() {
    while (saving) await saving;
    clearTimeout(timer);
    if (sent || !unsaved()) return;
    saving = save();
    await saving;
    saving = null;
  }

  form.addEventListener("input", () => {
    sent = false; // whoever types on has stopped it
    said.textContent = "Not saved yet.";
    clearTimeout(timer);
    timer = setTimeout(autosave, PAUSE);
  });

  // Whoever comes back, from another tab or from where there was no network, finds it saved. A
  // page that is left is hidden too; a save that is sent then would not tell the next page of it.
  addEventListener("focus", autosave);
  addEventListener("online", autosave);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) autosave();
  });

  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) {
      sent = true;
      return;
    }
    event.preventDefault();
    const waits = pressed !== undefined;
    pressed = event.submitter;
    if (waits) return;
    said.textContent = "Saving…";
    while (saving) await saving;
    const submitter = pressed;
    pressed = undefined;
    form.requestSubmit(submitter);
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved() && !sent) event.preventDefault();
  });

  addEventListener("pageshow", () => {
    sent = false;
    if (unsaved()) {
      form.elements.seen.value = history.state?.seen ?? form.elements.seen.value;
      said.textContent = "Not saved yet.";
      autosave();
    }
    remember();
  });
})();
