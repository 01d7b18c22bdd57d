"""Where to go from a result: practise what is weak, else go on in the course."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt
from assessments.selectors.headlines import Weak
from concepts.models import Concept


@dataclass(frozen=True)
class Way:
    """Where to go from here."""

    url: str
    label: str


def way_on(attempt: Attempt, weak: Weak | None) -> Way:
    """The one thing to do next."""
    if attempt.is_preview and attempt.assessment:
        again = reverse("assessments:preview", args=[attempt.assessment.slug])
        return Way(again, _("Preview another draw"))
    if weak is not None:
        return _practice(attempt, weak)
    home = attempt.assessment.home if attempt.assessment else None
    if isinstance(home, Concept):
        after = Concept.objects.published().filter(module=home.module_id, position__gt=home.position)
        following = after.order_by("position").first()
        if following is not None:
            return Way(following.get_absolute_url(), _("Go on with %(title)s") % {"title": following.title})
    return Way(reverse("assessments:home"), _("Go to Today"))


def _practice(attempt: Attempt, weak: Weak) -> Way:
    """The practice of the weakest lesson, or the lesson itself where there is none."""
    sets = Assessment.objects.published().filter(mode=Assessment.Mode.PRACTICE)
    home = {"concept": weak.home} if isinstance(weak.home, Concept) else {"comparison": weak.home}
    practice = sets.filter(**home).first()
    if practice is None:
        return Way(weak.home.get_absolute_url(), _("Read %(title)s again") % {"title": weak.home.title})
    if practice == attempt.assessment:
        return Way(practice.get_absolute_url(), _("Practise again"))
    return Way(practice.get_absolute_url(), _("Practise %(title)s") % {"title": weak.home.title})
