"""Writing Moodle XML. Texts are marked as Markdown, so that they come back as they were."""

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from assessments.formats.meta import tags_of
from assessments.formats.parsed import ParsedQuestion
from assessments.formats.plain import to_plain
from assessments.formats.weights import percent, weighed
from assessments.questions.common import mappings
from assessments.questions.tries import PENALTY

_KINDS = {
    "single_choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "short_text": "shortanswer",
    "matching": "matching",
    "classification": "matching",
    "ordering": "ordering",
    "written": "essay",
}


def write_moodle_xml(questions: list[ParsedQuestion]) -> str:
    """Questions that `fit_moodle_xml` has cut to what Moodle XML holds."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            lines.append(f'  <question type="category"><category>{_text(category)}</category></question>')
        lines.append(f'  <question type="{_KINDS[question.type]}">')
        lines += [f"    {line}" for line in _question(question)]
        lines.append("  </question>")
    return "\n".join([*lines, "</quiz>", ""])


def _question(question: ParsedQuestion) -> Iterator[str]:
    content = question.content
    yield f"<name>{_text(question.title)}</name>"
    yield f'<questiontext format="markdown">{_text(content.get("stem"))}</questiontext>'
    yield f'<generalfeedback format="markdown">{_text(content.get("explanation"))}</generalfeedback>'
    yield "<defaultgrade>1</defaultgrade>"
    yield f"<penalty>{content.get('penalty', PENALTY) / 100:.2f}</penalty>"
    yield "<hidden>0</hidden>"
    if question.slug:
        yield f"<idnumber>{escape(question.slug)}</idnumber>"
    yield from _ANSWERS[question.type](question)
    for hint in content.get("hints") or []:
        yield f'<hint format="markdown">{_text(hint)}</hint>'
    tags = tags_of(question)
    if tags:
        yield f"<tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in tags)}</tags>"


def _text(text: object) -> str:
    return f"<text>{escape(str(text or ''))}</text>"


def _answer(
    text: object, weight: float, feedback: object = "", more: str = "", form: str = "markdown"
) -> str:
    said = f'<feedback format="markdown">{_text(feedback)}</feedback>' if feedback else ""
    return f'<answer fraction="{percent(weight)}" format="{form}">{_text(text)}{more}{said}</answer>'


def _choices(question: ParsedQuestion) -> Iterator[str]:
    several = question.type == "multiple_choice"
    yield f"<single>{'false' if several else 'true'}</single>"
    yield "<shuffleanswers>true</shuffleanswers>"
    yield "<answernumbering>abc</answernumbering>"
    for answer in weighed(question.content, several=several):
        yield _answer(answer.text, answer.weight, answer.feedback)


def _true_false(question: ParsedQuestion) -> Iterator[str]:
    for key in (True, False):
        is_right = question.content["right"] is key
        feedback = "" if is_right else question.content.get("feedback")
        yield _answer(str(key).lower(), 100 if is_right else 0, feedback, form="moodle_auto_format")


def _numeric(question: ParsedQuestion) -> Iterator[str]:
    content = question.content
    more = f"<tolerance>{content['tolerance']}</tolerance>"
    yield _answer(content["answer"], 100, "", more, "moodle_auto_format")
    for slip in mappings(content, "slips"):
        yield _answer(slip["answer"], 0, slip.get("feedback"), more, "moodle_auto_format")
    if content.get("unit"):
        name = f"<unit_name>{escape(content['unit'])}</unit_name>"
        yield f"<units><unit><multiplier>1</multiplier>{name}</unit></units>"


def _short_text(question: ParsedQuestion) -> Iterator[str]:
    yield f"<usecase>{int(question.content.get('case') is True)}</usecase>"
    for entry in mappings(question.content, "accept"):
        typed = entry.get("pattern") or str(entry["text"]).replace("*", "\\*")
        yield _answer(typed, float(entry.get("score", 100)), entry.get("feedback"), form="moodle_auto_format")
    if question.content.get("otherwise"):
        yield _answer("*", 0, question.content["otherwise"], form="moodle_auto_format")


def _pair(left: str, right: str) -> str:
    plain = to_plain(right) or ""
    return f'<subquestion format="markdown">{_text(left)}<answer>{_text(plain)}</answer></subquestion>'


def _matching(question: ParsedQuestion) -> Iterator[str]:
    yield "<shuffleanswers>true</shuffleanswers>"
    for pair in mappings(question.content, "pairs"):
        yield _pair(pair["left"], pair["right"])
    for spare in question.content.get("distractors") or []:
        yield _pair("", spare)


def _classification(question: ParsedQuestion) -> Iterator[str]:
    yield "<shuffleanswers>true</shuffleanswers>"
    items = mappings(question.content, "items")
    used = {item["bucket"] for item in items}
    for item in items:
        yield _pair(item["text"], item["bucket"])
    for bucket in question.content["buckets"]:
        if bucket not in used:
            yield _pair("", bucket)


def _ordering(question: ParsedQuestion) -> Iterator[str]:
    for place, item in enumerate(mappings(question.content, "items"), 1):
        yield _answer(item["text"], place)


def _written(question: ParsedQuestion) -> Iterator[str]:
    yield "<responseformat>editor</responseformat>"
    words = question.content.get("words") or {}
    for name, tag in (("from", "minwordlimit"), ("to", "maxwordlimit")):
        if words.get(name):
            yield f"<{tag}>{words[name]}</{tag}>"


_ANSWERS: dict[str, Callable[[ParsedQuestion], Iterator[str]]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
    "classification": _classification,
    "ordering": _ordering,
    "written": _written,
}
