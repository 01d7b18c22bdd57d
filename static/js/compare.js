// Comparison: covers a column at once instead of loading the page anew, and opens the row that the address names.
// The server draws the same with ?cover=left or right; without this module the links do it.
const table = document.querySelector("[data-compare]");
const links = document.querySelectorAll("[data-cover]");

function cover(side) {
  for (const cell of table.querySelectorAll("[data-side]")) {
    const said = cell.querySelector("span");
    if (cell.dataset.side !== side) {
      cell.replaceChildren(said);
      continue;
    }
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    details.className = "tk-covered";
    summary.textContent = table.dataset.show;
    details.append(summary, said);
    cell.replaceChildren(details);
  }
  for (const link of links) {
    if (link.dataset.cover === side) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    cover(link.dataset.cover);
    history.replaceState(null, "", link.href);
  });
}

function open() {
  const row = location.hash && document.getElementById(location.hash.slice(1));
  const why = row && table?.contains(row) ? row.querySelector(".why details") : null;
  if (why) why.open = true;
}

open();
addEventListener("hashchange", open);
