// What JavaScript adds to pages that work without it.
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

  if (document.body.classList.contains("reading")) {
    addEventListener("hashchange", follow);
    follow();
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
    if (now.dataset.state !== before) {
      location.reload();
      return;
    }
    place.replaceChildren(now);
    if (now.dataset.over === "no") {
      setTimeout(poll, EVERY, place);
    } else {
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = "Show the evidence found";
      place.append(link);
    }
  }

  for (const place of document.querySelectorAll("[data-poll]")) setTimeout(poll, EVERY, place);
})();
