"""Reading GIFT, Moodle's text format: a question a paragraph, its answers in braces."""

import re

from django.utils.translation import gettext as _

from assessments.formats import building
from assessments.formats.building import NotOurs
from assessments.formats.decoding import decode
from assessments.formats.gift_answers import read_answers
from assessments.formats.gift_text import CATEGORY, Block, blocks, hide, marked, show
from assessments.formats.meta import finish, question_name
from assessments.formats.parsed import MOST_QUESTIONS, ImportReport, Loss, Remark, Unsupported
from assessments.formats.texts import to_markdown

GAP = "_____"


def read_gift(data: bytes) -> ImportReport:
    """Everything in a GIFT file. Never raises."""
    text, remarks = decode(data)
    report = ImportReport(remarks=remarks)
    category = ""
    for block in blocks(text):
        if block.text.startswith(CATEGORY):
            category = block.text.removeprefix(CATEGORY).strip()
        elif report.is_full:
            message = _("Only the first %(most)s questions were read. Split the file.")
            report.remarks.append(Remark(block.line, message % {"most": MOST_QUESTIONS}))
            break
        else:
            _read_block(block, category, report)
    return report


def _read_block(block: Block, category: str, report: ImportReport) -> None:
    title, rest = _titled(hide(block.text).strip())
    try:
        stem, answers = _parted(rest)
        stem, form = marked(stem, "moodle")
        losses: list[Loss] = []
        asked, lost = to_markdown(show(stem), form)
        losses += lost
        answers, explanation, lost = _with_explanation(answers, form)
        losses += lost
        kind, content, lost = read_answers(answers, form, block.tags)
        report.questions.append(
            finish(
                kind=kind,
                title=title,
                content=building.with_frame(content, asked, explanation),
                line=block.line,
                slug=block.slug,
                tags=block.tags,
                category=category,
                losses=[*losses, *lost],
            )
        )
    except NotOurs as refusal:
        name = question_name(title, show(rest))
        report.unsupported.append(Unsupported(block.line, name, _kind(rest), str(refusal)))


def _titled(text: str) -> tuple[str, str]:
    """The title between double colons, if there is one, and the rest."""
    match = re.match(r"::(.*?)::", text, re.DOTALL)
    if match:
        return show(match[1]).strip(), text[match.end() :].strip()
    return "", text.removeprefix("::").strip()


def _parted(text: str) -> tuple[str, str]:
    """The question and what stands in its braces; raises `NotOurs`."""
    opening, closing = text.count("{"), text.count("}")
    if not opening and not closing:
        raise NotOurs(_("It asks nothing: there are no answers in braces. Descriptions are not imported."))
    if opening != closing or text.find("}") < text.find("{"):
        raise NotOurs(
            _("Its braces do not match. An empty line ends a question; a brace as text is \\{ or \\}.")
        )
    if opening > 1:
        raise NotOurs(_("It has several pairs of braces. A brace as text is written \\{ or \\}."))
    before, _brace, after = text.partition("{")
    answers, _brace, after = after.partition("}")
    if after.strip():
        return f"{before.rstrip(' ')}{_space(before)}{GAP}{after}", answers
    return before, answers


def _space(before: str) -> str:
    return " " if before[-1:] == " " else ""


def _with_explanation(answers: str, form: str) -> tuple[str, str, list[Loss]]:
    """The answers without the general feedback, and that as the explanation."""
    before, mark, after = answers.rpartition("####")
    if not mark:
        return answers, "", []
    text, form = marked(after, form)
    explanation, losses = to_markdown(show(text), form)
    return before, explanation, losses


def _kind(text: str) -> str:
    """What GIFT would call a question that is not imported."""
    if "{" not in text:
        return "description"
    inside = text.partition("{")[2].partition("}")[0].strip()
    if not inside:
        return "essay"
    return "numerical" if inside.startswith("#") else "multichoice" if "~" in inside else "shortanswer"
