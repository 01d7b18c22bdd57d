// Copy buttons: data-copy names the field whose value is copied; the words are the page's own.
// Without this module the field can be selected and copied by hand.
const status = document.querySelector("[data-copy-status]");

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const word = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    let copied = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch { // not over plain HTTP, or not allowed: the old way, and failing that the keyboard
      copied = document.execCommand("copy");
    }
    button.textContent = copied ? button.dataset.copied : button.dataset.refused;
    if (status) status.textContent = button.textContent;
    clearTimeout(timer);
    timer = setTimeout(() => { button.textContent = word; }, 4000);
  });
  field.addEventListener("focus", () => field.select());
}
