"""What the bank adds to the desk of a case: its questions, their check, and the page before it is begun.

It mixes the course and the bank, so it lives here; the course knows nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.admin.chain import question_state
from assessments.coursepack.case_checks import CHECKPOINTS, RECOMMENDATION
from assessments.models import Question
from assessments.questions import TYPES
from assessments.selectors.case_list import CaseLine, CasePage, RoleLine
from concepts.admin.case import PANELS, CaseStudyAdmin
from concepts.admin.case_checks import CHECKS
from concepts.admin.columns import change_url
from concepts.admin.learner_pages import draw
from concepts.admin.previewing import Unsaved
from concepts.cases.problems import Problem
from concepts.cases.reading import named_questions, questions_in, read_case
from concepts.coursepack.findings import nearest
from concepts.models import CaseStudy


@dataclass(frozen=True)
class AskedRow:
    """A question on the page of its case."""

    slug: str
    title: str
    url: str
    type: str
    state: Any
    where: str  # the stages that ask it


def questions_of(case: CaseStudy) -> dict[str, Question]:
    """The questions that belong to a case, by address."""
    rows = Question.objects.filter(case=case).select_related("live", "objective") if case.pk else ()
    return {question.slug: question for question in rows}


def question_problems(content: Mapping[str, Any], case: CaseStudy) -> list[Problem]:
    """Checkpoints and a recommendation that are not there, belong elsewhere, do not fit, or are drafts."""
    named, own = named_questions(content), questions_of(case)
    strangers = {name for _steps, name in named} - set(own)
    elsewhere = dict(Question.objects.filter(slug__in=strangers).values_list("slug", "case__title"))
    found = []
    for steps, name in named:
        types = (RECOMMENDATION,) if steps == ("recommendation",) else CHECKPOINTS
        message = _problem(name, types, own.get(name), elsewhere, own)
        if message:
            found.append(Problem(".".join(map(str, steps)), message))
    return found


def _problem(
    name: str,
    types: tuple[str, ...],
    question: Question | None,
    elsewhere: Mapping[str, str | None],
    own: Mapping[str, Any],
) -> str:
    if other := elsewhere.get(name):
        message = _("The question “%(name)s” belongs to “%(other)s”. Write one for this case.")
        return message % {"name": name, "other": other}
    if name in elsewhere:
        message = _("The question “%(name)s” does not belong to this case. Choose the case in its form.")
        return message % {"name": name}
    if question is None:
        advice = nearest(name, own) or _("Save the case as a draft, then write the question for it.")
        return _("There is no question “%(name)s”.") % {"name": name} + f" {advice}"
    if question.type not in types:
        fitting = ", ".join(str(TYPES[each].label) for each in types)
        message = _("“%(name)s” is of the type %(type)s. Here fits: %(types)s.")
        return message % {"name": name, "type": TYPES[question.type].label, "types": fitting}
    if not question.is_published or question.live is None:
        return _("The question “%(name)s” is a draft. Publish it first.") % {"name": name}
    return ""


def questions_panel(request: HttpRequest, case: Any) -> SafeString | str:
    """The questions of a case with their states, and a way to write those that are missing."""
    if not request.user.has_perm("assessments.view_question"):
        return ""
    own, document = questions_of(case), read_case(case.content)
    named = questions_in(case.content)
    where: dict[str, list[str]] = {}
    for stage in document.stages:
        for slug in stage.checkpoints:
            where.setdefault(slug, []).append(stage.title or stage.key)
    if document.recommendation:
        where.setdefault(document.recommendation, []).append(_("Recommendation"))
    order = [*(slug for slug in named if slug in own), *(slug for slug in own if slug not in named)]
    rows = [_row(own[slug], ", ".join(where.get(slug, ()))) for slug in order]
    context = {
        "rows": rows,
        "lacking": [(slug, ", ".join(where.get(slug, ()))) for slug in named if slug not in own],
        "add_url": f"{reverse('admin:assessments_question_add')}?case={case.pk}",
        "can_add": request.user.has_perm("assessments.add_question"),
    }
    return render_to_string("admin/assessments/case/questions.html", context)


def _row(question: Question, where: str) -> AskedRow:
    return AskedRow(
        question.slug,
        question.title,
        change_url(question),
        str(TYPES[question.type].label),
        question_state(question),
        where,
    )


def case_page_preview(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """The page of a case before it is begun, as learners see it."""
    case: CaseStudy = unsaved.obj
    document = read_case(case.content)
    line = CaseLine(case, [RoleLine(role) for role in document.roles])
    context = {"page": CasePage(line, document, False), "now": timezone.now(), "refused": None}
    return draw(request, "assessments/case/case.html", context)


CHECKS.append(question_problems)
PANELS.append(questions_panel)
CaseStudyAdmin.draws_preview = staticmethod(case_page_preview)
