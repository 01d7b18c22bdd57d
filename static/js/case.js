// A case: tables are sorted on the spot, what is left of a budget is counted, exhibits are cited at the cursor.
// Without this module the heads of the tables are links, the budget is checked by the server, and [E2] is typed.
const locale = document.documentElement.lang;

function cells(table, column) {
  return [...table.tBodies[0].rows].map((row) => [row.cells[column].textContent.trim(), row]);
}

const figure = (text) => Number(text.replace(/[\s\u202f\u00a0,]/g, "").replace("−", "-"));

function sort(table, column, downwards) {
  const rows = cells(table, column);
  const areFigures = rows.every(([text]) => text !== "" && !Number.isNaN(figure(text)));
  const compare = areFigures ? ([a], [b]) => figure(a) - figure(b) : ([a], [b]) => a.localeCompare(b, locale);
  rows.sort((a, b) => (downwards ? -compare(a, b) : compare(a, b)));
  table.tBodies[0].append(...rows.map(([, row]) => row));
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    if (i === column) head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const head = link.closest("th");
    sort(table, head.cellIndex, head.getAttribute("aria-sort") === "ascending");
  });
}

for (const box of document.querySelectorAll("[data-allocate]")) {
  const said = box.parentElement.querySelector("[data-left]");
  const count = () => {
    const spent = [...box.querySelectorAll("input")].reduce((sum, field) => sum + (figure(field.value) || 0), 0);
    const left = Number(box.dataset.total) - spent;
    const words = left < 0 ? said.dataset.over : said.dataset.words;
    said.textContent = words.replace("{left}", `${Math.abs(left).toLocaleString(locale)} ${box.dataset.unit}`);
  };
  said.hidden = false;
  box.addEventListener("input", count);
  box.closest("form").addEventListener("takt:restored", count);
  count();
}

const cites = document.querySelector("[data-cites]");
const text = document.querySelector("textarea[data-words]");
if (cites && text) {
  cites.hidden = false;
  cites.addEventListener("click", (event) => {
    const cite = event.target.closest("[data-cite]")?.dataset.cite;
    if (!cite) return;
    const before = text.value.slice(0, text.selectionStart);
    const space = before && !/\s$/.test(before) ? " " : "";
    text.setRangeText(space + cite, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
}

// An exhibit that a link leads to is opened.
function open() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", open);
open();

// What was wrong with a decision is taken away as soon as it is decided otherwise.
for (const box of document.querySelectorAll(".tk-decision")) {
  box.addEventListener("input", () => {
    for (const error of box.querySelectorAll(".invalid-feedback")) error.remove();
    for (const field of box.querySelectorAll("[aria-invalid]")) {
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", `hint_${field.id}`);
    }
  });
}
