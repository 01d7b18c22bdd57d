"""The HTML of foreign questions as Markdown: a safe subset is kept, everything else is named."""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from assessments.formats.html_looks import INLINE, lost_looks, marks_of
from assessments.formats.html_marks import BOLD, CLOSE, ITALIC, OPEN, parted, with_stars, without_marks
from assessments.formats.parsed import Loss, one_line
from assessments.formats.plain import escape_inline, escape_start

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_MARKS = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC}
_ENCLOSING = ("code", "sub", "sup", "a")
_BLOCKS = {"p", "div", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "center"}
_THROUGH = {"html", "body", "tbody", "thead", "tfoot"}
_MUTE = {"script", "style", "head", "title", "iframe", "object", "svg", "math", "audio", "video"}
_VOID = {"br", "hr", "img", "input", "source", "wbr", "col", "meta", "link"}
_DEEPEST_LIST = 6


def html_to_markdown(html: str) -> tuple[str, list[Loss]]:
    """The Markdown of a piece of HTML, and what of it was not carried over."""
    maker = _Maker()
    maker.feed(html)
    maker.close()
    return maker.result(), list(dict.fromkeys(maker.losses))


@dataclass(frozen=True)
class _Inline:
    """An element that is open within the line: what it marks, and the piece at which it begins."""

    tag: str
    at: int
    marks: tuple[str, ...] = ()
    url: str = ""


class _Maker(HTMLParser):
    """Builds blocks of Markdown; the line being written is a list of pieces, so that marks enclose them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.pieces: list[str] = []
        self.open: list[_Inline] = []
        self.depth: Counter[str] = Counter()  # of the open elements and marks, how many of each
        self.lists: list[int] = []
        self.table: list[list[str]] | None = None
        self.mute = self.raw = 0
        self.behind_picture = False
        self.losses: list[Loss] = []

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _MUTE:
            self.mute += 1
            self.lose(_named(tag), _("It was left out with what is in it."))
        elif self.mute:
            return
        else:
            self.losses += lost_looks(tag, given)
            if tag in _VOID:
                self.void(tag, given)
            elif tag in _MARKS or tag in INLINE or tag in _ENCLOSING:
                self.begin_inline(tag, given)
            else:
                self.begin_block(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _MUTE:
            self.mute = max(0, self.mute - 1)
        elif self.mute or tag in _VOID:
            return
        elif self.depth[tag]:
            while self.end_inline().tag != tag:
                pass
        else:
            self.end_block(tag)

    def handle_data(self, data: str) -> None:
        if self.mute:
            return
        if self.behind_picture and data[:1].isalnum():
            self.pieces.append(" ")
        self.behind_picture = False
        if self.raw:
            self.pieces.append(data)
        elif self.depth["code"]:
            self.pieces.append(re.sub(r"\s+", " ", data))
        else:
            text = escape_inline(re.sub(r"[ \t\n\r\f]+", " ", data))
            self.pieces.append(text.replace("|", "\\|") if self.table is not None else text)

    # Inline

    def begin_inline(self, tag: str, given: dict[str, str]) -> None:
        marks = [_MARKS[tag]] if tag in _MARKS else marks_of(given) if tag in INLINE else []
        if marks and (self.raw or self.depth["code"]):
            self.name_tag(tag)
            marks = []
        marks = [mark for mark in marks if not self.depth[mark]]
        self.pieces += [OPEN[mark] for mark in marks]
        self.open.append(_Inline(tag, len(self.pieces), tuple(marks), given.get("href", "")))
        self.depth.update([tag, *marks])

    def end_inline(self) -> _Inline:
        """Close what was opened last, and hand it back."""
        ended = self.open.pop()
        self.depth.subtract([ended.tag, *ended.marks])
        self.pieces += [CLOSE[mark] for mark in reversed(ended.marks)]
        if ended.tag in _ENCLOSING:
            self.enclose(ended)
        return ended

    def void(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.pieces.append("\\\n" if self.table is None else " ")
        elif tag == "hr":
            self.flush()
            self.blocks.append("---")
        elif tag == "img":
            self.picture(given.get("src", ""), one_line(given.get("alt", ""), 300))
        elif tag != "wbr":
            self.name_tag(tag)

    def picture(self, source: str, words: str) -> None:
        """Name a picture; the words that stand for it stay, apart from those beside it."""
        name = one_line(words or ("" if source.startswith("data:") else source.rpartition("/")[2]), 60)
        what = _("Picture “%(name)s”") % {"name": name} if name else _("Picture without a name")
        self.lose(what, _("Texts here hold no pictures."))
        if words and self.pieces and self.pieces[-1][-1:].isalnum():
            self.pieces.append(" ")
        self.pieces.append(escape_inline(words))
        self.behind_picture = bool(words)

    def enclose(self, ended: _Inline) -> None:
        inner = "".join(self.pieces[ended.at :])
        del self.pieces[ended.at :]
        text = inner.strip()
        if not without_marks(text).strip() or self.raw:
            self.pieces.append(inner)
            return
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        self.pieces += [before, self.enclosed(ended, text), after]

    def enclosed(self, ended: _Inline, text: str) -> str:
        if ended.tag == "a":
            return self.linked(ended.url, text)
        text = without_marks(text)
        if ended.tag == "code":
            fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
            pad = " " if "`" in text else ""
            return f"{fence}{pad}{text}{pad}{fence}"
        return self.shifted(ended.tag, text)

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

    def begin_block(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self.flush()
            start = given.get("start", "").strip()
            first = int(start) if start.isdecimal() and len(start) < 9 else 1
            self.lists.append(max(0, first - 1) if tag == "ol" else -1)
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
            self.end_inline()
        text = with_stars("".join(self.pieces))
        self.pieces.clear()
        text = re.sub(r"(\\\n|[ ])*\\\n[ ]*", "\\\\\n", re.sub(r" {2,}", " ", text))
        return parted(text)[1]

    def flush(self, *, heading: bool = False, quote: bool = False) -> None:
        """End the paragraph or item that is being written."""
        if self.table is not None or self.raw:
            self.pieces.append(" ")
            return
        marked = [each for each in self.open if each.marks]
        text = "\n".join(escape_start(line) for line in self.take().split("\n"))
        for each in marked:  # bold and italics go on beyond the end of a paragraph
            self.pieces += [OPEN[mark] for mark in each.marks]
            self.open.append(_Inline(each.tag, len(self.pieces), each.marks))
            self.depth.update([each.tag, *each.marks])
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
