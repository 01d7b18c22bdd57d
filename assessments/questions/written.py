"""Written: an answer in one's own words, marked by a person with a rubric."""

import math
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
from assessments.questions.common import check_frame, check_keys, no_answer
from assessments.questions.rubric import check_rubric, rubric_of

MOST_SIGNS = 20_000
MOST_WORDS = 3_000
MARGIN = 1.1  # so far beyond the length asked for an answer is still taken


class Written:
    """The answer is `{"text": …}`: plain text, its paragraphs as they were typed.

    Nothing here can say what it is worth: a person ticks the levels of the rubric, and `rubric.mark` turns
    the ticks into a score.
    """

    key = "written"
    label = gettext_lazy("Written answer")
    parametric = False
    by_hand = True

    def check(self, content: Content) -> list[Problem]:
        problems = [*check_frame(content, ("words", "rubric")), *_check_words(content)]
        if content.get("hints"):
            message = _("A written answer is handed in once, so nobody would see a hint. Take it out.")
            problems.append(Problem("hints", message))
        return problems + check_rubric(content)

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return {}

    def present(self, content: Content, values: Values) -> Presentation:
        return Presentation(
            "written",
            content["stem"],
            label=_("Your answer"),
            hint=_hint(content),
            words=words_asked(content),
            rubric=rubric_of(content),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        text = tidied("\n".join(posted.get("answer", ())))
        if not text:
            return None
        if len(text) > MOST_SIGNS:
            message = _("This is %(count)s characters long; at most %(most)s can be kept. Shorten it.")
            raise AnswerError(message % {"count": f"{len(text):,}", "most": f"{MOST_SIGNS:,}"})
        most, count = cap(content), count_words(text)
        if most is not None and count > most:
            message = _(
                "This has %(count)s words, and at most %(most)s are taken. Take out %(over)s or more."
            )
            raise AnswerError(message % {"count": count, "most": most, "over": count - most})
        return {"text": text}

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        """0 for no answer; raises ValueError for any other, since only a person can grade it."""
        if answer is None:
            return Grade(0.0)
        raise ValueError("A written answer is graded by a person.")

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        return Explanation(
            verdict="wrong" if answer is None else "partly",
            feedback=(),
            parts=(),
            right_answer="",
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        return text_of(answer) or no_answer()


def text_of(answer: Answer | None) -> str:
    """What was written."""
    return str(answer.get("text", "")) if isinstance(answer, Mapping) else ""


def tidied(text: str) -> str:
    """Text as it is stored: one kind of line end, no blanks at the ends of lines, none of the signs that no
    database keeps.
    """
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def count_words(text: str) -> int:
    """How many words: whatever stands between blanks, as the page's own count has it."""
    return len(text.split())


def words_asked(content: Content) -> tuple[int | None, int | None]:
    """From how many and to how many words are asked for."""
    words = content.get("words")
    named = words if isinstance(words, Mapping) else {}
    return named.get("from"), named.get("to")


def cap(content: Content) -> int | None:
    """How many words are taken: a tenth more than are asked for."""
    most = words_asked(content)[1]
    return None if most is None else math.floor(most * MARGIN + 1e-9)


def _hint(content: Content) -> str:
    """The limits, stated before writing."""
    fewest, most = words_asked(content)
    said = {"fewest": fewest, "most": most, "cap": cap(content)}
    if fewest and most:
        return _("%(fewest)s to %(most)s words; more than %(cap)s are not taken.") % said
    if most:
        return _("At most %(most)s words; more than %(cap)s are not taken.") % said
    return _("At least %(fewest)s words.") % said if fewest else _("As long as it needs to be.")


def _check_words(content: Content) -> list[Problem]:
    words = content.get("words")
    if words is None:
        return []
    if not isinstance(words, Mapping):
        return [Problem("words", _("Write from and to, each a number of words, or leave it out."))]
    problems = check_keys(words, ("from", "to"), "words.")
    for name, value in words.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if name in ("from", "to") and not (whole and 1 <= value <= MOST_WORDS):
            message = _("Give a whole number of words from 1 to %(most)s.") % {"most": MOST_WORDS}
            problems.append(Problem(f"words.{name}", message))
    if not problems and "from" in words and "to" in words and words["from"] > words["to"]:
        problems.append(Problem("words.to", _("This is less than the fewest words asked for.")))
    return problems
