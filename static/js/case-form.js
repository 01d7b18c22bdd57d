// The form of a case: rows are added and removed, rows that open show what they hold, and what is still to be
// mended is said while one types. Without this module blank rows stand ready, and each save says what is to mend.
const DELAY = 700;
const form = document.getElementById("casestudy_form");

function renumber(row, prefix, number) {
  for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
    for (const attribute of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replaceAll(`${prefix}-__prefix__-`, `${prefix}-${number}-`));
    }
  }
  for (const control of row.querySelectorAll("[aria-label]")) {
    control.setAttribute("aria-label", control.getAttribute("aria-label").replace("__row__", number + 1));
  }
  const shown = row.querySelector("[data-row-number]");
  if (shown) shown.textContent = String(number + 1);
}

function isBlank(row) {
  return [...row.querySelectorAll("input, select, textarea")].every((control) =>
    control.type === "checkbox" ? !control.checked : control.localName === "select" ? control.selectedIndex < 1 : !control.value.trim(),
  );
}

function removable(row, group, add) {
  const tick = row.querySelector("[name$='-DELETE']");
  if (!tick) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tk-remove";
  button.textContent = group.dataset.remove;
  button.setAttribute("aria-label", tick.getAttribute("aria-label"));
  button.addEventListener("click", () => {
    tick.checked = true;
    row.hidden = true;
    add.focus();
    row.dispatchEvent(new Event("input", { bubbles: true }));
  });
  tick.hidden = true;
  const label = tick.closest("div, td").querySelector("label");
  if (label) label.hidden = true;
  tick.after(button);
  if (tick.checked) row.hidden = true;
}

// The head of a row that opens says what it is called.
function named(row) {
  const title = row.querySelector("[name$='-title']");
  const shown = row.querySelector("[data-row-name]");
  if (title && shown) title.addEventListener("input", () => { shown.textContent = title.value.trim() && `: ${title.value.trim()}`; });
}

function start(group) {
  const { prefix } = group.dataset;
  const total = group.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const body = group.querySelector("[data-body]");
  const template = group.querySelector("template");
  const add = group.querySelector(".tk-add");
  // Blank rows are for those who cannot add any; the last ones go, and with them their numbers.
  const rows = [...body.children];
  while (rows.length && isBlank(rows.at(-1))) {
    rows.pop().remove();
    total.value = String(rows.length);
  }
  for (const row of rows) {
    removable(row, group, add);
    named(row);
  }
  add.closest("[hidden]").hidden = false;
  add.addEventListener("click", () => {
    const row = template.content.firstElementChild.cloneNode(true);
    const number = Number(total.value);
    renumber(row, prefix, number);
    total.value = String(number + 1);
    body.append(row);
    removable(row, group, add);
    named(row);
    row.dispatchEvent(new CustomEvent("takt:added", { bubbles: true }));
    row.querySelector("input, select, textarea").focus();
  });
}

// Two spaces where a tab is pressed in YAML would trap the keyboard; Enter keeps the indentation instead.
function indenting(event) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.classList?.contains("tk-yaml")) return;
  const line = field.value.slice(0, field.selectionStart).split("\n").at(-1);
  const spaces = /^ */.exec(line)[0] + (/:\s*$/.test(line) ? "  " : "");
  if (!spaces) return;
  event.preventDefault();
  if (!document.execCommand("insertText", false, `\n${spaces}`)) field.setRangeText(`\n${spaces}`, field.selectionStart, field.selectionEnd, "end");
}

function said(field, messages) {
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.dataset.live = "";
  list.id = `${field.id}_problems`;
  for (const message of messages) list.append(Object.assign(document.createElement("li"), { textContent: message }));
  (field.closest(".form-row:not(tr)") ?? field.closest("td") ?? field.parentElement).prepend(list);
  field.setAttribute("aria-invalid", "true");
}

// What is wrong is said at its field and in the list at the head of the form.
function show(box, answer) {
  for (const list of form.querySelectorAll(".errorlist[data-live]")) list.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const byField = new Map();
  const list = box.querySelector("[data-mend-list]");
  list.replaceChildren();
  for (const { target, place, message, line } of answer.problems) {
    const item = document.createElement("li");
    if (target) {
      const link = Object.assign(document.createElement("a"), { href: `#${target}`, textContent: place });
      if (line) link.dataset.line = line;
      item.append(link, ": ");
      byField.set(target, [...(byField.get(target) ?? []), message]);
    }
    item.append(message);
    list.append(item);
  }
  for (const [target, messages] of byField) {
    const field = document.getElementById(target);
    if (field?.matches("input, select, textarea")) said(field, messages);
  }
  box.querySelector("[data-mend-head]").textContent = answer.head;
  box.hidden = !answer.problems.length;
}

function follow(box) {
  let waiting;
  let latest = 0;
  async function check() {
    const mine = ++latest;
    try {
      const response = await fetch(box.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (response.ok && mine === latest) show(box, await response.json());
    } catch {
      // Without a connection what the last save said stays.
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, DELAY);
  });
}

// A message that names a line leads to it: nobody counts ninety lines.
function toLine(event) {
  const link = event.target.closest?.("a[data-line]");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field?.matches("textarea")) return;
  event.preventDefault();
  const row = field.closest("details");
  if (row) row.open = true;
  const lines = field.value.split("\n");
  const at = Math.min(Number(link.dataset.line), lines.length) - 1;
  const from = lines.slice(0, at).join("\n").length + (at ? 1 : 0);
  field.focus();
  field.setSelectionRange(from, from + lines[at].length);
  field.scrollTop = Math.max(0, at * (field.scrollHeight / lines.length) - field.clientHeight / 2);
  field.scrollIntoView({ block: "center" });
}

// A link leads into a row that is closed.
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  const row = target?.closest("details");
  if (!row) return;
  row.open = true;
  target.scrollIntoView({ block: "center" });
  if (target.matches("input, select, textarea")) target.focus();
}

if (form) {
  for (const group of form.querySelectorAll(".tk-rows")) start(group);
  form.addEventListener("keydown", indenting);
  form.addEventListener("click", toLine);
  const box = form.querySelector("[data-check]");
  if (box) follow(box);
  window.addEventListener("hashchange", reveal);
  reveal();
}
