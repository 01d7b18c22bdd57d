// Things to put in order: lines are dragged, or moved by their buttons, and the places that are posted follow.
// Before the first move nothing is answered: every place is empty.
import { linesOf, markEnds, movable, say } from "./lines.js";

function start(box) {
  const list = box.querySelector("ol");
  const lines = () => linesOf(list);
  const place = (line) => line.querySelector("select");

  function isAnswered() {
    const places = lines().map((line) => Number(place(line).value));
    return places.sort((a, b) => a - b).every((value, i) => value === i + 1);
  }

  function show() {
    const answered = isAnswered();
    box.querySelector("[data-open]").hidden = answered;
    lines().forEach((line, i) => { line.querySelector("[data-place]").textContent = answered ? i + 1 : "–"; });
    markEnds(list);
  }

  // The lines as the places say: after something typed earlier was put back.
  function arrange() {
    if (isAnswered()) list.append(...lines().sort((a, b) => place(a).value - place(b).value));
    show();
  }

  function settle(line) {
    lines().forEach((each, i) => { place(each).value = String(i + 1); });
    for (const error of box.querySelectorAll(".invalid-feedback")) error.remove();
    for (const select of box.querySelectorAll("[aria-invalid]")) select.removeAttribute("aria-invalid");
    show();
    say(box.querySelector("[data-announce]"), box.dataset.moved, list, line);
    for (const type of ["input", "change"]) place(line).dispatchEvent(new Event(type, { bubbles: true }));
  }

  movable(list, settle);
  box.closest("form")?.addEventListener("takt:restored", arrange);

  for (const line of lines()) {
    place(line).hidden = true;
    for (const part of line.querySelectorAll("[data-place], [data-moves]")) part.hidden = false;
  }
  box.dataset.ready = "";
  arrange();
}

for (const box of document.querySelectorAll("[data-ordering]")) start(box);
