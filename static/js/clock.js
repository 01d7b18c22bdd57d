// The exam clock: counts down from what the server said was left, says so aloud at five minutes and at one, and
// hands in at the end. The server decides; this only shows. The words are the page's, in data attributes.
const clock = document.querySelector("[data-clock]");
const shown = clock.querySelector("[data-clock-shown]");
const spoken = clock.querySelector("[data-clock-words]");
const form = clock.querySelector("[data-clock-submit]");
const start = performance.now();
const wall = Date.now();
let end = start + 1000 * Number(clock.dataset.secondsLeft);
let last = Infinity;
let timer = 0;

const two = (number) => String(number).padStart(2, "0");

function figure(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = `${minutes >= 60 ? two(minutes % 60) : minutes}:${two(seconds % 60)}`;
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${rest}` : rest;
}

function tick() {
  const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
  shown.textContent = clock.dataset.left.replace("{time}", figure(left));
  if (left <= 300) clock.dataset.state = "warn";
  for (const [mark, text] of [[300, clock.dataset.five], [60, clock.dataset.one]]) {
    if (left <= mark && last > mark && last !== Infinity) spoken.textContent = text;
  }
  last = left;
  if (left === 0) return handIn();
  timer = setTimeout(tick, 1000 - ((performance.now() - start) % 1000) + 5);
}

async function handIn() {
  spoken.textContent = shown.textContent = clock.dataset.over;
  const saves = [];
  document.dispatchEvent(new CustomEvent("takt:flush", { detail: saves }));
  // The last answer has half a minute's grace; waiting longer would lose it.
  await Promise.race([Promise.all(saves), new Promise((done) => setTimeout(done, 8000))]);
  form.requestSubmit();
}

// Each save brings the server's time; a machine that slept fetches it by loading the page again.
document.addEventListener("takt:clock", (event) => { end = performance.now() + 1000 * event.detail; });
document.addEventListener("visibilitychange", () => {
  const slept = Date.now() - wall - (performance.now() - start);
  if (document.hidden || slept < 3000) return;
  clearTimeout(timer);
  location.reload();
});

tick();
