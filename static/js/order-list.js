// The order of a list in the admin: lines are moved here and saved together. The lines carry hidden fields, so
// what is posted follows the page.
import { linesOf, markEnds, movable, say } from "./lines.js";

const form = document.querySelector("[data-order-list]");

function start() {
  const list = form.querySelector("ol");
  const note = form.querySelector("[data-unsaved-note]");
  let isUnsaved = "unsaved" in form.dataset;

  function show() {
    linesOf(list).forEach((line, i) => { line.querySelector("[data-place]").textContent = i + 1; });
    markEnds(list);
    note.hidden = !isUnsaved;
  }

  movable(list, (line) => {
    isUnsaved = true;
    show();
    say(form.querySelector("[data-announce]"), form.dataset.moved, list, line);
  });
  form.addEventListener("submit", () => { isUnsaved = false; });
  addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });
  for (const grip of form.querySelectorAll("[data-grip]")) grip.hidden = false;
  form.dataset.ready = "";
  show();
}

if (form) start();
