// Written answers: the words are counted as they are typed, and the field grows with the text where the browser
// does not let it grow by itself. Without this module the limits stand below the field.
const text = document.querySelector("textarea[data-words]");
const said = text.parentElement.querySelector("[data-counted]");
const from = Number(text.dataset.from ?? 0);
const to = Number(text.dataset.to ?? Infinity);

const put = (words, figures) => words.replace(/\{(\w+)\}/g, (_, name) => figures[name].toLocaleString(document.documentElement.lang));

function count() {
  const count = (text.value.match(/\S+/g) ?? []).length;
  const parts = [put(count === 1 ? said.dataset.one : said.dataset.many, { count })];
  if (count && count < from) parts.push(put(said.dataset.short, { rest: from - count }));
  if (count > to) parts.push(put(said.dataset.long, { rest: count - to }));
  said.textContent = parts.join(" · ");
  said.toggleAttribute("data-over", count > to);
}

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  while (text.scrollHeight > text.clientHeight && text.rows < 60) text.rows += 1;
}

function follow() {
  count();
  grow();
}

said.hidden = false;
text.addEventListener("input", follow);
text.form?.addEventListener("takt:restored", follow);
follow();
