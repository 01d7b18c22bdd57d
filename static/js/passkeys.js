// Passkeys and security keys: joins our buttons to allauth's functions, so that no page needs an inline script.
// A button says what it does: data-passkey (the function), data-credential, data-options, data-passwordless (ids).
const problem = document.querySelector("[data-passkey-problem]");
const forms = window.allauth?.webauthn?.forms;

if (window.PublicKeyCredential && forms) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, credential, options, passwordless } = button.dataset;
    const key = { addForm: "add", authenticateForm: "authenticate", loginForm: "login" }[passkey];
    forms[passkey]({ ids: { [key]: button.id, credential, data: options, passwordless } });
    button.addEventListener("click", () => { problem.hidden = true; });
    button.hidden = false;
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  problem.hidden = false;
});
