// Theme: system → light → dark → system. Without this module the page follows the system.
// The choice lives in a cookie, so that the server can write data-bs-theme into <html> and nothing flashes.
// The words are the page's, in its own language: data-system, data-light and data-dark of the button.
const order = ["system", "light", "dark"];
const root = document.documentElement;
const button = document.querySelector("[data-theme-button]");
const secure = location.protocol === "https:" ? "; secure" : "";
let choice = document.cookie.match(/(?:^|; )theme=(light|dark)(?:;|$)/)?.[1] ?? "system";

function show() {
  if (choice === "system") root.removeAttribute("data-bs-theme");
  else root.setAttribute("data-bs-theme", choice);
  button?.setAttribute("aria-label", button.dataset[choice]);
  button?.setAttribute("title", button.dataset[choice]);
}

show();
if (button) button.hidden = false;
button?.addEventListener("click", () => {
  choice = order[(order.indexOf(choice) + 1) % order.length];
  document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax${secure}`;
  show();
});
