// What was typed into a form is not lost unseen: who leaves it is asked, who comes back finds it.
"use strict";

const typed = (() => {
  const TEXT = "textarea, input:not([type]), input[type=text], input[type=url]";
  let sent = null; // the form on its way to the workspace

  // Words selected in a text are in that text still.
  const isTyped = (field) =>
    field.matches(TEXT) &&
    !field.matches("[readonly], [data-words]") &&
    field.value !== field.defaultValue;

  // Whoever logs in loses a name at most; a draft that saves itself knows what is saved.
  const holds = (form) =>
    form.method === "post" &&
    !form.matches("[data-autosave], :has([type=password])") &&
    [...form.elements].some(isTyped);

  const anywhere = () => [...document.forms].some((form) => form !== sent && holds(form));

  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent = event.target;
  });

  addEventListener("beforeunload", (event) => {
    if (anywhere()) event.preventDefault();
    sent = null; // who stays after all may leave again
  });

  // A browser puts text back into fields, also where they are folded away.
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll(`form[method=post] :is(${TEXT})`)) {
      if (!isTyped(field)) continue;
      let around = field.closest("details:not([open])");
      while (around) {
        around.open = true;
        around = around.closest("details:not([open])");
      }
    }
  });

  return { anywhere };
})();
