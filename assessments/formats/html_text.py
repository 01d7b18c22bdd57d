"""The HTML of foreign questions as Markdown: a safe subset is kept, everything else is named."""

import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from assessments.formats.parsed import Loss, one_line
from assessments.formats.plain import escape_inline, escape_start

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BLOCKS = {"p", "div", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "center"}
_THROUGH = {
    "html",
    "body",
    "span",
    "font",
    "tbody",
    "thead",
    "tfoot",
    "small",
    "big",
    "abbr",
    "cite",
    "label",
}
_MUTE = {"script", "style", "head", "title", "iframe", "object", "svg", "math", "audio", "video"}
_VOID = {"br", "hr", "img", "input", "source", "wbr", "col", "meta", "link"}
_DEEPEST_LIST = 6


def html_to_markdown(html: str) -> tuple[str, list[Loss]]:
    """The Markdown of a piece of HTML, and what of it was not carried over."""
    maker = _Maker()
    maker.feed(html)
    maker.close()
    return maker.result(), list(dict.fromkeys(maker.losses))


class _Maker(HTMLParser):
    """Builds blocks of Markdown; the line being written is a list of pieces, so that marks enclose them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.pieces: list[str] = []
        self.open: list[tuple[str, int]] = []
        self.lists: list[int] = []
        self.table: list[list[str]] | None = None
        self.mute = self.raw = 0
        self.losses: list[Loss] = []

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _MUTE:
            self.mute += 1
            self.lose(_named(tag), _("It was left out with what is in it."))
        elif self.mute:
            return
        elif tag in _VOID:
            self.void(tag, given)
        elif tag in _MARKS or tag in ("code", "sub", "sup", "a"):
            self.open.append((f"a {given.get('href', '')}" if tag == "a" else tag, len(self.pieces)))
        else:
            self.begin_block(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _MUTE:
            self.mute = max(0, self.mute - 1)
        elif self.mute or tag in _VOID:
            return
        elif any(name.split(" ")[0] == tag for name, _at in self.open):
            while self.open:
                name, at = self.open.pop()
                self.enclose(name, at)
                if name.split(" ")[0] == tag:
                    break
        else:
            self.end_block(tag)

    def handle_data(self, data: str) -> None:
        if self.mute:
            return
        if self.raw:
            self.pieces.append(data)
        elif any(name == "code" for name, _at in self.open):
            self.pieces.append(re.sub(r"\s+", " ", data))
        else:
            text = escape_inline(re.sub(r"[ \t\n\r\f]+", " ", data))
            self.pieces.append(text.replace("|", "\\|") if self.table is not None else text)

    # Inline

    def void(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.pieces.append("\\\n" if self.table is None else " ")
        elif tag == "hr":
            self.flush()
            self.blocks.append("---")
        elif tag == "img":
            name = one_line(given.get("alt") or given.get("src", "").rpartition("/")[2], 60)
            self.lose(_("Picture “%(name)s”") % {"name": name}, _("Texts here hold no pictures."))
            self.pieces.append(escape_inline(one_line(given.get("alt", ""), 300)))
        elif tag != "wbr":
            self.name_tag(tag)

    def enclose(self, name: str, at: int) -> None:
        inner = "".join(self.pieces[at:])
        del self.pieces[at:]
        text = inner.strip()
        if not text or self.raw:
            self.pieces.append(inner)
            return
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        self.pieces += [before, self.marked(name, text), after]

    def marked(self, name: str, text: str) -> str:
        if name in _MARKS:
            mark = _MARKS[name]
            return text if text.startswith("*") or text.endswith("*") else f"{mark}{text}{mark}"
        if name == "code":
            fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
            pad = " " if "`" in text else ""
            return f"{fence}{pad}{text}{pad}{fence}"
        if name in ("sub", "sup"):
            return self.shifted(name, text)
        return self.linked(name[2:], text)

    def shifted(self, name: str, text: str) -> str:
        signs = _RAISED if name == "sup" else _LOWERED
        if all(sign in signs for sign in text):
            return "".join(signs[sign] for sign in text)
        what = _("Raised “%(text)s”") if name == "sup" else _("Lowered “%(text)s”")
        self.lose(what % {"text": one_line(text, 40)}, _("There is no such sign; it stands in brackets."))
        return f"^({text})" if name == "sup" else f"({text})"

    def linked(self, url: str, text: str) -> str:
        if re.fullmatch(r"(https?://|mailto:)[^\s()<>]+", url):
            return f"[{text}]({url})"
        self.lose(_("Link to “%(url)s”") % {"url": one_line(url, 60)}, _("Only web addresses are linked to."))
        return text

    # Blocks

    def begin_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.flush()
            self.lists.append(0 if tag == "ol" else -1)
        elif tag == "table":
            self.flush()
            self.table = [] if self.table is None else self.table
        elif tag == "tr" and self.table is not None:
            self.table.append([])
        elif tag in ("td", "th", "caption"):
            self.pieces.clear() if self.table is not None else self.flush()
        elif tag == "pre":
            self.flush()
            self.raw += 1
        elif tag in _BLOCKS or tag == "li":
            self.flush()
        elif tag not in _THROUGH:
            self.name_tag(tag)

    def end_block(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.flush()
            self.lists.pop()
        elif tag == "table" and self.table is not None:
            self.end_table()
        elif tag in ("td", "th") and self.table:
            self.table[-1].append(" ".join(self.take().split()))
        elif tag == "caption" and self.table is not None:
            caption = " ".join(self.take().split())
            self.blocks += [caption] if caption else []
        elif tag == "pre":
            code = "".join(self.pieces).strip("\n").rstrip()
            self.pieces.clear()
            self.raw = max(0, self.raw - 1)
            if code.strip():
                self.blocks.append(f"```\n{code.replace('```', chr(96) * 2)}\n```")
        elif tag in _BLOCKS or tag == "li":
            self.flush(heading=tag[0] == "h" and tag[1:].isdigit(), quote=tag == "blockquote")

    def end_table(self) -> None:
        self.flush()
        rows = [row for row in self.table or [] if row]
        self.table = None
        if not rows:
            return
        width = max(len(row) for row in rows)
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        self.blocks.append("\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]))

    def take(self) -> str:
        """The line being written, with every mark in it closed."""
        while self.open:
            self.enclose(*self.open.pop())
        text = "".join(self.pieces)
        self.pieces.clear()
        text = re.sub(r"(\\\n|[ ])*\\\n[ ]*", "\\\\\n", text)
        return re.sub(r"^(\\\n|\s)+|(\\\n|\s)+$", "", re.sub(r" {2,}", " ", text))

    def flush(self, *, heading: bool = False, quote: bool = False) -> None:
        """End the paragraph or item that is being written."""
        if self.table is not None or self.raw:
            self.pieces.append(" ")
            return
        text = "\n".join(escape_start(line) for line in self.take().split("\n"))
        if not text:
            return
        if self.lists:
            depth = min(len(self.lists), _DEEPEST_LIST)
            if self.lists[-1] >= 0:
                self.lists[-1] += 1
            sign = f"{self.lists[-1]}." if self.lists[-1] >= 0 else "-"
            pad = "   " * (depth - 1)
            item = f"{pad}{sign} " + text.replace("\n", f"\n{pad}   ")
            if self.blocks and re.match(r"\s*(-|\d+\.) ", self.blocks[-1]):
                self.blocks[-1] += f"\n{item}"
            else:
                self.blocks.append(item)
        elif quote:
            self.blocks.append("> " + text.replace("\n", "\n> "))
        else:
            self.blocks.append(f"### {text}" if heading and "\n" not in text else text)

    def result(self) -> str:
        self.raw = 0
        if self.table is not None:
            self.end_table()
        self.flush()
        return "\n\n".join(self.blocks)

    def lose(self, what: str, reason: str) -> None:
        self.losses.append(Loss(what, reason))

    def name_tag(self, tag: str) -> None:
        self.lose(_named(tag), _("Only its text stays."))


def _named(tag: str) -> str:
    return _("HTML element <%(tag)s>") % {"tag": one_line(tag, 30)}
