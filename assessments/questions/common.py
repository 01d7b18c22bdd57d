"""What the question types share: checking their JSON, a drawn order, and the wording of results."""

import random
import re
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import AnswerError, Content, Part, Posted, Problem, Values
from concepts.figures import in_unit

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MARKUP = re.compile(r"([\\`*_\[\]<>&~|#])")
EVERY_QUESTION = ("stem", "explanation", "hints", "penalty", "tags")
FOR_EDITORS = ("tags",)  # what learners are never shown, and what therefore changes nothing for them
MOST_HINTS = 4
MOST_TAGS, LONGEST_TAG = 20, 60


def asked_of(content: Any) -> Any:
    """A content as far as learners are asked it: without what only editors read."""
    if not isinstance(content, Mapping):
        return content
    return {name: value for name, value in content.items() if name not in FOR_EDITORS}


def for_editors_of(content: Any) -> dict[str, Any]:
    """What only editors read of a content."""
    return {name: content[name] for name in FOR_EDITORS if name in content}


def fill(text: str, figures: Mapping[str, str]) -> str:
    """Put figures in place of `{name}`; anything else in braces stays as it is. In `€{name}` it is money."""
    return _PLACEHOLDER.sub(lambda match: _put(match, figures), text)


def _put(match: re.Match[str], figures: Mapping[str, str]) -> str:
    before = match.string[max(0, match.start() - 1) : match.start()]
    figure = figures.get(match[1], match[0])
    return in_unit(figure, before + match.string[match.end() :]) if before else figure


def placeholders(text: object) -> list[str]:
    """The names in braces, in the order in which they stand in the text."""
    return _PLACEHOLDER.findall(text) if isinstance(text, str) else []


