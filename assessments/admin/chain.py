"""The whole chain of a lesson or a comparison on one page, with a link to mend whatever is missing.

It mixes the course and the bank, so it lives here; the course knows nothing of it.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.admin.analysis_pages import analysis_url
from assessments.course_check import Finding
from assessments.course_check.findings import WRITE_QUESTION
from assessments.models import Question
from assessments.questions import TYPES
from assessments.selectors.analysis_tables import Cell, count, figure
from assessments.selectors.chain import AskedLine, Chain, Link, chain_of
from assessments.selectors.course_check import home_findings
from concepts.admin.columns import change_url, mark, state_mark
from concepts.admin.deletion import lines_of
from concepts.admin.handy import TOOLS, Tool
from concepts.admin.pages import add_pages
from concepts.kept import shelf_for
from concepts.models import Comparison, Concept

HOMES: dict[str, Any] = {"concept": Concept, "comparison": Comparison}


@dataclass(frozen=True)
class Mend:
    """A finding, with the link that leads to where it is mended."""

    finding: Finding
    url: str
    words: str
    name: str = ""  # of what it is about, unless that is what the page is about


@dataclass(frozen=True)
class QuestionRow:
    """A question in the table of its objective."""

    url: str
    title: str
    type: str
    state: Any
    answers: Cell
    facility: Cell
    discrimination: Cell
    verdict: Any
    analysis_url: str


@dataclass(frozen=True)
class ObjectiveBlock:
    """An objective on the page."""

    link: Link
    url: str
    write_url: str
    gaps: list[Mend]
    rows: list[QuestionRow]


@require_safe
@never_cache
def chain_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One page for a concept (`kind`) or a comparison: what is missing first, then the chain itself."""
    if not request.user.has_perms([f"concepts.view_{kind}", "assessments.view_question"]):
        raise PermissionDenied
    home = get_object_or_404(HOMES[kind].objects.select_related("module"), pk=pk)
    findings = shelf_for(request).get(f"chain {kind} {pk}", lambda: home_findings(home))
    chain = chain_of(home, findings)
    context = {
        **admin.site.each_context(request),
        "title": _("The chain of “%(name)s”") % {"name": home},
        "opts": home._meta,
        "object": home,
        "chain": chain,
        "state": state_mark(home),
        "mends": [_mend(one) for one in findings],
        "blocks": [_block(link) for link in chain.links],
        "named_in": lines_of(chain.named_in),
        "lists": _lists(chain),
        "change_url": change_url(home),
    }
    return TemplateResponse(request, "admin/assessments/chain/page.html", context)


def _mend(one: Finding) -> Mend:
    """Where something is mended: the form of what it is about, or a new question for it."""
    place = one.where
    if one.mend == WRITE_QUESTION:
        words = _("Write a question for %(code)s") % {"code": place.name}
        return Mend(one, _write_url(place.pk), words, place.title)
    app, _dot, model = place.model.partition(".")
    url = reverse(f"admin:{app}_{model}_change", args=[place.pk])
    if place.home == (place.model, place.pk):
        return Mend(one, url, _("Open its form"))
    return Mend(one, url, _("Open “%(title)s”") % {"title": place.title}, place.title)


def _write_url(objective: int) -> str:
    return f"{reverse('admin:assessments_question_add')}?objective={objective}"


def _block(link: Link) -> ObjectiveBlock:
    objective = link.objective
    return ObjectiveBlock(
        link=link,
        url=change_url(objective),
        write_url=_write_url(objective.pk),
        gaps=[_mend(one) for one in link.findings],
        rows=[_row(line) for line in link.questions],
    )


def _row(line: AskedLine) -> QuestionRow:
    question, figures = line.question, line.figures
    finding = figures.finding
    judged = figures.answers > 0
    return QuestionRow(
        url=change_url(question),
        title=question.title,
        type=str(TYPES[question.type].label),
        state=question_state(question),
        answers=count(figures.answers),
        facility=figure(figures.sums.facility, 1, "%"),
        discrimination=figure(figures.discrimination, 1),
        verdict=mark(finding.words, finding.state, finding.icon) if judged else "",
        analysis_url=analysis_url("question", question.pk),
    )


def question_state(question: Question) -> Any:
    """What learners are asked of it."""
    if question.is_published and question.live is not None:
        if question.has_unpublished_changes:
            return mark(_("Live; changes wait"), "warn", "pencil")
        return mark(_("Live"), "good", "check")
    return state_mark(question)


def _lists(chain: Chain) -> list[tuple[str, list[tuple[str, str, str]], str]]:
    """What else hangs on it: a heading, lines of address, name and note, and words for an empty list."""
    return [
        (_("Misconceptions"), _lines(chain.misconceptions), _("None is answered here.")),
        (_("Measures"), _lines(chain.metrics, "unit"), _("It has no measure.")),
        (_("Terms"), _lines(chain.terms), _("It explains no term and links to none.")),
        (_("Pictures"), _lines(chain.pictures), _("It shows no picture.")),
    ]


def _lines(rows: Any, note: str = "") -> list[tuple[str, str, str]]:
    return [(change_url(row), str(row), str(getattr(row, note)) if note else "") for row in rows]


def chain_tools(request: HttpRequest, obj: Any) -> list[Tool]:
    """The button on the form of a concept or a comparison."""
    kind = obj._meta.model_name
    if not isinstance(obj, Concept | Comparison) or not request.user.has_perm("assessments.view_question"):
        return []
    return [(reverse(f"admin:concepts_{kind}_chain", args=[obj.pk]), _("Whole chain"))]


TOOLS.append(chain_tools)
add_pages(
    *(
        path(
            f"concepts/{kind}/<int:pk>/chain/",
            admin.site.admin_view(chain_page),
            {"kind": kind},
            name=f"concepts_{kind}_chain",
        )
        for kind in HOMES
    )
)
