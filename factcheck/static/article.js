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

  // Selected words fill the form that marks a claim; offsets count code points, as the server does.
  const form = document.querySelector("#mark form");
  const text = document.getElementById("text");

  function offset(node, place) {
    const block = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-start]");
    if (!block || !text.contains(block)) return null;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, place);
    return Number(block.dataset.start) + [...before.toString()].length;
  }

  function takeSelection() {
    const selection = getSelection();
    if (!form || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null) return;
    form.elements.quote.value = selection.toString().trim();
    form.elements.start.value = start;
    form.elements.end.value = end;
    document.getElementById("mark").classList.add("ready");
  }

  document.addEventListener("selectionchange", takeSelection);
  // The key that leads to the form may come before the browser tells of the selection.
  document.addEventListener("keydown", takeSelection, { capture: true });
  form?.elements.quote.addEventListener("input", () => {
    form.elements.start.value = form.elements.end.value = "";
  });
})();
