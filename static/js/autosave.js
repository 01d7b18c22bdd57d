// Autosave: what is in the answer form is sent while it is being typed, one request at a time, the newest last.
// "Saved" is said only after the server said so; until then the words say why not. What was typed and not yet
// acknowledged is also kept in this tab (sessionStorage), so that a reload or a sign-in does not lose it.
// All words are the page's: data attributes of the form and messages of the server. A page may have several such
// forms; one with `data-drafts` is kept whatever stands in it, and its errors belong to another button.
const TYPING = 900, PICKING = 150, PATIENCE = 12000, LONGEST_WAIT = 30000;

function autosave(form) {
  const line = form.querySelector("[data-save-state]").parentElement;
  const words = line.querySelector("[data-save-state]");
  const link = line.querySelector("[data-save-link]");
  const store = `takt:${form.dataset.autosave}`;
  const takesDrafts = "drafts" in form.dataset;

  let acknowledged = "unsaved" in form.dataset ? null : content();
  let flight = null;        // the save under way, if there is one
  let timer = 0;
  let failures = 0;
  let refused = false;      // stale or closed: nothing more is sent from here
  let unreadable = !takesDrafts && form.querySelector(".is-invalid") ? content() : ""; // what the server could not read: not sent again until it changes
  let refusal = null;       // and what it said of it
  let submitting = false;
  let hasWaited = false;    // a submit has waited for what was under way

  function content() {
    const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "revision");
    return new URLSearchParams(pairs).toString();
  }

  const isDirty = () => content() !== acknowledged;

  function say(state, text, href = "", label = "") {
    line.dataset.state = state;
    if (words.textContent !== text) words.textContent = text;
    link.hidden = !href;
    if (href) { link.href = href; link.textContent = label; }
  }

  function refreshToken() {
    const token = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)?.[1];
    if (token) form.elements.csrfmiddlewaretoken.value = token;
  }

  function remember() {
    try {
      if (isDirty()) sessionStorage.setItem(store, JSON.stringify({ revision: form.elements.revision.value, content: content() }));
      else sessionStorage.removeItem(store);
    } catch { /* a full or forbidden storage must not stop the saving */ }
  }

  function restore() {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem(store)); } catch { return; }
    if (!kept || kept.revision !== form.elements.revision.value || kept.content === acknowledged) return;
    const values = new URLSearchParams(kept.content);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.getAll(field.name).includes(field.value);
      else field.value = values.get(field.name) ?? "";
    }
    form.dispatchEvent(new CustomEvent("takt:restored"));
    say("waiting", form.dataset.restored);
    schedule(PICKING);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function save() {
    clearTimeout(timer);
    if (flight) return flight;
    if (refused || !isDirty() || content() === unreadable) return Promise.resolve();
    flight = send(content()).finally(() => {
      flight = null;
      if (isDirty() && !refused && content() !== unreadable && !failures && !submitting) schedule(PICKING);
    });
    return flight;
  }

  async function send(sent) {
    say("waiting", form.dataset.saving);
    refreshToken();
    let response, answer;
    try {
      response = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), redirect: "manual",
        keepalive: sent.length < 50000, // browsers keep no more than 64 kB alive
        headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.type === "opaqueredirect") return retry(form.dataset.signedOut, link.dataset.signIn, link.dataset.signInLabel);
      if (![200, 409, 422].includes(response.status)) return retry(form.dataset.offline);
      answer = await response.json();
    } catch {
      return retry(form.dataset.offline);
    }
    failures = 0;
    if (response.status === 200) keep(sent, answer);
    else if (response.status === 422) unread(sent, answer);
    else refuse(answer);
  }

  function keep(sent, answer) {
    acknowledged = sent;
    unreadable = "";
    refusal = null;
    form.elements.revision.value = answer.revision;
    if (!takesDrafts) clearError();
    remember();
    if (answer.seconds_left != null) document.dispatchEvent(new CustomEvent("takt:clock", { detail: answer.seconds_left }));
    if (!isDirty()) say(answer.saved_at ? "saved" : "waiting", answer.message);
  }

  function unread(sent, answer) {
    unreadable = sent;
    refusal = answer;
    if (sent !== content()) return;
    say("failed", `${form.dataset.unreadable} ${answer.message}`);
    if (document.activeElement?.name !== answer.field) showError();
  }

  // At the field, but not under the hands of who is still typing.
  function showError() {
    const field = form.elements[refusal.field];
    const notes = (field?.closest?.(".tk-answer") ?? form).querySelector(".tk-answer-notes");
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !notes) return;
    clearError();
    const error = document.createElement("p");
    error.className = "invalid-feedback";
    error.id = `error_1_${field.id}`;
    error.append(Object.assign(document.createElement("strong"), { textContent: refusal.message }));
    notes.prepend(error);
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${error.id} hint_${field.id}`);
  }

  function clearError() {
    for (const error of form.querySelectorAll(".invalid-feedback")) error.remove();
    for (const field of form.querySelectorAll(".is-invalid")) {
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", `hint_${field.id}`);
    }
  }

  function refuse(answer) {
    refused = true;
    const label = answer.outcome === "closed" ? link.dataset.resultLabel : link.dataset.loadLabel;
    say("failed", answer.message, answer.url, label);
  }

  function retry(text, href = "", label = "") {
    failures += 1;
    say("failed", text, href, label);
    if (href) { link.target = "_blank"; link.rel = "noopener"; }
    schedule(Math.min(LONGEST_WAIT, 1500 * 2 ** Math.min(failures - 1, 5)));
  }

  form.addEventListener("input", (event) => {
    remember();
    if (refused) return;
    if (isDirty()) {
      if (!failures) say("waiting", form.dataset.saving);
      schedule(["text", "textarea"].includes(event.target.type) ? TYPING : PICKING);
    }
  });
  form.addEventListener("change", () => {
    if (refusal && content() === unreadable) showError();
    else if (!failures) save();
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else if (failures) save(); });

  // A submit waits for the save under way, or it would look like a second tab; a second click changes nothing.
  // What stands in another form of the page is sent first.
  form.addEventListener("submit", (event) => {
    if (submitting) { event.preventDefault(); return; }
    const others = saved.filter((other) => other.form !== form && other.isPending());
    if (flight || (others.length && !hasWaited)) {
      event.preventDefault();
      hasWaited = true;
      const button = event.submitter;
      Promise.all([flight, ...others.map((other) => other.flush())]).then(() => form.requestSubmit(button));
      return;
    }
    clearTimeout(timer);
    refreshToken();
    submitting = true;
  });

  async function flush() {
    await flight;
    await save();
  }

  // The exam clock asks for everything to be sent before it hands in.
  document.addEventListener("takt:flush", (event) => {
    submitting = true;
    event.detail.push(flush());
  });

  if (acknowledged === null) schedule(PICKING);
  else restore();

  return {
    form, flush,
    isPending: () => !refused && Boolean(flight || isDirty()),
    isUnsaved: () => isDirty() && !submitting && !refused,
  };
}

const saved = [];
for (const form of document.querySelectorAll("form[data-autosave]")) saved.push(autosave(form));

addEventListener("beforeunload", (event) => { if (saved.some((each) => each.isUnsaved())) event.preventDefault(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// A link waits for what was typed just before it was followed.
const leave = document.querySelector("[data-leave]");
if (leave) leave.textContent = leave.dataset.leave;
document.addEventListener("click", async (event) => {
  const target = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const waiting = saved.filter((each) => each.isPending());
  if (!target || target.target || target.hash || !isPlain || !waiting.length) return;
  event.preventDefault();
  await Promise.all(waiting.map((each) => each.flush()));
  location.assign(target.href); // what could still not be saved makes the browser ask
});
