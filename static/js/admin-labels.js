// Select2, which Django's autocomplete fields use, leaves its own controls without a name.
// Each gets that of the field it stands for.
function nameOf(select) {
  const label = select.labels?.[0];
  return select.getAttribute("aria-label") ?? label?.textContent.replace(/:\s*$/, "").trim() ?? "";
}

function label(select) {
  const box = select.nextElementSibling;
  if (!box?.classList.contains("select2")) return;
  const name = nameOf(select);
  for (const control of box.querySelectorAll(".select2-search__field, .select2-selection--single")) {
    control.setAttribute("aria-label", name);
    control.removeAttribute("aria-labelledby");
  }
  const shown = box.querySelector(".select2-selection__rendered");
  shown?.removeAttribute("aria-readonly");
  if (shown?.localName === "ul") {
    // It holds a button among its items, which no list may.
    shown.setAttribute("role", "group");
    shown.setAttribute("aria-label", name);
    for (const item of shown.querySelectorAll("li")) item.setAttribute("role", "presentation");
  } else shown?.removeAttribute("role");
}

// Django copies the blank row and numbers all anew when one goes; what is said of a control follows its number.
function numberRows() {
  for (const control of document.querySelectorAll("[data-row-label]")) {
    const row = /-(\d+)-[^-]+$/.exec(control.name)?.[1];
    if (!row) continue;
    const name = control.dataset.rowLabel.replace("__row__", Number(row) + 1);
    control.setAttribute("aria-label", name);
    const remove = control.closest("tr")?.querySelector(".inline-deletelink");
    remove?.setAttribute("aria-label", `${remove.textContent}: ${name.split(": ")[0]}`);
  }
  labelAll();
}

function labelAll() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) label(select);
}

// Rows that are added and choices that are made draw their controls anew.
window.addEventListener("load", () => {
  labelAll();
  new MutationObserver(labelAll).observe(document.getElementById("content-main"), { childList: true, subtree: true });
});
for (const event of ["formset:added", "formset:removed"]) {
  document.addEventListener(event, () => setTimeout(numberRows)); // it is told before the rest is numbered
}
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.(".select2-container--open .select2-search__field:not([aria-label])")) {
    target.setAttribute("aria-label", nameOf(document.querySelector(".select2-container--open")?.previousElementSibling ?? target));
  }
});
