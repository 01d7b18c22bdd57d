"""What stands in Moodle XML where nothing is read: text between elements, and elements within others."""

from collections.abc import Iterator, Sequence, Set

from django.utils.translation import gettext as _

from assessments.formats.nodes import Node
from assessments.formats.parsed import Loss, one_line

# Elements that hold other elements only: a text between those belongs to nothing.
_FRAMES = {"question", "tags", "coursetags", "units", "unit", "hint", "subquestion"}
# What is read, or named as lost, within an element; within others it is their text.
_READ: dict[str, set[str]] = {
    "tags": {"tag"},
    "coursetags": {"tag"},
    "units": {"unit"},
    "unit": {"unit_name", "multiplier"},
    "subquestion": {"text", "answer"},
    "answer": {"text", "feedback", "tolerance", "fraction"},
    "hint": {"text", "shownumcorrect", "clearwrong", "options"},
}
_TEXT = {"text"}
# Of these there are several in an element.
_SEVERAL = {"tag", "unit", "file", "answer", "subquestion", "hint", "units", "tags", "coursetags"}


def stray_text(node: Node) -> str:
    """The text directly in an element whose text is read from elsewhere; empty if there is none."""
    if node.tag in _FRAMES or node.first("text"):
        return one_line("".join(each for each in node.inside if isinstance(each, str)))
    return ""


def strays(question: Node, kind: str, read: Set[str]) -> Iterator[Loss]:
    """Everything within a question that nothing reads. `kind` is its type, `read` its elements that are."""
    yield from _within(question, read)
    for node, parent in _holders(question):
        yield from _within(node)
        for child in node.children:
            if node.is_markup(child):
                continue
            if child.tag == "file":
                yield lost_file(child)
            elif child.tag not in _read_in(node, parent, kind) and child.text.strip():
                said = {"tag": one_line(child.tag, 40), "within": one_line(node.tag, 40)}
                yield Loss(
                    _("<%(tag)s> in <%(within)s>: “%(value)s”") % {**said, "value": one_line(child.text)},
                    _("There is no such setting here."),
                )


def lost_file(file: Node) -> Loss:
    """A file that a text holds."""
    said = _("File “%(name)s”") % {"name": one_line(file.attributes.get("name", ""), 60)}
    return Loss(said, _("Texts here hold no files."))


def _within(node: Node, read: Set[str] | None = None) -> Iterator[Loss]:
    """Text beside the elements of an element, and elements that stand there again and say otherwise."""
    if text := stray_text(node):
        said = {"text": text, "tag": one_line(node.tag, 40)}
        yield Loss(
            _("Text beside the elements of <%(tag)s>: “%(text)s”") % said,
            _("Nothing says what it belongs to."),
        )
    for tag in dict.fromkeys(child.tag for child in node.children if not node.is_markup(child)):
        if read is not None and tag not in read:
            continue  # each of these is named
        if tag not in _SEVERAL or (node.tag == "subquestion" and tag == "answer"):
            yield from _repeated(node.all(tag))


def _repeated(same: Sequence[Node]) -> Iterator[Loss]:
    """Of an element that is read once, what later ones say otherwise."""
    values = [one_line((node.first("text") or node).text) for node in same]
    for node, value in zip(same[1:], values[1:], strict=True):
        if value != values[0]:
            said = {"tag": one_line(node.tag, 40), "value": value}
            yield Loss(_("A second <%(tag)s>: “%(value)s”") % said, _("The first one counts."))


def _read_in(node: Node, parent: Node, kind: str) -> set[str]:
    read = _READ.get(node.tag, _TEXT)
    if node.tag != "answer":
        return read
    if parent.tag == "subquestion":
        return _TEXT
    read = read if kind == "numerical" else read - {"tolerance"}
    return read - {"fraction"} if node.attributes.get("fraction") else read


def _holders(node: Node) -> Iterator[tuple[Node, Node]]:
    """The elements below one, but for texts, whose elements are their markup; each with its parent."""
    for child in node.children:
        if child.tag != "text" and not node.is_markup(child):
            yield child, node
            yield from _holders(child)
