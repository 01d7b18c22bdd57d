"""Short text: a word or a few, compared with the answers that are accepted; the first that fits counts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.base import (
    Answer,
    AnswerError,
    Content,
    Explanation,
    Grade,
    Posted,
    Presentation,
    Problem,
    Values,
)
from assessments.questions.common import (
    as_typed,
    check_frame,
    check_keys,
    check_list,
    check_optional_text,
    check_text,
    mappings,
    no_answer,
    verdict,
)
from assessments.questions.wording import Sameness, as_read, fits, pieces, same_form

LONGEST = 200
MOST = 20
_ENTRY = ("text", "pattern", "score", "feedback", "misconception")


class ShortText:
    """The answer is what was typed. `text` is accepted as it stands, `pattern` with * for anything."""

    key = "short_text"
    label = gettext_lazy("Short text")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = check_frame(content, ("accept", "otherwise", "label", "case", "fold"))
        problems += check_list(content, "accept", 1, MOST)
        listed = content.get("accept")
        entries = listed if isinstance(listed, list) else []
        for i, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                problems += _check_entry(entry, f"accept.{i}")
                problems += _check_reached(content, entries[:i], entry, f"accept.{i}")
        if not any(_score(entry) == 1 for entry in mappings(content, "accept")):
            problems.append(Problem("accept", _("No answer earns the full mark. Give one a score of 100.")))
        remedy = _("There is no feedback for other answers. Say how to find the right one.")
        problems += check_text(content, "otherwise", "otherwise", remedy)
        for name in ("case", "fold"):
            if not isinstance(content.get(name, False), bool):
                problems.append(Problem(name, _("Write true or false.")))
        return problems + check_optional_text(content, "label", "label")

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return {}

    def present(self, content: Content, values: Values) -> Presentation:
        said = _("A word or a few. Capitals count.") if _sameness(content).case else ""
        return Presentation(
            "text",
            content["stem"],
            label=str(content.get("label") or _("Your answer")),
            hint=said or _("A word or a few. Capitals and a full stop at the end do not matter."),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        texts = {" ".join(text.split()) for text in posted.get("answer", ())} - {""}
        if len(texts) > 1:
            raise AnswerError(_("Give one answer, not several."))
        text = texts.pop() if texts else ""
        if len(text) > LONGEST:
            message = _("This is %(count)s characters long; %(most)s is the most. A few words will do.")
            raise AnswerError(message % {"count": len(text), "most": LONGEST})
        if not text.isprintable() or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise AnswerError(_("There are characters in it that cannot be read. Type the words again."))
        return text or None

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        entry = _matched(content, answer)
        if entry is None:
            return Grade(0.0)
        score, slip = _score(entry), str(entry.get("misconception") or "")
        return Grade(score, (slip,) if slip and score < 1 else ())

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        entry = _matched(content, answer)
        said = (entry or {}).get("feedback") if entry or not answer else content.get("otherwise")
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(str(said),) if said else (),
            parts=(),
            right_answer=as_typed(_model(content)),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        """What was typed, as Markdown that shows it letter by letter."""
        return as_typed(answer) if isinstance(answer, str) and answer else no_answer()


def _sameness(content: Content) -> Sameness:
    return Sameness(case=content.get("case") is True, fold=content.get("fold") is True)


def _score(entry: Mapping[str, Any]) -> float:
    """What an accepted answer is worth, from 0 to 1; its `score` is in per cent."""
    score = entry.get("score", 100)
    known = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 100
    return score / 100 if known else 0.0


def _pieces(entry: Mapping[str, Any], sameness: Sameness) -> list[str]:
    if entry.get("pattern"):
        return pieces(str(entry["pattern"]), sameness)
    return [same_form(str(entry.get("text") or ""), sameness)]


def _matched(content: Content, answer: Answer | None) -> Mapping[str, Any] | None:
    """The first accepted answer that fits what was typed."""
    if not isinstance(answer, str) or not answer:
        return None
    sameness = _sameness(content)
    typed = same_form(answer, sameness)
    entries = mappings(content, "accept") if typed else []
    return next((entry for entry in entries if fits(_pieces(entry, sameness), typed)), None)


def _model(content: Content) -> str:
    """The answer to name as the right one: the first with the full mark, without stars if there is one."""
    full = [entry for entry in mappings(content, "accept") if _score(entry) == 1]
    plain = [str(entry["text"]) for entry in full if entry.get("text")]
    return plain[0] if plain else as_read(str(full[0].get("pattern", ""))) if full else ""


def _check_entry(entry: Mapping[str, Any], path: str) -> list[Problem]:
    problems = check_keys(entry, _ENTRY, f"{path}.")
    given = [name for name in ("text", "pattern") if entry.get(name) not in (None, "")]
    if len(given) != 1:
        message = _("Give either a text, or a pattern in which * stands for anything.")
        problems.append(Problem(f"{path}.text", message))
    for name in ("text", "pattern", "feedback", "misconception"):
        problems += check_optional_text(entry, name, f"{path}.{name}")
    if given and len(str(entry[given[0]])) > LONGEST:
        message = _("It is longer than the %(most)s characters that can be typed.") % {"most": LONGEST}
        problems.append(Problem(f"{path}.{given[0]}", message))
    score = entry.get("score", 100)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 100:
        problems.append(Problem(f"{path}.score", _("A score is a figure from 0 to 100.")))
    elif score == 100 and entry.get("misconception"):
        message = _("A right answer shows no misconception. Take it out.")
        problems.append(Problem(f"{path}.misconception", message))
    elif score < 100 and not entry.get("feedback"):
        remedy = _("This answer has no feedback. Say what is missing or wrong about it.")
        problems.append(Problem(f"{path}.feedback", remedy))
    return problems


def _check_reached(
    content: Content, earlier: list[Any], entry: Mapping[str, Any], path: str
) -> list[Problem]:
    """An answer that an earlier one catches is never reached. A star stands for itself in what is tried."""
    sameness = _sameness(content)
    own = "*".join(_pieces(entry, sameness))
    for each in earlier:
        if own and isinstance(each, Mapping) and fits(_pieces(each, sameness), own):
            name = "pattern" if entry.get("pattern") else "text"
            message = _("“%(earlier)s” comes first and catches this. Move this one above it.")
            values = {"earlier": each.get("pattern") or each.get("text")}
            return [Problem(f"{path}.{name}", message % values)]
    return []
