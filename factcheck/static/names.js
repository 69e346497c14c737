// What JavaScript adds to notes: a name behind an @ is completed, of those listed on the page.
"use strict";

(() => {
  const MOST = 8;
  const BEGUN = /(?<![\p{L}\p{N}_.@+-])@([\p{L}\p{N}_.@+-]*)$/u;
  const people = [...document.querySelectorAll("[data-name]")].map((entry) => ({
    name: entry.dataset.name,
    called: entry.dataset.called,
  }));

  const fold = (words) => words.toLowerCase();

  // Names that begin so, and people one of whose names does.
  function fitting(begun) {
    const sought = fold(begun);
    const fits = (one) =>
      [one.name, ...one.called.split(/\s+/)].some((word) => fold(word).startsWith(sought));
    const found = people.filter(fits);
    return found.length === 1 && fold(found[0].name) === sought ? [] : found.slice(0, MOST);
  }

  function option(one, id) {
    const entry = document.createElement("li");
    entry.id = id;
    entry.setAttribute("role", "option");
    entry.dataset.insert = one.name;
    const name = document.createElement("span");
    name.className = "muted";
    name.textContent = `@${one.name}`;
    entry.append(one.called, " ", name);
    return entry;
  }

  // The field stays a text box of several lines, which no combobox is: it only says that it has a
  // list, and which entry of it is meant.
  function completes(field) {
    const list = document.createElement("ul");
    list.id = `${field.id}-names`;
    list.className = "names";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Colleagues");
    const told = document.createElement("p");
    told.className = "hidden";
    told.setAttribute("role", "status");
    field.parentElement.after(list, told);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", list.id);
    let start = 0; // of the name in the field
    let at = 0; // the entry that is meant

    function mean(number) {
      at = (number + list.children.length) % list.children.length;
      [...list.children].forEach((entry, index) => {
        entry.setAttribute("aria-selected", String(index === at));
      });
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }

    function close() {
      if (list.hidden) return;
      list.hidden = true;
      list.replaceChildren();
      told.textContent = "";
      field.removeAttribute("aria-activedescendant");
    }

    function offer() {
      const caret = field.selectionStart;
      const begun = caret === field.selectionEnd && field.value.slice(0, caret).match(BEGUN);
      const found = begun ? fitting(begun[1]) : [];
      if (!found.length) {
        close();
        return;
      }
      start = caret - begun[1].length;
      list.replaceChildren(...found.map((one, index) => option(one, `${list.id}-${index}`)));
      list.hidden = false;
      told.textContent = `${found.length} ${found.length === 1 ? "name" : "names"}; arrows choose, Enter takes one.`;
      mean(0);
    }

    function take(entry) {
      const end = field.selectionEnd;
      const space = /^\s/.test(field.value.slice(end)) ? "" : " ";
      field.setRangeText(entry.dataset.insert + space, start, end, "end");
      close();
    }

    const keys = {
      ArrowDown: () => mean(at + 1),
      ArrowUp: () => mean(at - 1),
      Enter: () => take(list.children[at]),
      Escape: close,
    };

    field.addEventListener("input", offer);
    field.addEventListener("blur", close);
    field.addEventListener("click", offer);
    field.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing || !Object.hasOwn(keys, event.key)) return;
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation(); // Escape closes the list, and nothing around it
      keys[event.key]();
    });
    field.addEventListener("keyup", (event) => {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) offer();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays
    list.addEventListener("click", (event) => {
      const entry = event.target.closest("[role=option]");
      if (entry) take(entry);
    });
  }

  if (people.length) {
    for (const field of document.querySelectorAll("textarea[data-names]")) completes(field);
  }
})();
