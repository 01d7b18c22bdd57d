// Slides: the arrows, page keys, Home and End go from one to the next. Without this module there are links and scrolling.
const slides = [...document.querySelectorAll(".tk-slide")];
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

// The slide that fills most of the window: the last whose top is above its middle.
function current() {
  const above = slides.filter((slide) => slide.getBoundingClientRect().top < innerHeight / 2);
  return Math.max(0, above.length - 1);
}

function show(number) {
  const slide = slides[Math.min(Math.max(number, 0), slides.length - 1)];
  slide.scrollIntoView({ behavior: "instant" });
  slide.focus({ preventScroll: true });
  history.replaceState(null, "", `#${slide.id}`);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key in STEPS) show(current() + STEPS[event.key]);
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else return;
  event.preventDefault();
});
