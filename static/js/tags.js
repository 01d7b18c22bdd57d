// A line of tags parted by commas: the browser completes whole lines only, so each known tag is offered behind
// what stands before the last comma.
const input = document.querySelector('input[list="known-tags"]');
const list = document.getElementById("known-tags");

if (input && list) {
  const known = [...list.options].map((option) => option.value);
  input.addEventListener("input", () => {
    const before = input.value.slice(0, input.value.lastIndexOf(",") + 1);
    const start = before ? `${before} ` : "";
    list.replaceChildren(...known.map((tag) => new Option("", start + tag)));
  });
}
