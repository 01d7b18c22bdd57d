// Grading: the points are added up while they are ticked, and the keys do what the page says they do. No key acts
// while somebody types, and single keys can be switched off. Without this module everything is buttons and links.
const form = document.querySelector("[data-grading]");
const total = form.querySelector("[data-total]");
const criteria = [...form.querySelectorAll("[data-criterion]")];
const keys = form.querySelector("[data-keys]");
const switched = form.querySelector("[data-keys-on]");
const STORE = "takt:grading-keys";
const start = content();
let saving = false;

const put = (words, figures) => words.replace(/\{(\w+)\}/g, (_, name) => figures[name]);

function content() {
  return new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
}

function add() {
  let points = 0, open = 0;
  for (const criterion of criteria) {
    const ticked = criterion.querySelector("input:checked");
    if (ticked) points += Number(ticked.closest("label").querySelector("[data-points]").dataset.points);
    else open += 1;
  }
  const figure = points.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  total.textContent = put(total.dataset.words, { points: figure, most: total.dataset.most });
  if (open) total.textContent += ` · ${put(total.dataset.open, { count: open })}`;
}

// The criterion that has the focus, else the first that is open.
function current() {
  return criteria.find((one) => one.contains(document.activeElement)) ?? criteria.find((one) => !one.querySelector("input:checked"));
}

function tick(number) {
  const criterion = current();
  const level = criterion?.querySelectorAll("input")[number - 1];
  if (!level) return;
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
  const following = criteria[criteria.indexOf(criterion) + 1];
  const goal = following ? following.querySelector("input:checked") ?? following.querySelector("input") : form.querySelector("[name=onward]");
  goal.focus();
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=onward]"));
    return;
  }
  const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  if (typing || !switched.checked || event.ctrlKey || event.metaKey) return;
  if (/^[1-9]$/.test(event.key)) tick(Number(event.key));
  else if (event.key === "c") form.querySelector("textarea").focus();
  else {
    const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
    if (!link) return;
    link.click();
  }
  event.preventDefault();
}

function remember() {
  try { localStorage.setItem(STORE, switched.checked ? "on" : "off"); } catch { /* forbidden: on for this page */ }
}

try { switched.checked = localStorage.getItem(STORE) !== "off"; } catch { /* the same */ }
keys.hidden = false;
switched.addEventListener("change", remember);
form.addEventListener("change", add);
form.addEventListener("submit", (event) => {
  if (saving) event.preventDefault();
  saving = true;
});
addEventListener("pageshow", () => { saving = false; });
addEventListener("beforeunload", (event) => { if (!saving && content() !== start) event.preventDefault(); });
document.addEventListener("keydown", onKey);
add();
