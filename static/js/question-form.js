// The question form: rows are added and removed, buckets keep their names in every select, sample draws follow
// what is typed. Without this module a few blank rows stand ready, and the draws follow each save.
const DELAY = 700;

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
}

function isBlank(row) {
  return [...row.querySelectorAll("input, select, textarea")].every((control) =>
    control.type === "checkbox" ? !control.checked : !control.value.trim(),
  );
}

function startTable(group) {
  const { prefix } = group.dataset;
  const total = group.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const body = group.querySelector("tbody");
  const template = group.querySelector("template");
  const add = group.querySelector(".tk-add");

  function removable(row) {
    const tick = row.querySelector(`[name$="-DELETE"]`);
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
    tick.after(button);
    if (tick.checked) row.hidden = true;
  }

  // Blank rows are for those who cannot add any; the last ones go, and with them their numbers.
  const rows = [...body.rows];
  while (rows.length > 1 && isBlank(rows.at(-1))) {
    rows.pop().remove();
    total.value = String(rows.length);
  }
  rows.forEach(removable);
  add.closest("[hidden]").hidden = false;
  add.addEventListener("click", () => {
    const row = template.content.querySelector("tr").cloneNode(true);
    const number = Number(total.value);
    renumber(row, prefix, number);
    total.value = String(number + 1);
    body.append(row);
    removable(row);
    row.querySelector("input, select, textarea").focus();
    nameBuckets();
  });
}

function nameBuckets() {
  for (const field of document.querySelectorAll("[data-bucket]")) {
    for (const option of document.querySelectorAll(`[data-bucket-select] option[value="${field.dataset.bucket}"]`)) {
      option.dataset.plain ??= option.textContent;
      option.textContent = field.value.trim() || option.dataset.plain;
    }
  }
}

function followDraws(form, box) {
  let waiting;
  let latest = 0;
  async function refresh() {
    const mine = ++latest;
    try {
      const response = await fetch(box.dataset.url, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (response.status !== 200 || mine !== latest) return;
      box.innerHTML = await response.text();
    } catch {
      // Without a connection the table of the last save stays.
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, DELAY);
  });
}

const form = document.getElementById("question_form");
for (const group of form.querySelectorAll(".tk-rows")) startTable(group);
for (const field of form.querySelectorAll("[data-bucket]")) field.addEventListener("input", nameBuckets);
nameBuckets();
const box = document.getElementById("tk-draws");
if (box) followDraws(form, box);
