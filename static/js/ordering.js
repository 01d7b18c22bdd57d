// Things to put in order: lines are dragged, or moved by their buttons, and the places that are posted follow.
// Before the first move nothing is answered: every place is empty. Only the neighbours of a line are taken out
// of the page and put back, so that the line which is moved keeps the focus and the pointer.
const SLACK = 4; // pixels before a press becomes a drag

function start(box) {
  const list = box.querySelector("ol");
  const lines = () => [...list.children];
  const place = (line) => line.querySelector("select");
  const announce = box.querySelector("[data-announce]");

  function isAnswered() {
    const places = lines().map((line) => Number(place(line).value));
    return places.sort((a, b) => a - b).every((value, i) => value === i + 1);
  }

  function show() {
    const answered = isAnswered();
    box.querySelector("[data-open]").hidden = answered;
    lines().forEach((line, i, all) => {
      line.querySelector("[data-place]").textContent = answered ? i + 1 : "–";
      line.querySelector('[data-by="-1"]').setAttribute("aria-disabled", String(i === 0));
      line.querySelector('[data-by="1"]').setAttribute("aria-disabled", String(i === all.length - 1));
    });
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
    const said = { text: line.querySelector("[data-text]").textContent.trim(), place: lines().indexOf(line) + 1, count: lines().length };
    announce.textContent = box.dataset.moved.replace(/\{(text|place|count)\}/g, (_, name) => said[name]);
    for (const type of ["input", "change"]) place(line).dispatchEvent(new Event(type, { bubbles: true }));
  }

  function pass(line, by) {
    if (by < 0 && line.previousElementSibling) line.after(line.previousElementSibling);
    else if (by > 0 && line.nextElementSibling) line.before(line.nextElementSibling);
    else return false;
    return true;
  }

  function drag(line, pressed) {
    let moving = false;
    const before = lines().indexOf(line);
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
      if (lines().indexOf(line) !== before) settle(line);
    };
    document.addEventListener("pointermove", over);
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, drop);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-by]");
    const line = button?.closest("[data-item]");
    if (line && pass(line, Number(button.dataset.by))) settle(line);
  });
  // A mouse takes a line anywhere; a finger takes its grip, so that the page can still be scrolled.
  list.addEventListener("pointerdown", (event) => {
    const line = event.target.closest("[data-item]");
    if (!line || event.button !== 0 || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return;
    drag(line, event);
  });
  box.closest("form")?.addEventListener("takt:restored", arrange);

  for (const line of lines()) {
    place(line).hidden = true;
    for (const part of line.querySelectorAll("[data-place], [data-moves]")) part.hidden = false;
  }
  box.dataset.ready = "";
  arrange();
}

for (const box of document.querySelectorAll("[data-ordering]")) start(box);
