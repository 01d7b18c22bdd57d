"""A question of a practice that may be tried again: which try it is, what it costs, and the hints so far."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem
from assessments.questions.base import Answer, Explanation, Presentation
from assessments.questions.tries import hints_of, is_same, penalty_of, score_after, tries_allowed
from assessments.selectors.settled import account_of, per_cent
from assessments.selectors.verdicts import ICONS, STATES, feedback_of

# Rows that say where each belongs when they are wrong: how many are right is all that may be told.
SECRETIVE = ("buckets", "matching")


@dataclass(frozen=True)
class Miss:
    """The last answer that missed, and what may be said without giving the right one away (Markdown)."""

    state: str
    icon: str
    head: str
    answer: str
    feedback: tuple[str, ...]


@dataclass(frozen=True)
class Tries:
    """What a page says of the tries at one question; texts are Markdown, but ``terms`` and ``account``.

    ``terms`` is what the try at hand is worth, said before it is made; ``account`` the sum behind the score.
    """

    number: int
    allowed: int
    terms: str
    hints: tuple[str, ...]
    earlier: tuple[str, ...]
    miss: Miss | None
    account: str


def tries_of(item: AttemptItem, presentation: Presentation, *, shows_feedback: bool) -> Tries | None:
    """The tries at a question, with feedback where the assessment gives any; None where there is only one."""
    allowed = tries_allowed(item.version.content)
    if item.attempt.kind != Attempt.Kind.PRACTICE or (allowed == 1 and not item.tries):
        return None
    made = [each["answer"] for each in item.tries]
    is_open = item.attempt.is_open and not item.is_graded
    if item.is_graded:
        made = [answer for answer in made if not is_same(answer, item.answer)]
    return Tries(
        number=len(made) + 1,
        allowed=allowed,
        terms=_terms(item, allowed) if is_open else "",
        hints=hints_of(item.version.content, item.values)[: len(item.tries)],
        earlier=tuple(_summary(item, answer) for answer in (made[:-1] if is_open else made)),
        miss=_miss(item, presentation, shows_feedback) if is_open and item.tries else None,
        account=account_of(item),
    )


def _terms(item: AttemptItem, allowed: int) -> str:
    """What this try can earn and what another miss takes off."""
    misses, penalty = len(item.tries), penalty_of(item.version.content)
    said = {
        "number": misses + 1,
        "allowed": allowed,
        "worth": per_cent(score_after(1, misses, penalty)),
        "penalty": per_cent(penalty / 100),
    }
    if misses + 1 == allowed:
        return _("Try %(number)s of %(allowed)s, the last. A right answer earns %(worth)s now.") % said
    if not misses:
        return _("Try %(number)s of %(allowed)s. A miss takes %(penalty)s off and brings a hint.") % said
    return (
        _(
            "Try %(number)s of %(allowed)s. A right answer earns %(worth)s now; another miss takes "
            "%(penalty)s off and brings a hint."
        )
        % said
    )


def _summary(item: AttemptItem, answer: Answer) -> str:
    return item.version.kind.summary(item.version.content, item.values, answer)


def _miss(item: AttemptItem, presentation: Presentation, shows_feedback: bool) -> Miss:
    """What is said of the last try."""
    version, answer = item.marking, item.tries[-1]["answer"]
    said = version.kind.explain(version.content, item.marking_values, answer)
    head = _("Partly right, not yet all of it") if said.verdict == "partly" else _("Not right yet")
    return Miss(
        state=STATES[said.verdict],
        icon=ICONS[said.verdict],
        head=head,
        answer=_summary(item, answer),
        feedback=_told(said, presentation, answer) if shows_feedback else (),
    )


def _told(said: Explanation, presentation: Presentation, answer: Answer) -> tuple[str, ...]:
    """The feedback on what was given; nothing of what was missed, nor how far off a figure is."""
    feedback = feedback_of(said, is_blank=False)
    if presentation.widget == "many":
        rows = zip(presentation.options, said.parts, strict=True)
        picked = (part for option, part in rows if option.key in answer)
        return (*feedback, *(part.feedback for part in picked if part.feedback))
    if presentation.widget == "steps":
        return (*feedback, *[part.feedback for part in said.parts if part.feedback][:1])
    if presentation.widget in SECRETIVE:
        counted = {"right": sum(part.right for part in said.parts), "count": len(said.parts)}
        return (*feedback, _("%(right)s of %(count)s are right so far.") % counted)
    return feedback
