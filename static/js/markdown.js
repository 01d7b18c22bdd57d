// Markdown fields of the admin: shows the toolbar, inserts blocks, fetches the preview while it is open.
// Without this module the field is a plain textarea.
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function insert(field, text) {
  field.focus();
  field.setSelectionRange(field.selectionEnd, field.selectionEnd);
  const before = field.value.slice(0, field.selectionEnd);
  const gap = !before ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  // execCommand keeps the browser's undo; where it is gone, the text is set without it.
  if (!document.execCommand("insertText", false, `${gap}${text}\n`)) {
    field.setRangeText(`${gap}${text}\n`, field.selectionEnd, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
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
