"""An XML file as a plain tree that remembers its lines, read by a hardened parser and kept within bounds.

What was read before a mistake is kept: a file that breaks off in the middle still gives what it holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from django.utils.translation import gettext as _

from assessments.formats.parsed import Remark, one_line

_DEEPEST = 50
_MOST_NODES = 400_000
# Elements that are the formatting of a text that is written without a `<text>` around it.
_MARKUP = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "big",
            "blockquote",
            "br",
            "code",
            "dd",
            "del",
            "div",
            "dl",
            "dt",
            "em",
            "hr",
            "i",
        ),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "img",
            "ins",
            "li",
            "math",
            "ol",
            "p",
            "pre",
            "q",
            "s",
            "small",
        ),
        *("span", "strong", "sub", "sup", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt"),
        *("u", "ul"),
    }
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class _Bounds(Exception):
    """The tree is deeper or larger than any question file."""


@dataclass
class Node:
    """An element: its text and children in order, and the line on which it begins."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0
    inside: list["str | Node"] = field(default_factory=list)
    is_complete: bool = False

    @property
    def children(self) -> Iterator["Node"]:
        return (each for each in self.inside if isinstance(each, Node))

    @property
    def within(self) -> Iterator["Node"]:
        """All elements below it, at any depth."""
        for child in self.children:
            yield child
            yield from child.within

    def all(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next((child for child in self.children if child.tag == tag), None)

    @property
    def text(self) -> str:
        """Its text; elements in it as they would be written, since some files do not wrap their HTML."""
        return "".join(each if isinstance(each, str) else each.written for each in self.inside)

    @property
    def own_text(self) -> str:
        """What stands in its `<text>`; without one, what stands in it beside elements that are no markup."""
        wrapped = self.first("text")
        if wrapped:
            return wrapped.text
        own = (each for each in self.inside if isinstance(each, str) or self.is_markup(each))
        return "".join(each if isinstance(each, str) else each.written for each in own)

    def is_markup(self, child: "Node") -> bool:
        """Whether an element in it is the formatting of its text."""
        return child.tag in _MARKUP and self.first("text") is None

    @property
    def written(self) -> str:
        return f"<{self.tag}>{self.text}</{self.tag}>"

    def said(self, tag: str) -> str:
        """The text of a child, with or without `<text>` around it; empty if there is none."""
        child = self.first(tag)
        if child is None:
            return ""
        return (child.first("text") or child).text.strip()


def read_nodes(text: str) -> tuple[Node | None, Remark | None]:
    """The root of a file, as far as it can be read, and what stopped the reading. Never raises."""
    builder = _Builder()
    # The text is decoded already; another encoding in its declaration would be believed.
    data = _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), text, count=1).encode()
    try:
        parseString(data, builder, forbid_dtd=True)
    except DefusedXmlException:
        message = _("It declares a document type or entities. Those can be traps, so the file is not read.")
        return None, Remark(builder.line, message)
    except _Bounds:
        message = _("This is too deep or too large for a question file. The rest is not read.")
        return builder.root, Remark(builder.line, message)
    except SAXParseException as error:
        message = _("The XML is not well formed here (%(reason)s). What follows cannot be read.")
        said = message % {"reason": one_line(error.getMessage(), 100)}
        return builder.root, Remark(error.getLineNumber() or builder.line, said)
    return builder.root, None


class _Builder(ContentHandler):
    """Builds the tree from what the parser tells."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802  the parser's name
        self.locator = locator

    @property
    def line(self) -> int:
        return (self.locator.getLineNumber() if self.locator else 0) or 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self.count += 1
        if len(self.open) >= _DEEPEST or self.count > _MOST_NODES:
            raise _Bounds
        node = Node(name, dict(attrs.items()), self.line)
        if self.open:
            self.open[-1].inside.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop().is_complete = True

    def characters(self, content: str) -> None:
        if self.open:
            self.open[-1].inside.append(content)
