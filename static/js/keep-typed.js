// Keeps what is typed in a form of the admin in this browser until the server says that it is saved: a lost
// connection, a crash or a closed tab loses nothing. Words are the page's: data attributes of the boxes.
// The server names in a cookie what it has saved, so that a text is forgotten only then.
const box = document.querySelector("[data-keep]");
const form = box?.closest("form");
const offline = document.querySelector("[data-keep-offline]");
const key = `takt:typed:${box?.dataset.keep}`;
const PATIENCE = 8000, TYPING = 300, LONGEST = 30 * 24 * 3600 * 1000;
const OURS = new Set(["csrfmiddlewaretoken", "_stamp", "_kept", "_take", "_live"]);
const wasRefused = (performance.getEntriesByType("navigation")[0]?.responseStatus ?? 200) >= 400;

let first = "";      // the form as the page came
let offered = null;  // what was kept before, until somebody decides
let leaving = false;
let timer = 0;
let id = crypto.randomUUID?.() ?? String(Date.now()) + String(Math.random()).slice(2, 10);

const stamp = () => form.elements._stamp?.value ?? "";

function fields() {
  return [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
}

const written = () => JSON.stringify(fields());
const isDirty = () => wasRefused || written() !== first;

function read() {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function forget() {
  try { localStorage.removeItem(key); } catch { /* nothing was kept then */ }
}

// A choice of an autocomplete field is an option that the next page does not have.
function chosen() {
  return [...form.querySelectorAll("select")].flatMap((select) =>
    [...select.selectedOptions].filter((option) => option.value).map((option) => [select.name, option.value, option.text]));
}

function store(kept) {
  try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* a full storage must not stop the typing */ }
}

// Who types on without a word about what is offered keeps that as well: it goes along with the new text.
function keep() {
  clearTimeout(timer);
  if (isDirty()) store({ id, at: Date.now(), stamp: stamp(), fields: fields(), chosen: chosen(), older: offered });
  else if (offered) store(offered);
  else forget();
}

function isSaved(kept) {
  const said = document.cookie.match(/(?:^|; )takt_saved=([^;]*)/)?.[1] ?? "";
  return said.split(".").includes(kept.id);
}

function addRows(values) {
  for (const [name, [total]] of values) {
    if (!name.endsWith("-TOTAL_FORMS")) continue;
    const prefix = name.slice(0, -"-TOTAL_FORMS".length);
    const ours = document.querySelector(`.tk-rows[data-prefix="${prefix}"] .tk-add`);
    const button = ours ?? document.querySelector(`#${prefix}-group .add-row a`);
    for (let more = Number(total) - Number(form.elements[name]?.value ?? total); button && more > 0; more -= 1) button.click();
  }
}

function put(field, given, names) {
  if (field.localName === "select") {
    for (const [value, text] of names) {
      if (![...field.options].some((option) => option.value === value)) field.add(new Option(text, value));
    }
    for (const option of field.options) option.selected = given.includes(option.value);
  } else if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
  else field.value = given[0] ?? "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function restore(kept) {
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  addRows(values);
  for (const field of [...form.elements]) {
    if (!field.name || OURS.has(field.name) || ["submit", "button", "file"].includes(field.type)) continue;
    if (field.name.includes("__prefix__") || /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(field.name)) continue;
    if (field.type === "hidden" && !values.has(field.name)) continue;
    const names = kept.chosen.filter(([name]) => name === field.name).map(([, value, text]) => [value, text]);
    put(field, values.get(field.name) ?? [], names);
  }
  // Written over the version that it was typed over: if another was saved since, saving shows both.
  if (kept.stamp && form.elements._stamp) form.elements._stamp.value = kept.stamp;
}

function offer(kept) {
  offered = kept;
  const said = box.querySelector("[data-keep-said]");
  const at = new Date(kept.at);
  const today = at.toDateString() === new Date().toDateString();
  const time = today ? at.toTimeString().slice(0, 5) : at.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  said.textContent = (kept.stamp === stamp() ? said.dataset.text : said.dataset.older).replace("{time}", time);
  box.hidden = false;
  box.querySelector("[data-keep-restore]").onclick = () => {
    next(kept.older);
    restore(kept);
    keep();
  };
  box.querySelector("[data-keep-discard]").onclick = () => {
    next(kept.older);
    keep();
  };
}

// What is left to decide about, if anything is.
function next(kept) {
  offered = null;
  box.hidden = true;
  while (kept && isDone(kept)) kept = kept.older;
  if (kept) offer(kept);
}

const isDone = (kept) => isSaved(kept) || Date.now() - kept.at > LONGEST || JSON.stringify(kept.fields) === first;

async function isOnline() {
  if (!navigator.onLine) return false;
  try {
    await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}

// A form that is sent without a connection is gone with its page; so the connection is tried first.
async function send(event) {
  const { submitter } = event;
  if (leaving || event.defaultPrevented || submitter?.formTarget === "_blank") return;
  event.preventDefault();
  keep();
  if (await isOnline()) {
    leaving = true;
    form.elements._kept.value = id;
    form.requestSubmit(submitter);
    return;
  }
  offline.querySelector("p").textContent = box.dataset.offline;
  offline.hidden = false;
  offline.scrollIntoView({ block: "center" });
}

function start() {
  const sent = document.createElement("input");
  Object.assign(sent, { type: "hidden", name: "_kept" });
  form.append(sent);
  first = written();
  const kept = read();
  if (kept && wasRefused && !isSaved(kept)) {
    id = kept.id; // it is what stands in the form
    next(kept.older);
  } else next(kept);
  if (kept || wasRefused) keep();
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, TYPING); });
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(keep, TYPING); });
  form.addEventListener("submit", send);
  window.addEventListener("pagehide", keep);
  window.addEventListener("online", () => { offline.hidden = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) { keep(); event.preventDefault(); }
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
}

if (form) window.addEventListener("load", () => setTimeout(start));
