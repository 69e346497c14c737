// What JavaScript adds to every page of the workspace: keys, copying, progress.
"use strict";

(() => {
  const TYPED_IN = "form[method=post] :is(textarea, select, input:not([type=hidden]))";
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

  // Keys. data-key names a control's key; data-step-key one inside the step (claim, piece of
  // evidence) that was reached with j and k.
  let step = null;
  let first = "";

  const folded = (place) => place.closest("details:not([open])");

  // What lies folded away is reached as well, and unfolds then.
  function steps() {
    return [...document.querySelectorAll("[data-step]")].filter(
      (place) => folded(place) || place.checkVisibility(),
    );
  }

  function move(by) {
    const places = steps();
    const at = places.indexOf(document.activeElement.closest("[data-step]") ?? step);
    step = places[Math.min(Math.max(at + by, 0), places.length - 1)];
    if (!step) return;
    while (folded(step)) folded(step).open = true;
    const target = step.matches("[tabindex]") ? step : step.querySelector("a, button");
    target.focus({ preventScroll: true });
    step.scrollIntoView({ block: "nearest" });
  }

  function press(control) {
    if (control.matches("[type=checkbox]")) {
      control.click();
    } else if (control.matches("input, textarea, select")) {
      control.focus();
      control.select?.();
    } else {
      control.click();
      if (control.matches("summary")) {
        const form = control.parentElement;
        const first = form.querySelector("textarea, select, input:not([type=hidden])");
        const chosen = first?.type === "radio" && form.querySelector("input[type=radio]:checked");
        (chosen || first)?.focus();
      }
    }
  }

  const find = (key) =>
    [...document.querySelectorAll("[data-key]")].find((control) => control.dataset.key === key);

  // What sends the form one types in: its main button, or the only one; of several nobody guesses.
  function mainButton(field) {
    const form = typing(field) && field.form;
    if (!form) return null;
    const buttons = form.querySelectorAll("button");
    return form.querySelector("button.primary") ?? (buttons.length === 1 ? buttons[0] : null);
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      const sends = event.key === "Enter" && mainButton(event.target);
      const control = sends || find(`ctrl+${event.key}`);
      if (control) {
        event.preventDefault();
        press(control);
      }
      return;
    }
    if (event.key === "Escape") {
      const panel = document.activeElement.closest("details.menu[open]");
      document.activeElement.blur();
      if (panel) {
        panel.open = false; // what was typed stays in it
        panel.querySelector("summary").focus();
      }
      return;
    }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      help();
      return;
    }
    if (!singleKeys()) return;
    const key = first ? `${first} ${event.key}` : event.key;
    const leads = !first && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`);
    first = leads ? event.key : "";
    if (leads) return;
    const within = (document.activeElement.closest("[data-step]") ?? step)?.querySelector(
      `[data-step-key="${CSS.escape(key)}"]`,
    );
    const control = within ?? find(key);
    if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
    else if (control) press(control);
    else return;
    event.preventDefault();
  });

  // People who dictate or press keys by accident can switch single keys off, in this browser.
  const singleKeys = () => localStorage.getItem("single-keys") !== "off";

  function keysSwitch() {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = singleKeys();
    box.addEventListener("change", () => {
      localStorage.setItem("single-keys", box.checked ? "on" : "off");
    });
    label.className = "switch";
    label.append(box, "Use single keys in this browser");
    return label;
  }

  function row(list, key, label) {
    const name = document.createElement("dt");
    for (const part of key.split(/[ +]/)) {
      const cap = document.createElement("kbd");
      cap.textContent = part;
      name.append(cap, " ");
    }
    const what = document.createElement("dd");
    what.textContent = label;
    const pair = document.createElement("div");
    pair.append(name, what);
    list.append(pair);
  }

  function help() {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "keys-heading");
    const heading = document.createElement("h2");
    heading.id = "keys-heading";
    heading.tabIndex = -1;
    heading.autofocus = true; // the list is read from its top
    heading.textContent = "Shortcuts on this page";
    const list = document.createElement("dl");
    list.className = "keys";
    if (steps().length) {
      row(list, "j", "Next");
      row(list, "k", "Back");
      const within = new Map();
      for (const control of document.querySelectorAll("[data-step-key]")) {
        within.set(control.dataset.stepKey, control.dataset.keyLabel ?? control.textContent.trim());
      }
      for (const [key, label] of within) row(list, key, `${label} (the one in focus)`);
    }
    for (const control of document.querySelectorAll("[data-key]")) {
      row(list, control.dataset.key, control.dataset.keyLabel ?? control.textContent.trim());
    }
    if (!find("ctrl+Enter") && document.querySelector(TYPED_IN)) {
      row(list, "ctrl+Enter", "Send the form you type in");
    }
    row(list, "?", "This list");
    row(list, "Esc", "Leave a field or an opened form");
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    const closing = document.createElement("div");
    closing.className = "closing";
    closing.append(keysSwitch(), close);
    dialog.append(heading, list, closing);
    document.body.append(dialog);
    dialog.showModal();
  }

  document.querySelector("[data-keys]")?.addEventListener("click", help);

  // What is shown once can be copied; where the browser refuses that, it is selected.
  for (const button of document.querySelectorAll("[data-copies]")) {
    const shown = document.getElementById(button.dataset.copies);
    const said = button.parentElement.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(shown.textContent);
        said.textContent = "Copied.";
      } catch {
        getSelection().selectAllChildren(shown);
        said.textContent = "This page may not copy here. It is selected: press Ctrl+C.";
      }
    });
  }

  // Progress is asked for again until it is over; nothing under the reader's eyes moves.
  const EVERY = 3000; // milliseconds

  async function poll(place) {
    let answer;
    try {
      answer = await fetch(place.dataset.poll, { headers: { "X-Requested-With": "fetch" } });
    } catch {
      setTimeout(poll, 3 * EVERY, place);
      return;
    }
    if (answer.status === 401) return; // logged out: what is typed on this page stays on it
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    if (!answer.ok) {
      setTimeout(poll, 3 * EVERY, place);
      return;
    }
    const html = new DOMParser().parseFromString(await answer.text(), "text/html");
    if ("follow" in place.dataset) {
      if (html.querySelector("[data-poll]")) setTimeout(poll, EVERY, place);
      else location.reload();
      return;
    }
    const before = place.querySelector("[data-state]").dataset.state;
    const now = html.querySelector("[data-state]");
    if (now.dataset.state !== before && !typed.anywhere()) {
      location.reload();
      return;
    }
    place.replaceChildren(now);
    if (now.dataset.over === "no") {
      setTimeout(poll, EVERY, place);
    } else {
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = place.dataset.then ?? "Show the evidence found";
      place.append(link);
      for (const empty of document.querySelectorAll("[data-searched]")) {
        empty.textContent = empty.dataset.searched;
      }
    }
  }

  for (const place of document.querySelectorAll("[data-poll]")) setTimeout(poll, EVERY, place);
})();
