"""Writing GIFT. Texts are marked as Markdown, which Moodle knows, so that they come back as they were."""

from collections.abc import Iterator

from assessments.formats.gift_text import CATEGORY, escape, escape_note
from assessments.formats.meta import tags_of
from assessments.formats.parsed import ParsedQuestion
from assessments.formats.plain import to_plain
from assessments.formats.weights import percent, weighed
from assessments.questions.common import mappings


def write_gift(questions: list[ParsedQuestion]) -> str:
    """Questions that `fit_gift` has cut to what GIFT holds."""
    parts = []
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            parts.append(f"{CATEGORY} {category}")
        parts.append("\n".join(_lines(question)))
    return "\n\n".join(parts) + "\n" if parts else ""


def _lines(question: ParsedQuestion) -> Iterator[str]:
    notes = [f"[id:{escape_note(question.slug)}]"] if question.slug else []
    notes += [f"[tag:{escape_note(tag)}]" for tag in tags_of(question)]
    if notes:
        yield f"// {' '.join(notes)}"
    stem, explanation = (str(question.content.get(name) or "") for name in ("stem", "explanation"))
    yield f"::{escape(question.title)}::{_text(stem)}{{{_opening(question)}"
    yield from (f"\t{answer}" for answer in _ANSWERS[question.type](question))
    if explanation:
        yield f"\t####{_text(explanation)}"
    yield "}"


def _opening(question: ParsedQuestion) -> str:
    return "#" if question.type == "numeric" else ""


def _text(markdown: str) -> str:
    return f"[markdown]{escape(markdown)}"


def _feedback(text: object) -> str:
    return f"#{_text(str(text))}" if text else ""


def _choices(question: ParsedQuestion) -> Iterator[str]:
    several = question.type == "multiple_choice"
    for answer in weighed(question.content, several=several):
        sign = "=" if not several and answer.weight > 99.9 else "~"
        weight = f"%{percent(answer.weight)}%" if sign == "~" and answer.weight else ""
        yield f"{sign}{weight}{_text(answer.text)}{_feedback(answer.feedback)}"


def _true_false(question: ParsedQuestion) -> Iterator[str]:
    yield f"{'TRUE' if question.content['right'] else 'FALSE'}{_feedback(question.content.get('feedback'))}"


def _numeric(question: ParsedQuestion) -> Iterator[str]:
    tolerance = question.content["tolerance"]
    yield f"={question.content['answer']}:{tolerance}"
    for slip in mappings(question.content, "slips"):
        yield f"=%0%{slip['answer']}:{tolerance}{_feedback(slip.get('feedback'))}"


def _short_text(question: ParsedQuestion) -> Iterator[str]:
    for entry in mappings(question.content, "accept"):
        typed = entry.get("pattern") or str(entry["text"]).replace("*", "\\*")
        weight = percent(float(entry.get("score", 100)))
        yield f"=%{weight}%[plain]{escape(typed)}{_feedback(entry.get('feedback'))}"
    if question.content.get("otherwise"):
        yield f"=%0%*{_feedback(question.content['otherwise'])}"


def _written(question: ParsedQuestion) -> Iterator[str]:
    yield from ()


def _matching(question: ParsedQuestion) -> Iterator[str]:
    for pair in mappings(question.content, "pairs"):
        yield f"={_text(pair['left'])} -> {_plain(pair['right'])}"
    for spare in question.content.get("distractors") or []:
        yield f"= -> {_plain(spare)}"


def _classification(question: ParsedQuestion) -> Iterator[str]:
    used = set()
    for item in mappings(question.content, "items"):
        used.add(item["bucket"])
        yield f"={_text(item['text'])} -> {_plain(item['bucket'])}"
    for bucket in question.content["buckets"]:
        if bucket not in used:
            yield f"= -> {_plain(bucket)}"


def _plain(markdown: str) -> str:
    return f"[plain]{escape(to_plain(markdown) or '')}"


_ANSWERS = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
    "classification": _classification,
    "written": _written,
}
