"""What is said of an answer once it is marked, as far as the settings allow it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import AttemptItem
from assessments.questions.base import Explanation, Part, Presentation
from assessments.selectors.attempts import Revealed
from assessments.selectors.notices import explained
from assessments.selectors.settled import settled_of, word_of
from concepts.figures import format_number

STATES = {"right": "good", "partly": "warn", "wrong": "bad"}
ICONS = {"right": "check", "partly": "half", "wrong": "cross"}


@dataclass(frozen=True)
class OptionMark:
    """What one option turned out to be: a state in words, and a note beneath it (Markdown)."""

    state: str
    icon: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """The verdict on one answer. Feedback, right answer and explanation are Markdown.

    The solution is folded where the learner can still try with other figures: the last step is theirs.
    """

    state: str
    icon: str
    head: str
    feedback: tuple[str, ...]
    right_answer: str
    explanation: str
    note: str
    is_folded: bool = False

    @property
    def has_solution(self) -> bool:
        return bool(self.explanation or self.right_answer)


def marked_word(item: AttemptItem) -> tuple[str, str, str]:
    """How an item was marked, as state, icon and word: for tables."""
    if item.void:
        return "", "note", withdrawn_word(item)
    if item.answer is None:
        return "", "half", _("Not answered")
    if not item.is_graded:
        return "", "clock", _("Waits for a person")
    settled = settled_of(item)
    if settled is not None:
        return word_of(item, settled)
    score = item.score or 0
    if score >= 1 - 1e-9:
        return "good", "check", _("Right")
    return ("warn", "half", _("Partly")) if score > 0 else ("bad", "cross", _("Wrong"))


def withdrawn_word(item: AttemptItem) -> str:
    """What became of a withdrawn question: its key is not to be trusted, so nothing is right or wrong."""
    return _("Left out") if item.void == AttemptItem.Void.OUT else _("Withdrawn, full mark")


def of_marks(item: AttemptItem) -> str:
    """Marks earned of those to be had: `0.8 of 1`; nothing where the question is left out."""
    if item.void == AttemptItem.Void.OUT:
        return ""
    return _("%(earned)s of %(marks)s") % {
        "earned": format_number(item.earned or 0, decimals=2),
        "marks": item.marks,
    }


def verdict_of(
    item: AttemptItem, presentation: Presentation, shown: Revealed, *, can_vary: bool
) -> Verdict | None:
    """The verdict on a marked item, or None where nothing may be said yet."""
    if not item.is_graded or not (shown.marks or shown.feedback):
        return None
    if item.void:
        return Verdict("", "note", withdrawn_word(item), (), "", "", "")
    said = explained(item)
    missed = item.answer is None
    is_folded = can_vary and said.verdict != "right" and not missed
    return Verdict(
        state="" if missed else STATES[said.verdict],
        icon="note" if missed else ICONS[said.verdict],
        head=_head(item, said, shown, may_try_again=is_folded),
        feedback=feedback_of(said, is_blank=missed) if shown.feedback else (),
        right_answer=said.right_answer if shown.right_answer and _is_named_apart(said, presentation) else "",
        explanation=said.explanation if shown.right_answer else "",
        note=said.tolerance_note if shown.feedback and not missed else "",
        is_folded=is_folded,
    )


def _head(item: AttemptItem, said: Explanation, shown: Revealed, *, may_try_again: bool) -> str:
    if item.answer is None:
        return _("You left this one open. This is how it goes.") if shown.right_answer else _("Not answered")
    if said.verdict == "wrong":
        return _("Not right yet") if may_try_again else _("Not right")
    word = _("Right") if said.verdict == "right" else _("Partly right")
    return _("%(word)s, %(marks)s") % {"word": word, "marks": of_marks(item)} if shown.marks else word


def feedback_of(said: Explanation, *, is_blank: bool) -> tuple[str, ...]:
    """What the question says of an answer; a wrong figure that no known slip explains is told so."""
    if said.verdict == "wrong" and said.tolerance_note and not said.feedback and not is_blank:
        return (_("None of the usual slips leads to this figure. Go through your steps again, one by one."),)
    return said.feedback


def _is_named_apart(said: Explanation, presentation: Presentation) -> bool:
    """Options say in their own rows what is right; any other right answer is named beside the explanation."""
    return said.verdict != "right" and not presentation.options


def option_marks(item: AttemptItem, presentation: Presentation, shown: Revealed) -> dict[str, OptionMark]:
    """What each option turned out to be, by its key; empty before marking."""
    if not item.is_graded or not shown.feedback or item.void:
        return {}
    if presentation.widget == "one":
        return _marks_of_one(item, presentation, shown)
    parts = explained(item).parts
    keys = [option.key for option in presentation.options]
    if presentation.widget == "many":
        picked = set(item.answer or ())
        picks = {
            key: _pick_mark(part.right, key in picked, part.feedback, shown)
            for key, part in zip(keys, parts, strict=True)
        }
        return {key: mark for key, mark in picks.items() if mark}
    if presentation.widget == "steps":
        return {key: _step_mark(part, shown) for key, part in zip(keys, parts, strict=True)}
    # A question without options, such as a figure, has no parts that stand in rows of their own.
    return {
        key: OptionMark("good", "check", _("Right"))
        if part.right
        else OptionMark("bad", "cross", _missed(presentation, part.expected, shown), part.feedback)
        for key, part in zip(keys, parts, strict=False)
    }


def _marks_of_one(item: AttemptItem, presentation: Presentation, shown: Revealed) -> dict[str, OptionMark]:
    version, values = item.marking, item.marking_values
    marks = {}
    for option in presentation.options:
        is_right = version.kind.grade(version.content, values, option.key).score >= 1
        if option.key == item.answer:
            marks[option.key] = (
                OptionMark("good", "check", _("Right"))
                if is_right
                else OptionMark("bad", "cross", _("Wrong"))
            )
        elif is_right and shown.right_answer:
            marks[option.key] = OptionMark("good", "check", _("The right one"))
    return marks


def _pick_mark(is_right: bool, is_picked: bool, feedback: str, shown: Revealed) -> OptionMark | None:
    if is_picked:
        if is_right:
            return OptionMark("good", "check", _("Fits"))
        return OptionMark("bad", "cross", _("Does not fit"), feedback)
    if is_right or not shown.right_answer:
        return None
    return OptionMark("warn", "half", _("Fits, not picked"), feedback)


def _step_mark(part: Part, shown: Revealed) -> OptionMark:
    """A step: by which figures it was judged, and how near it came."""
    expected = {"expected": part.expected, "own": part.own_expected}
    said = [part.feedback] if part.feedback else []
    if part.own_expected and shown.right_answer:
        text = (
            _("With the right figures it is %(expected)s.")
            if part.right
            else _("With your own earlier figures it would be %(own)s.")
        )
        said.append(text % expected)
    if part.tolerance_note:
        said.append(_("Tolerance %(note)s.") % {"note": part.tolerance_note})
    note = " ".join(said)
    if part.right:
        return OptionMark("good", "check", part.note or _("Right"), note)
    if part.note:  # nothing was typed
        note = _("It is %(expected)s.") % expected if shown.right_answer else ""
        return OptionMark("", "half", part.note, note)
    word = _("Should be: %(expected)s") % expected if shown.right_answer else _("Wrong")
    return OptionMark("bad", "cross", word, note)


def _missed(presentation: Presentation, expected: str, shown: Revealed) -> str:
    """What is said of a wrong part: what was expected, or no more than that it is wrong."""
    if presentation.widget == "buckets":
        return _("Belongs to: %(bucket)s") % {"bucket": expected} if shown.right_answer else _("Not here")
    return _("Should be: %(expected)s") % {"expected": expected} if shown.right_answer else _("Wrong")
