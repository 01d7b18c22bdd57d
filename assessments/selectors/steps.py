"""What a page proposes to do next: a headline, the reason for it, and where that leads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.selectors.open_work import OpenAttempt
from assessments.wording import begin_sentence, count_word


@dataclass(frozen=True)
class Link:
    """Where to, and what it is called. ``posts`` means that following it begins something."""

    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Step:
    """The headline, the reason for it, one thing to do and at most one other."""

    title: str
    reason: str
    action: Link | None = None
    other: Link | None = None


def on_with_the_diagnostic(attempt: OpenAttempt, other: Link | None = None) -> Step:
    """Go on with a diagnostic first: until it is handed in, it says nothing of where to begin."""
    title = ngettext(
        "%(count)s question to go: “%(set)s”", "%(count)s questions to go: “%(set)s”", attempt.left
    ) % {"set": attempt.title, "count": begin_sentence(count_word(attempt.left))}
    if not attempt.left:
        title = _("Look over “%(diagnostic)s” and hand it in") % {"diagnostic": attempt.title}
    reason = _("Your answers are kept. Once you hand it in, it says where to begin and what you can skip.")
    return Step(title, reason, Link(_("Go on with it"), attempt.url), other)
