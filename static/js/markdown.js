// Markdown fields of the admin: shows the toolbar, inserts blocks, fetches the preview while it is open.
// Without this module the field is a plain textarea.
import { openPicker } from "./picker.js";

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function insert(field, text) {
  field.focus();
  field.setSelectionRange(field.selectionEnd, field.selectionEnd);
  const before = field.value.slice(0, field.selectionEnd);
  const after = field.value.slice(field.selectionEnd);
  const gap = !before ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = after && !after.startsWith("\n") ? "\n\n" : "\n";
  put(field, `${gap}${text}${tail}`, field.selectionEnd, field.selectionEnd);
}

// execCommand keeps the browser's undo; where it is gone, the text is set without it.
function put(field, text, from, to) {
  field.focus();
  field.setSelectionRange(from, to);
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// A mark at the cursor, and what it stands for at the end of the text, under the next free number.
function footnote(field, words) {
  const numbers = [...field.value.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1]));
  const next = Math.max(0, ...numbers) + 1;
  const at = field.selectionEnd;
  put(field, `[^${next}]`, at, at);
  const end = field.value.length;
  const gap = field.value.endsWith("\n\n") ? "" : field.value.endsWith("\n") ? "\n" : "\n\n";
  put(field, `${gap}[^${next}]: ${words}`, end, end);
  field.setSelectionRange(field.value.length - words.length, field.value.length);
}

function pick(field, { dataset }) {
  const [from, to] = [field.selectionStart, field.selectionEnd];
  openPicker({
    url: dataset.pick,
    title: dataset.title,
    close: dataset.close,
    failed: dataset.failed,
    choose: ({ line, link, name }) => {
      if (line) {
        insert(field, `![${dataset.caption}](${line})`);
        const start = field.value.lastIndexOf(`](${line})`, field.selectionEnd) - dataset.caption.length;
        field.setSelectionRange(start, start + dataset.caption.length); // to be written over
      }
      else put(field, `[${field.value.slice(from, to) || name}](${link})`, from, to);
    },
  });
}

async function refresh(box, field, out) {
  const body = new FormData();
  body.set("text", field.value);
  body.set("csrfmiddlewaretoken", token());
  try {
    const response = await fetch(box.dataset.preview, { method: "POST", body, credentials: "same-origin" });
    if (!response.ok) throw new Error(response.statusText);
    const html = await response.text();
    if (html.trim()) out.innerHTML = html; // cleaned by the server's allow-list
    else out.textContent = out.dataset.empty;
    for (const link of out.querySelectorAll("a")) link.target = "_blank"; // what is typed stays where it is
  } catch {
    out.textContent = out.dataset.failed;
  }
}

function start(box) {
  const field = box.querySelector("textarea");
  const out = box.querySelector(".tk-md-preview");
  const toggle = box.querySelector(".tk-md-toggle");
  let waiting;
  box.querySelector("markdown-toolbar").setAttribute("for", field.id);
  box.querySelector(".tk-md-bar").hidden = false;
  for (const button of box.querySelectorAll("[data-insert]")) {
    const text = button.dataset.insert.replaceAll("|", "\n").replaceAll("¦", "|");
    button.addEventListener("click", () => insert(field, text));
  }
  for (const button of box.querySelectorAll("[data-pick]")) {
    button.addEventListener("click", () => pick(field, button));
  }
  const note = box.querySelector("[data-footnote]");
  note?.addEventListener("click", () => footnote(field, note.dataset.footnote));
  toggle.addEventListener("click", () => {
    out.hidden = !out.hidden;
    toggle.setAttribute("aria-expanded", String(!out.hidden));
    toggle.textContent = out.hidden ? toggle.dataset.show : toggle.dataset.hide;
    if (!out.hidden) refresh(box, field, out);
  });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!out.hidden) waiting = setTimeout(() => refresh(box, field, out), 400);
  });
}

for (const box of document.querySelectorAll(".tk-md")) start(box);
// A row that a script adds brings its fields along.
document.addEventListener("takt:added", ({ target }) => {
  for (const box of target.querySelectorAll(".tk-md")) start(box);
});
