"""Reading Moodle XML: what stands around every question. Its answers are read by `moodle_types`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.formats import building
from assessments.formats.building import NotOurs
from assessments.formats.decoding import decode
from assessments.formats.meta import finish, question_name
from assessments.formats.moodle_types import READERS, markdown_of, reason_against
from assessments.formats.nodes import Node, read_nodes
from assessments.formats.parsed import (
    MOST_QUESTIONS,
    ImportReport,
    Loss,
    ParsedQuestion,
    Remark,
    Unsupported,
    one_line,
)
from assessments.formats.stray import strays

# What Moodle writes into every question without anybody having chosen it.
_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "hidden": ("0",),
    "defaultgrade": ("1", "1.0", "1.0000000"),
    "shuffleanswers": ("1", "true"),
    "answernumbering": ("abc",),
    "showstandardinstruction": ("0", "1"),
    "unitgradingtype": ("0",),
    "unitpenalty": ("0.1", "0.1000000"),
    "showunits": ("0", "3"),
    "unitsleft": ("0",),
    "layouttype": ("VERTICAL",),
    "selecttype": ("ALL", "0"),
    "selectcount": ("0",),
    "numberingstyle": ("none", "abc"),
    "responseformat": ("editor",),
    "responserequired": ("1",),
    "responsefieldlines": ("10", "15"),
    "attachments": ("0",),
    "attachmentsrequired": ("0",),
    "maxbytes": ("0",),
}
_REASONS = {
    "defaultgrade": gettext_lazy("How many marks a question has is a setting of the assessment."),
    "hidden": gettext_lazy("Nothing is hidden here; a question that should not be asked stays a draft."),
    "shuffleanswers": gettext_lazy("Choices are shown in a fresh order each time."),
    "correctfeedback": gettext_lazy("Feedback belongs to each answer."),
    "partiallycorrectfeedback": gettext_lazy("Feedback belongs to each answer."),
    "incorrectfeedback": gettext_lazy("Feedback belongs to each answer."),
    "image": gettext_lazy("Texts here hold no pictures."),
    "image_base64": gettext_lazy("Texts here hold no pictures."),
    "gradingtype": gettext_lazy("An order earns the share of pairs that stand in the right order."),
}
_READ = {"name", "questiontext", "generalfeedback", "idnumber", "penalty", "tags", "coursetags", "hint"}


def read_moodle_xml(data: bytes) -> ImportReport:
    """Everything in a Moodle XML file. Never raises."""
    text, remarks = decode(data)
    report = ImportReport(remarks=remarks)
    root, stopped = read_nodes(text)
    if root is not None and root.tag == "question":  # a single one without the frame
        root = Node("quiz", inside=[root])
    if root is not None and root.tag != "quiz":
        message = _("This is not Moodle XML: its first element is <%(tag)s>, not <quiz>.")
        report.remarks.append(Remark(root.line, message % {"tag": one_line(root.tag, 40)}))
    elif root is not None:
        _read_quiz(root, report)
    if stopped:
        report.remarks.append(stopped)
    return report


def _read_quiz(root: Node, report: ImportReport) -> None:
    category = ""
    if loose := "".join(each for each in root.inside if isinstance(each, str)).strip():
        message = _("Text between the questions was left out: “%(text)s”.")
        report.remarks.append(Remark(root.line, message % {"text": one_line(loose)}))
    for node in root.children:
        kind = node.attributes.get("type", "").strip().lower()
        if node.tag != "question":
            message = _("<%(tag)s> is no question and was left out.") % {"tag": one_line(node.tag, 40)}
            report.remarks.append(Remark(node.line, message))
        elif kind == "category":
            category = node.said("category")
            _note_category(node, category, report)
        elif report.is_full:
            message = _("Only the first %(most)s questions were read. Split the file.")
            report.remarks.append(Remark(node.line, message % {"most": MOST_QUESTIONS}))
            break
        else:
            _read_question(node, kind, category, report)


def _note_category(node: Node, category: str, report: ImportReport) -> None:
    notes = {
        node.said("info"): _("The description of the category “%(name)s” was left out: “%(text)s”."),
        node.said("idnumber"): _("The id of the category “%(name)s” was left out: “%(text)s”."),
    }
    for text, message in notes.items():
        if text:
            said = {"name": one_line(category), "text": one_line(text)}
            report.remarks.append(Remark(node.line, message % said))


def _read_question(node: Node, kind: str, category: str, report: ImportReport) -> None:
    name = question_name(node.said("name"), node.said("questiontext"))
    try:
        if not node.is_complete:
            raise NotOurs(_("The file breaks off in the middle of it."))
        if kind not in READERS:
            raise NotOurs(reason_against(kind))
        report.questions.append(_question(node, kind, category))
    except NotOurs as refusal:
        report.unsupported.append(Unsupported(node.line, name, one_line(kind, 40), str(refusal)))


def _question(node: Node, kind: str, category: str) -> ParsedQuestion:
    losses: list[Loss] = []
    lists = [*node.all("tags"), *node.all("coursetags")]
    tags = [(tag.first("text") or tag).text.strip() for tags in lists for tag in tags.all("tag")]
    reader, elements = READERS[kind]
    _hand_down_format(node)
    stem = markdown_of(node.first("questiontext"), losses)
    explanation = markdown_of(node.first("generalfeedback"), losses)
    key, content, lost = reader(node, tags)
    losses += lost
    content |= _tries(node, losses)
    losses += _lost_elements(node, elements)
    losses += strays(node, kind, _READ | elements)
    return finish(
        kind=key,
        title=node.said("name"),
        content=building.with_frame(content, stem, explanation),
        line=node.line,
        slug=node.said("idnumber"),
        tags=tags,
        category=category,
        losses=losses,
    )


def _hand_down_format(node: Node) -> None:
    """Texts that name no format have that of the question's text; older files name it there only."""
    stem = node.first("questiontext")
    form = (stem.attributes.get("format") if stem else "") or "html"
    for each in node.within:
        each.attributes.setdefault("format", form)


def _tries(node: Node, losses: list[Loss]) -> dict[str, Any]:
    """Hints and what a miss costs."""
    hints = [markdown_of(hint, losses) for hint in node.all("hint")]
    for hint in node.all("hint"):
        for option in hint.children:
            if option.tag not in ("text", "file") and option.text.strip() not in ("0", "false"):
                said = _("Option <%(tag)s> of a hint") % {"tag": option.tag}
                losses.append(Loss(said, _("A hint here is a text and nothing else.")))
    return building.tries([hint for hint in hints if hint], node.said("penalty"), losses)


def _lost_elements(node: Node, read: frozenset[str]) -> list[Loss]:
    """Every element that nothing above reads, unless it says what Moodle would have said by itself."""
    losses = []
    for child in node.children:
        value = (child.first("text") or child).text.strip()
        if child.tag in _READ or child.tag in read or value in _DEFAULTS.get(child.tag, ()):
            continue
        if child.tag == "selectcount" and node.said("selecttype") in _DEFAULTS["selecttype"]:
            continue  # how many of them are picked says nothing where all are
        if value or child.tag == "shownumcorrect":
            said = _("<%(tag)s>: “%(value)s”") if value else _("<%(tag)s>")
            reason = str(_REASONS.get(child.tag) or _("There is no such setting here."))
            losses.append(Loss(said % {"tag": child.tag, "value": one_line(value)}, reason))
    return losses
