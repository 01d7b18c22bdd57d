"""What stands in Moodle XML where nothing is read: text between elements, and elements within others."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.formats.nodes import Node
from assessments.formats.parsed import Loss, one_line

# Elements that hold other elements only: a text between those belongs to nothing.
_FRAMES = {"question", "tags", "units", "unit", "hint", "subquestion"}
# What is read, or named as lost, within the elements of a question.
_KNOWN = {
    *(
        "text",
        "file",
        "feedback",
        "tolerance",
        "fraction",
        "answer",
        "tag",
        "unit",
        "unit_name",
        "multiplier",
    ),
    *(
        "shownumcorrect",
        "clearwrong",
        "options",
        "tolerancetype",
        "correctanswerformat",
        "correctanswerlength",
    ),
}


def stray_text(node: Node) -> str:
    """The text directly in an element whose text is read from elsewhere; empty if there is none."""
    if node.tag in _FRAMES or node.first("text"):
        return one_line("".join(each for each in node.inside if isinstance(each, str)))
    return ""


def strays(question: Node) -> Iterator[Loss]:
    """Everything within a question that nothing reads."""
    for node in (question, *_holders(question)):
        if text := stray_text(node):
            said = {"text": text, "tag": one_line(node.tag, 40)}
            yield Loss(
                _("Text beside the elements of <%(tag)s>: “%(text)s”") % said,
                _("Nothing says what it belongs to."),
            )
        if node is question:
            continue  # its own elements are looked at one by one
        for child in node.children:
            if child.tag not in _KNOWN and child.text.strip() and not node.is_markup(child):
                said = {"tag": one_line(child.tag, 40), "within": one_line(node.tag, 40)}
                value = one_line(child.text)
                yield Loss(
                    _("<%(tag)s> in <%(within)s>: “%(value)s”") % {**said, "value": value},
                    _("There is no such setting here."),
                )


def _holders(node: Node) -> Iterator[Node]:
    """The elements below one, but for texts, whose elements are their markup."""
    for child in node.children:
        if child.tag != "text" and not node.is_markup(child):
            yield child
            yield from _holders(child)
