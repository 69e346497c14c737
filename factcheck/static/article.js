// What JavaScript adds to an article: choosing claims on both sides, marking new ones.
"use strict";

(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // A claim chosen on one side is shown on the other.
  function choose(number, scrollTo) {
    for (const chosen of document.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
    const card = document.getElementById(`claim-${number}`);
    const marks = document.querySelectorAll(`.mark[data-claims~="${number}"]`);
    card?.classList.add("chosen");
    for (const mark of marks) mark.classList.add("chosen");
    const target = scrollTo === "card" ? card : marks[0];
    target?.scrollIntoView({
      block: scrollTo === "card" ? "start" : "center",
      behavior: still.matches ? "auto" : "smooth",
    });
  }

  function follow() {
    const [, side, number] = location.hash.match(/^#(claim|words)-(\d+)$/) ?? [];
    if (number) choose(number, side === "claim" ? "words" : "card");
  }

  addEventListener("hashchange", follow);
  document.querySelector(".cards")?.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (event.target === card) choose(card.id.replace("claim-", ""), "words");
  });
  follow();

  // Selected words fill the fields of a group, of several the one last in focus; offsets count
  // code points, as the server does.
  const groups = [...document.querySelectorAll("[data-selects]")];
  const text = document.getElementById("text");
  let group = groups[0];

  const field = (part) => group.querySelector(`[data-words="${part}"]`);

  // The words of a range; why some were left out is told behind them, and is none of them.
  function printed(range) {
    const words = range.cloneContents();
    for (const why of words.querySelectorAll(".why")) why.remove();
    for (const block of words.querySelectorAll("[data-start] + [data-start]")) block.prepend("\n\n");
    return words.textContent;
  }

  function offset(node, place) {
    const block = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-start]");
    if (!block || !text.contains(block)) return null;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, place);
    return Number(block.dataset.start) + [...printed(before)].length;
  }

  function takeSelection() {
    const selection = getSelection();
    if (!group || !text || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || start === end) return;
    field("quote").value = printed(range).trim();
    field("start").value = start;
    field("end").value = end;
    document.getElementById("mark").classList.add("ready");
  }

  document.addEventListener("selectionchange", takeSelection);
  // The key that leads to the form may come before the browser tells of the selection.
  document.addEventListener("keydown", takeSelection, { capture: true });
  for (const other of groups) {
    other.addEventListener("focusin", () => {
      group = other;
      for (const one of groups) one.classList.toggle("takes", one === group && groups.length > 1);
    });
    other.querySelector('[data-words="quote"]').addEventListener("input", () => {
      group = other;
      field("start").value = field("end").value = "";
    });
  }
})();
