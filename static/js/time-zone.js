// Offers the time zone of this device where the settings say another one. Without this module one chooses it by hand.
const offer = document.querySelector("[data-zone-here]");
const field = document.querySelector("select[name=time_zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

function show() {
  offer.hidden = field.value === here;
}

if (offer && field && [...field.options].some((option) => option.value === here)) {
  offer.querySelector("b").textContent = here.replaceAll("_", " ");
  offer.querySelector("button").addEventListener("click", () => {
    field.value = here;
    show();
    field.focus();
  });
  field.addEventListener("change", show);
  show();
}
