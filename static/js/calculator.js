// Calculator: works out again while you type, by asking the server for the same page's calculator.
// The formula lives on the server only; without this module the button does it.
const PAUSE = 250;
const box = document.querySelector("[data-calculator]");
const form = box?.querySelector("form");
let timer = 0;
let asked = null;

function take(fresh) {
  box.querySelector("[data-result]").replaceChildren(...fresh.querySelector("[data-result]").childNodes);
  for (const field of box.querySelectorAll("[data-field]")) {
    const input = field.querySelector("input");
    const said = fresh.querySelector(`[data-field="${field.dataset.field}"]`);
    const theirs = said.querySelector("input");
    input.className = theirs.className;
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (theirs.hasAttribute(name)) input.setAttribute(name, theirs.getAttribute(name));
      else input.removeAttribute(name);
    }
    for (const old of field.querySelectorAll(".invalid-feedback")) old.remove();
    const group = input.closest(".input-group") ?? input.parentElement;
    group.append(...said.querySelectorAll(".invalid-feedback"));
  }
}

async function work() {
  asked?.abort();
  asked = new AbortController();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  const fragment = new URL(address);
  fragment.searchParams.set("fragment", "1");
  try {
    const answer = await fetch(fragment, { signal: asked.signal });
    if (answer.status !== 200 && answer.status !== 400) return;
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.replaceState(null, "", address);
  } catch (problem) {
    if (problem.name !== "AbortError") form.dataset.offline = "";  // the button still works
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(work, PAUSE);
});
