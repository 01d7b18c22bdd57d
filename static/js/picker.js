// Beside a Markdown field: a dialog from which a picture or a link into the course is inserted.
// It stands outside the form of the text, so that nothing typed there is touched. The server draws what is in it.

// Offers what lies at an address: `open({ url, title, close, failed, choose })`; choose gets the pressed button.
export function openPicker({ url, title, close, failed, choose }) {
  const dialog = document.createElement("dialog");
  dialog.className = "tk-picker";
  const head = document.createElement("header");
  const heading = document.createElement("h2");
  heading.id = "tk-picker-title";
  heading.textContent = title;
  const leave = document.createElement("button");
  leave.type = "button";
  leave.className = "button";
  leave.textContent = close;
  leave.addEventListener("click", () => dialog.close());
  head.append(heading, leave);
  const body = document.createElement("div");
  const note = document.createElement("p");
  note.className = "errornote";
  note.setAttribute("role", "alert");
  note.hidden = true;
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(head, note, body);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);

  let latest = 0;
  let waiting;

  async function load(address, options = {}) {
    const mine = (latest += 1);
    try {
      const response = await fetch(address, { credentials: "same-origin", ...options });
      if (!response.ok && response.status !== 422) throw new Error(response.statusText);
      const text = await response.text();
      if (mine !== latest) return null; // something newer was asked for
      note.hidden = true;
      const drawn = document.createElement("template");
      drawn.innerHTML = text; // our own template
      return drawn.content.querySelector(".tk-pick-body");
    } catch {
      note.textContent = failed;
      note.hidden = false;
      return null;
    }
  }

  function show(fresh) {
    if (!fresh) return;
    // A browser forgets the chosen file with its field; it is carried over.
    const before = body.querySelector("input[type=file]");
    const after = fresh.querySelector("input[type=file]");
    if (before?.files.length && after) after.files = before.files;
    body.replaceChildren(fresh);
  }

  async function search(form) {
    const fresh = await load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
    const results = fresh?.querySelector(".tk-pick-results");
    if (results) body.querySelector(".tk-pick-results").replaceWith(results);
  }

  async function upload(form) {
    const button = form.querySelector("[type=submit]");
    const data = new FormData(form);
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    button.disabled = true;
    const fresh = await load(form.action, { method: "POST", body: data });
    button.disabled = false;
    if (fresh?.dataset.made) {
      dialog.close(); // first: while it is open, the text cannot take the focus
      choose({ line: fresh.dataset.made });
    } else if (fresh) {
      show(fresh);
      const wrong = body.querySelector(".tk-pick-field.errors :is(input, textarea)");
      if (wrong) wrong.focus();
    }
  }

  body.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches(".tk-pick-search")) search(event.target);
    else upload(event.target);
  });
  body.addEventListener("input", (event) => {
    if (!event.target.matches(".tk-pick-search input")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => search(event.target.form), 250);
  });
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line], [data-link]");
    if (!button) return;
    dialog.close();
    choose(button.dataset);
  });
  dialog.showModal();
  load(url).then((fresh) => {
    show(fresh);
    body.querySelector(".tk-pick-search input")?.focus();
  });
}
