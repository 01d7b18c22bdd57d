"""Drawings: SVG that may stand in a page, because it holds shapes and words and nothing else.

An editor's or an author's file is read strictly, so that what is wrong with it can be said with its line;
what was stored is cleaned once more when it goes into a page. A drawing has no colour and no type of its own:
its classes take those of the page (static/css/figures.css), so that it is right in light, dark and print.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape
from xml.sax.xmlreader import AttributesImpl, Locator

import nh3
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

MOST_BYTES = 60_000
# The width at which type of 13 px is right on a phone and beside a text.
WIDTH, SHORTEST, TALLEST = 400, 40, 400
DEEPEST = 12
MOST_PROBLEMS = 12

SHAPES = {"d-line", "d-strong", "d-accent", "d-dash", "d-box", "d-tint", "d-fill", "d-soft", "d-head"}
STATES = {"d-good", "d-warn", "d-bad"}
CLASSES = SHAPES | STATES | {"d-text", "d-small", "d-bold", "d-on-fill"}
_PLACED = "x y dx dy text-anchor transform class"
ATTRIBUTES = {
    "svg": {"viewBox"},
    **{
        name: set(words.split())
        for name, words in {
            "g": "transform class",
            "rect": "x y width height rx ry transform class",
            "circle": "cx cy r transform class",
            "ellipse": "cx cy rx ry transform class",
            "line": "x1 y1 x2 y2 transform class",
            "path": "d transform class",
            "polyline": "points transform class",
            "polygon": "points transform class",
            "text": _PLACED,
            "tspan": _PLACED,
        }.items()
    },
}
WORDED = ("text", "tspan", "title")
# What a value may consist of: figures, the letters of a path, the names of the transformations.
VALUE = re.compile(r"[-+0-9.,eE\s]*")
VALUES = {
    "d": re.compile(r"[-+0-9.,eE\sMmLlHhVvCcSsQqTtAaZz]*"),
    "transform": re.compile(r"(\s*(translate|rotate|scale|matrix|skewX|skewY)\([-+0-9.,eE\s]*\)\s*)*"),
    "text-anchor": re.compile(r"start|middle|end"),
}
VIEW_BOX = re.compile(r"0 0 ([1-9][0-9]{0,3}) ([1-9][0-9]{0,3})")
# What says in which encoding the file was; it has been read already.
DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
XMLNS = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a drawing, and the line on which it stands."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("line %(line)d: %(message)s") % {"line": self.line, "message": self.message}


@dataclass(frozen=True)
class Drawing:
    """A drawing as it is kept: the SVG without its title, which is the text alternative."""

    svg: str
    title: str
    width: int
    height: int

    def as_file(self) -> str:
        """The file that reads as this drawing again."""
        head, end, rest = self.svg.partition(">")
        space = rest[: len(rest) - len(rest.lstrip())] or "\n"
        return f"{head}{end}{space}<title>{escape(self.title)}</title>{rest}\n"


@dataclass
class Read:
    """What came of reading: a drawing, or the reasons why it is none."""

    drawing: Drawing | None = None
    problems: list[Problem] = field(default_factory=list)


def read_drawing(text: str) -> Read:
    """The drawing in the text of an SVG file."""
    data = DECLARATION.sub("", text).encode(errors="replace")
    if len(data) > MOST_BYTES:
        said: dict[str, object] = {"most": MOST_BYTES // 1000}
        return Read(problems=[Problem(1, _("The drawing is over %(most)d kB. Leave details out.") % said)])
    reader = _Reader()
    try:
        parseString(data, reader, forbid_dtd=True)
    except DefusedXmlException:
        message = _("A drawing declares no document type and no entities. Take the line <!DOCTYPE …> out.")
        return Read(problems=[Problem(1, message)])
    except SAXParseException as error:
        said = {"reason": error.getMessage()}
        message = _("This is no well-formed SVG (%(reason)s). Close every element, quote every value.") % said
        return Read(problems=[Problem(error.getLineNumber() or 1, message)])
    except ValueError as error:  # an encoding that does not exist, and the like
        return Read(problems=[Problem(1, _("This cannot be read as SVG (%(reason)s).") % {"reason": error})])
    return reader.result()


class _Reader(ContentHandler):
    """Walks through a file, notes what does not belong in a drawing, and writes down what does."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.title: list[str] = []
        self.titles = 0
        self.size = (0, 0)
        self.problems: list[Problem] = []
        self.place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name that SAX calls
        self.place = locator

    def result(self) -> Read:
        if self.problems:
            return Read(problems=self.problems[:MOST_PROBLEMS])
        title = " ".join("".join(self.title).split())
        return Read(Drawing("".join(self.pieces), title, *self.size))

    def note(self, message: str, **said: object) -> None:
        line = self.place.getLineNumber() if self.place else 1
        problem = Problem(line or 1, message % said if said else message)
        if problem not in self.problems:
            self.problems.append(problem)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if not self.open and name != "svg":
            self.note(_("A drawing begins with <svg …>, not with <%(name)s>."), name=name)
        elif name == "title":
            self._begin_title(attrs)
        elif name not in ATTRIBUTES or (name == "svg" and self.open):
            known = ", ".join(tag for tag in ATTRIBUTES if tag != "svg")
            self.note(
                _("<%(name)s> does not belong in a drawing. Use only %(known)s."), name=name, known=known
            )
        elif len(self.open) >= DEEPEST:
            self.note(_("Groups stand in groups too deep. Leave some out."))
        else:
            self.pieces.append(f"<{name}{self._attributes(name, attrs)}")
        self.open.append(name)
        if name != "title":
            self.pieces.append(">")

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop()
        if name == "title":
            while self.pieces and self.pieces[-1].isspace():
                self.pieces.pop()
        elif self.pieces and self.pieces[-1] == ">" and name != "svg":
            self.pieces[-1] = "/>"
        else:
            self.pieces.append(f"</{name}>")

    def characters(self, content: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title.append(content)
            return
        if content.strip() and (not self.open or self.open[-1] not in WORDED):
            self.note(_("Words in a drawing stand in <text>. Put “%(words)s” there."), words=content.strip())
        self.pieces.append(escape(content))

    def _begin_title(self, attrs: AttributesImpl) -> None:
        self.titles += 1
        if self.titles > 1 or len(self.open) != 1 or any(piece.strip() for piece in self.pieces[2:]):
            self.note(_("One <title> stands directly after <svg …>, before anything else."))
        if attrs.getNames():
            self.note(_("<title> has no attributes. Take them out."))

    def _attributes(self, name: str, attrs: AttributesImpl) -> str:
        written = ""
        for key in attrs.getNames():
            value = str(attrs.getValue(key))
            if name == "svg" and key == "xmlns":
                if value != XMLNS:
                    self.note(_('Write xmlns="%(xmlns)s".'), xmlns=XMLNS)
            elif key not in ATTRIBUTES[name]:
                self._refuse_attribute(name, key)
                continue
            elif not self._takes(key, value):
                self.note(
                    _('%(key)s="%(value)s" cannot stay. %(remedy)s'),
                    key=key,
                    value=value[:80],
                    remedy=_remedy(key),
                )
            written += ' {}="{}"'.format(key, escape(value, {'"': "&quot;"}))
        if name == "svg":
            self._require(attrs)
        return written

    def _takes(self, key: str, value: str) -> bool:
        if key == "class":
            return set(value.split()) <= CLASSES
        if key == "viewBox":
            return bool(VIEW_BOX.fullmatch(value))
        return bool(VALUES.get(key, VALUE).fullmatch(value))

    def _refuse_attribute(self, name: str, key: str) -> None:
        if key in ("fill", "stroke", "style", "color", "opacity") or key.startswith(("font", "stroke-")):
            self.note(
                _("Colour, line and type come from a class, not from “%(key)s”. Use one of: %(known)s."),
                key=key,
                known=", ".join(sorted(CLASSES)),
            )
            return
        known = ", ".join(sorted(ATTRIBUTES[name]))
        self.note(
            _("<%(name)s> takes no “%(key)s” here. Take it out; known are %(known)s."),
            name=name,
            key=key,
            known=known,
        )

    def _require(self, attrs: AttributesImpl) -> None:
        names = attrs.getNames()
        if "viewBox" not in names:
            self.note(_('<svg> needs viewBox="0 0 400 240": its width and height.'))
            return
        found = VIEW_BOX.fullmatch(str(attrs.getValue("viewBox")))
        if not found:
            return
        self.size = width, height = int(found[1]), int(found[2])
        if width != WIDTH or not SHORTEST <= height <= TALLEST:
            said = {"width": WIDTH, "least": SHORTEST, "most": TALLEST}
            self.note(
                _("A drawing is %(width)d wide and %(least)d to %(most)d high, so that it can be read."),
                **said,
            )


def _remedy(key: str) -> str:
    if key == "class":
        return _("Use only these classes: %(known)s.") % {"known": ", ".join(sorted(CLASSES))}
    if key == "viewBox":
        return _("Write “0 0”, the width and the height in whole figures: 0 0 400 240.")
    if key == "text-anchor":
        return _("Write start, middle or end.")
    return _("Write plain figures, without a unit.")


def svg_html(svg: str, alt: str) -> SafeString:
    """A stored drawing as part of a page: cleaned, and named by its text alternative."""
    fixed: dict[str, Any] = {"svg": {"role": "img", "aria-label": alt, "class": "tk-drawing"}}
    cleaned = nh3.clean(
        svg,
        tags=set(ATTRIBUTES),
        attributes={name: keys - {"class"} for name, keys in ATTRIBUTES.items()},
        allowed_classes={name: set(CLASSES) for name in ATTRIBUTES if name != "svg"},
        clean_content_tags={"script", "style", "title", "foreignobject", "desc", "metadata"},
        set_tag_attribute_values=fixed,
        url_schemes=set(),
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned on the line above