def mappings(content: Content, name: str) -> list[Mapping[str, Any]]:
    """A list of mappings from a question that may not have been checked yet: what is not one is left out."""
    listed = content.get(name)
    return [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []


def order(values: Values, keys: Sequence[str]) -> list[str]:
    """The drawn order if it is one of these keys, else the order in which they were written."""
    drawn = values.get("order")
    return list(drawn) if isinstance(drawn, list | tuple) and sorted(drawn) == sorted(keys) else list(keys)


def shuffled(keys: Sequence[str], seed: int) -> dict[str, Any]:
    """A drawn order of these keys."""
    drawn = list(keys)
    random.Random(seed).shuffle(drawn)  # noqa: S311  an order, not a secret
    return {"order": drawn}


def posted_key(posted: Posted, field: str, keys: Collection[str]) -> str | None:
    """The one key posted in a field, if any."""
    given = {key for key in posted.get(field, ()) if key}
    if not given:
        return None
    if len(given) > 1:
        raise AnswerError(_("Pick one answer, not several."), field)
    key = given.pop()
    if key not in keys:
        raise AnswerError(_("This answer is not one of those offered. Pick one of the list."), field)
    return key


def verdict(score: float) -> str:
    """A score in one word of three."""
    if score >= 1 - 1e-9:
        return "right"
    return "partly" if score > 0 else "wrong"


def as_typed(text: str) -> str:
    """A learner's words as Markdown that shows them letter by letter, marks and all."""
    return _MARKUP.sub(r"\\\1", text)


def placed_right(parts: Sequence[Part]) -> str:
    """How many things stand where they belong, in words."""
    said = {"right": sum(part.right for part in parts), "count": len(parts)}
    return _("%(right)s of %(count)s placed right") % said


def no_answer() -> str:
    """What stands where an answer would."""
    return _("No answer")


def check_text(holder: Mapping[str, Any], name: str, path: str, remedy: str) -> list[Problem]:
    """A text that must be there. `remedy` says what to write."""
    text = holder.get(name)
    if text is None or (isinstance(text, str) and not text.strip()):
        return [Problem(path, remedy)]
    if not isinstance(text, str):
        return [
            Problem(path, _("“%(value)s” is not read as text. Put it in quotation marks.") % {"value": text})
        ]
    return []


def check_optional_text(holder: Mapping[str, Any], name: str, path: str) -> list[Problem]:
    """A text that may be missing or empty."""
    return check_text(holder, name, path, "") if holder.get(name) not in (None, "") else []


def check_frame(content: Content, own: Collection[str]) -> list[Problem]:
    """What every question has, and nothing that its type does not read."""
    return [
        *check_text(content, "stem", "stem", _("The question has no text. Write what is asked.")),
        *check_text(
            content,
            "explanation",
            "explanation",
            _("There is no explanation. Say why the right answer is right."),
        ),
        *_check_hints(content),
        *_check_penalty(content),
        *_check_tags(content),
        *check_keys(content, (*EVERY_QUESTION, *own), ""),
    ]


def _check_hints(content: Content) -> list[Problem]:
    """Hints for practice: each a text that says something."""
    hints = content.get("hints")
    if hints is None:
        return []
    if not isinstance(hints, list) or len(hints) > MOST_HINTS:
        return [Problem("hints", _("Give a list of at most %(most)s hints.") % {"most": MOST_HINTS})]
    remedy = _("This hint is empty. Write it or take it out.")
    return [
        problem
        for i, hint in enumerate(hints)
        for problem in check_text({"": hint}, "", f"hints.{i}", remedy)
    ]


def _check_tags(content: Content) -> list[Problem]:
    """Words to find a question by; learners never see them."""
    tags = content.get("tags")
    if tags is None:
        return []
    if not isinstance(tags, list) or len(tags) > MOST_TAGS:
        return [Problem("tags", _("Give at most %(most)s tags.") % {"most": MOST_TAGS})]
    if all(isinstance(tag, str) and 0 < len(tag.strip()) <= LONGEST_TAG and "," not in tag for tag in tags):
        return []
    message = _("A tag is a text of at most %(longest)s characters without a comma.")
    return [Problem("tags", message % {"longest": LONGEST_TAG})]


def _check_penalty(content: Content) -> list[Problem]:
    """What a miss costs in practice, in whole per cent."""
    penalty = content.get("penalty", 0)
    if isinstance(penalty, int) and not isinstance(penalty, bool) and 0 <= penalty <= 100:
        return []
    return [Problem("penalty", _("Write a whole number from 0 to 100: per cent for each miss."))]


def check_keys(holder: Mapping[str, Any], known: Collection[str], path: str) -> list[Problem]:
    """Keys that nothing reads are misspelt, or belong to another type of question."""
    problems = []
    for key in holder:
        if key in known:
            continue
        near = get_close_matches(str(key), known, n=1)
        advice = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else _("Take it out.")
        message = _("“%(key)s” means nothing here. %(advice)s") % {"key": key, "advice": advice}
        problems.append(Problem(f"{path}{key}", message))
    return problems


def check_list(content: Content, name: str, fewest: int, most: int) -> list[Problem]:
    """A list of so many mappings."""
    listed = content.get(name)
    if not isinstance(listed, list):
        return [Problem(name, _("Give a list of %(fewest)s to %(most)s.") % {"fewest": fewest, "most": most})]
    problems = [
        Problem(f"{name}.{i}", _("This entry cannot be read. Give it a text and what belongs to it."))
        for i, entry in enumerate(listed)
        if not isinstance(entry, Mapping)
    ]
    if not fewest <= len(listed) <= most:
        problems.append(
            Problem(
                name,
                _("There are %(count)s; give %(fewest)s to %(most)s.")
                % {"count": len(listed), "fewest": fewest, "most": most},
            )
        )
    return problems


def check_distinct(texts: Sequence[object], path: str, name: str = "text") -> list[Problem]:
    """Two options that read the same cannot be told apart. `path` may be followed by `.0.text`."""
    seen: set[str] = set()
    problems = []
    for i, text in enumerate(texts):
        same = " ".join(str(text).split()).casefold()
        if same in seen:
            where = f"{path}.{i}.{name}" if name else f"{path}.{i}"
            problems.append(Problem(where, _("“%(text)s” is there twice. Change one.") % {"text": text}))
        seen.add(same)
    return problems
