// Lines of a list that can be moved: by their buttons, with a mouse, with a finger on their grip. Only the
// neighbours of a line are taken out of the page and put back, so that the line which is moved keeps the focus
// and the pointer.
const SLACK = 4; // pixels before a press becomes a drag

export const linesOf = (list) => [...list.children];

function pass(line, by) {
  if (by < 0 && line.previousElementSibling) line.after(line.previousElementSibling);
  else if (by > 0 && line.nextElementSibling) line.before(line.nextElementSibling);
  else return false;
  return true;
}

function drag(list, line, pressed, settle) {
  let moving = false;
  const before = linesOf(list).indexOf(line);
  const over = (event) => {
    if (event.pointerId !== pressed.pointerId) return;
    if (!moving && Math.abs(event.clientY - pressed.clientY) < SLACK) return;
    moving = true;
    line.dataset.moving = "";
    event.preventDefault();
    const middle = (each) => { const { top, height } = each.getBoundingClientRect(); return top + height / 2; };
    while (line.previousElementSibling && event.clientY < middle(line.previousElementSibling)) pass(line, -1);
    while (line.nextElementSibling && event.clientY > middle(line.nextElementSibling)) pass(line, 1);
  };
  const drop = (event) => {
    if (event.pointerId !== pressed.pointerId) return;
    document.removeEventListener("pointermove", over);
    for (const type of ["pointerup", "pointercancel"]) document.removeEventListener(type, drop);
    delete line.dataset.moving;
    if (linesOf(list).indexOf(line) !== before) settle(line);
  };
  document.addEventListener("pointermove", over);
  for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, drop);
}

// Let the lines of a list be moved; `settle(line)` is called after each move.
export function movable(list, settle) {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-by]");
    const line = button?.closest("[data-item]");
    if (!line) return;
    event.preventDefault();
    if (pass(line, Number(button.dataset.by))) settle(line);
  });
  // A mouse takes a line anywhere; a finger takes its grip, so that the page can still be scrolled.
  list.addEventListener("pointerdown", (event) => {
    const line = event.target.closest("[data-item]");
    if (!line || event.button !== 0 || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return;
    drag(list, line, event, settle);
  });
}

// The first line cannot go up, nor the last one down.
export function markEnds(list) {
  linesOf(list).forEach((line, i, all) => {
    line.querySelector('[data-by="-1"]').setAttribute("aria-disabled", String(i === 0));
    line.querySelector('[data-by="1"]').setAttribute("aria-disabled", String(i === all.length - 1));
  });
}

// Say where a line is now: `words` has {text}, {place} and {count} in it.
export function say(announce, words, list, line) {
  const all = linesOf(list);
  const said = { text: line.querySelector("[data-text]").textContent.trim(), place: all.indexOf(line) + 1, count: all.length };
  announce.textContent = words.replace(/\{(text|place|count)\}/g, (_, name) => said[name]);
}
