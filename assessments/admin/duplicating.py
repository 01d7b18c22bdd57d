"""Questions and assessments can be duplicated; questions follow their objectives when a lesson is."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Assessment, AssessmentPart, Question
from assessments.services.duplicating import QuestionFollower, duplicate_assessment, duplicate_question
from concepts.admin.duplicating import DUPLICATES, CopyForm, Duplicate
from concepts.admin.handy import GOES_WITH
from concepts.duplicating import FOLLOWERS
from concepts.models import Comparison, Concept, Module
from concepts.reordering import Order, register_order


def _make_question(obj: Any, form: Any, user: Any) -> tuple[Any, str]:
    data = form.cleaned_data
    return duplicate_question(question=obj, title=data["title"], slug=data["slug"], user=user), ""


def _make_assessment(obj: Any, form: Any, user: Any) -> tuple[Any, str]:
    data = form.cleaned_data
    copied = duplicate_assessment(assessment=obj, title=data["title"], slug=data["slug"], user=user)
    parts = copied.parts.count()
    text = ngettext("It has %(count)d part.", "It has %(count)d parts.", parts) % {"count": parts}
    return copied, text


DUPLICATES[Question] = Duplicate(
    CopyForm,
    gettext_lazy(
        "The copy is a draft for the same objective, with the same text, answers, hints and tags. Nobody is "
        "asked it until you publish it, and no answer or figure goes with it."
    ),
    _make_question,
)
DUPLICATES[Assessment] = Duplicate(
    CopyForm,
    gettext_lazy(
        "The copy is a draft with the same parts and conditions, its opening and closing times among them. "
        "No attempt, assignment or extension goes with it."
    ),
    _make_assessment,
)
FOLLOWERS.append(QuestionFollower())
for _model, _link in ((Module, "module"), (Concept, "concept"), (Comparison, "comparison")):
    GOES_WITH.setdefault(_model, []).append((Assessment, _link))
register_order(
    Order(
        "parts",
        gettext_lazy("Parts"),
        gettext_lazy("Order of its parts"),
        Assessment,
        ((AssessmentPart, "assessment"),),
    )
)
