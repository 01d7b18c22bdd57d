"""What the score of a question is made of that took several tries."""

from django.utils.translation import gettext as _

from assessments.models import AttemptItem
from assessments.questions.tries import FULL, Settled, in_order, marked, penalty_of
from concepts.figures import NARROW_SPACE, format_number


def settled_of(item: AttemptItem) -> Settled | None:
    """The score and its parts; None where one answer was given and that was all."""
    if not item.tries or not item.is_graded:
        return None
    version, penalty = item.marking, penalty_of(item.version.content)
    return marked(version.kind, version.content, item.marking_values, item.tries, item.answer, penalty)[0]


def is_right(item: AttemptItem) -> bool:
    """Whether a graded answer is right by itself, whatever the tries before it cost."""
    settled = settled_of(item)
    return (settled.grade if settled else item.score or 0) >= FULL


def answers_given(item: AttemptItem) -> int:
    """How many different answers were tried, the last included."""
    return len(in_order(item.tries, item.answer))


def word_of(item: AttemptItem, settled: Settled) -> tuple[str, str, str]:
    """How a question that was tried several times was marked, as state, icon and word: for tables."""
    if settled.grade >= FULL:
        return "good", "check", _("Right at try %(number)s") % {"number": settled.place + 1}
    tried = {"count": answers_given(item)}
    if settled.grade > 0:
        return "warn", "half", _("Partly, tries: %(count)s") % tried
    return "bad", "cross", _("Wrong, tries: %(count)s") % tried


def account_of(item: AttemptItem) -> str:
    """The sum behind the score: `Right at try 3: 100 % − 2 × 33 % = 34 %.`

    Empty where nothing was taken off, or where a correction of the question gives full marks to everybody.
    """
    settled = settled_of(item)
    if settled is None or item.void or not settled.misses or not settled.grade:
        return ""
    said = {
        "try": settled.place + 1,
        "grade": per_cent(settled.grade),
        "misses": settled.misses,
        "penalty": per_cent(penalty_of(item.version.content) / 100),
        "score": per_cent(settled.score),
    }
    if settled.score > 0:
        return _("Try %(try)s: %(grade)s − %(misses)s × %(penalty)s = %(score)s of the marks.") % said
    return _("Try %(try)s: %(grade)s − %(misses)s × %(penalty)s leaves nothing; never less than 0.") % said


def per_cent(share: float) -> str:
    """A share in per cent, whole where it is nearly so: `67 %`."""
    return f"{format_number(100 * share, decimals=1)}{NARROW_SPACE}%"
