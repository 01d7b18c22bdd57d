// The exam clock: counts down from what the server said was left, says so aloud at five minutes and at one, and
// hands in at the end. The server decides; this only shows. More time can be given while it runs, so it asks the
// server every minute while the page is in sight, and once more before it hands in. The words are the page's, in
// data attributes.
const clock = document.querySelector("[data-clock]");
const shown = clock.querySelector("[data-clock-shown]");
const spoken = clock.querySelector("[data-clock-words]");
const form = clock.querySelector("[data-clock-submit]");
const start = performance.now();
const wall = Date.now();
const EVERY = 1000 * Number(clock.dataset.askEvery), PATIENCE = 5000, NOTABLE = 5;
let end = start + 1000 * Number(clock.dataset.secondsLeft);
let last = Infinity;
let timer = 0, asking = 0;
let handing = false;

const two = (number) => String(number).padStart(2, "0");
const remaining = () => Math.max(0, Math.ceil((end - performance.now()) / 1000));

function figure(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = `${minutes >= 60 ? two(minutes % 60) : minutes}:${two(seconds % 60)}`;
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${rest}` : rest;
}

function tick() {
  clearTimeout(timer);
  if (handing) return undefined;
  const left = remaining();
  shown.textContent = clock.dataset.left.replace("{time}", figure(left));
  if (left <= 300) clock.dataset.state = "warn";
  else delete clock.dataset.state;
  for (const [mark, text] of [[300, clock.dataset.five], [60, clock.dataset.one]]) {
    if (left <= mark && last > mark && last !== Infinity) spoken.textContent = text;
  }
  last = left;
  if (left === 0) return handIn();
  timer = setTimeout(tick, 1000 - ((performance.now() - start) % 1000) + 5);
  return undefined;
}

// What the server says is left; more than was known is said aloud.
function set(seconds) {
  const gained = seconds - remaining();
  end = performance.now() + 1000 * seconds;
  if (gained > NOTABLE) {
    last = Infinity;
    spoken.textContent = clock.dataset.more.replace("{time}", figure(seconds));
  }
}

async function ask() {
  try {
    const response = await fetch(clock.dataset.ask, {
      headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
    });
    return response.status === 200 ? await response.json() : null;
  } catch {
    return null; // without a connection the clock goes on by itself
  }
}

function heed(answer) {
  set(answer.seconds_left);
  for (const time of document.querySelectorAll("[data-clock-ends]")) time.textContent = answer.ends_at;
}

async function follow() {
  const answer = await ask();
  if (answer && !handing && answer.seconds_left !== null) {
    heed(answer);
    tick();
  }
  if (!document.hidden && !handing) wait();
}

function wait() {
  clearTimeout(asking);
  asking = setTimeout(follow, EVERY);
}

async function handIn() {
  handing = true;
  clearTimeout(asking);
  const answer = await ask();
  if (answer?.is_open && answer.seconds_left === null) return location.reload(); // there is no limit any more
  if (answer?.is_open && answer.seconds_left > 0) {
    handing = false;
    heed(answer);
    wait();
    return tick();
  }
  spoken.textContent = shown.textContent = clock.dataset.over;
  const saves = [];
  document.dispatchEvent(new CustomEvent("takt:flush", { detail: saves }));
  // The last answer has half a minute's grace; waiting longer would lose it.
  await Promise.race([Promise.all(saves), new Promise((done) => setTimeout(done, 8000))]);
  form.requestSubmit();
  return undefined;
}

// Each save brings the server's time; a machine that slept fetches it by loading the page again.
document.addEventListener("takt:clock", (event) => {
  set(event.detail);
  if (!handing) tick();
});
document.addEventListener("visibilitychange", () => {
  clearTimeout(asking);
  if (document.hidden || handing) return;
  const slept = Date.now() - wall - (performance.now() - start);
  if (slept < 3000) {
    follow();
    return;
  }
  clearTimeout(timer);
  location.reload();
});

tick();
if (!handing && !document.hidden) wait();
