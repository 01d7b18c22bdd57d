"""Playing the draft of a case at the desk: any path, in either role, with nothing stored.

The answers travel in the address, stage by stage; the state follows from them, the role and the seed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.admin.case import questions_of
from assessments.forms.cases import DecisionsForm
from assessments.forms.seed import LARGEST
from assessments.models import CaseMove, CaseRun, Question
from assessments.selectors.case_debrief import Decided
from assessments.selectors.case_runs import RunPage
from concepts.admin.case_checks import problems_of
from concepts.admin.columns import change_url
from concepts.admin.handy import TOOLS, Tool
from concepts.admin.pages import add_pages
from concepts.cases.answering import misfits
from concepts.cases.playing import MOST_STAGES, NotPlayable, Play, Settled, advance, begin, replay
from concepts.formulas import FormulaError
from concepts.models import CaseStudy, CaseVersion

Moves = list[dict[str, Any]]
LONGEST = 20_000  # of the answers in an address
# What a draft that is not finished may lead to: names that are not there, formulas that cannot be worked out.
BROKEN = (
    NotPlayable,
    FormulaError,
    StopIteration,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
)


@dataclass(frozen=True)
class Told:
    """A decision that was played: what was decided, what it is worth, and which outcome fired."""

    settled: Settled

    @property
    def decided(self) -> Decided:
        return Decided(self.settled)

    @property
    def fired(self) -> str:
        """The outcome as the document has it."""
        decision, outcome = self.settled.decision, self.settled.outcome
        if decision.options:
            return _("option “%(key)s”") % {"key": self.settled.answer.get("option", "")}
        number = decision.outcomes.index(outcome) + 1
        when = outcome.when or _("otherwise")
        return _("outcome %(number)d: %(when)s") % {"number": number, "when": when}

    @property
    def effects(self) -> list[tuple[str, str, str]]:
        """Each effect: the variable, its formula, and the value after it."""
        after = self.settled.after
        return [
            (name, formula, f"{after[name]:.12g}") for name, formula in self.settled.outcome.effects.items()
        ]


@dataclass(frozen=True)
class PlayPage(RunPage):
    """The workspace of a run that is not stored."""

    played: Play | None = None
    asked: Mapping[str, Question] | None = None

    @cached_property
    def play(self) -> Play:
        return self.played  # type: ignore[return-value]

    @cached_property
    def moves(self) -> dict[int, CaseMove]:
        return {
            position: CaseMove(run=self.run, position=position) for position in range(1, self.position + 1)
        }

    @property
    def told(self) -> list[list[Told]]:
        """What was decided, stage by stage."""
        return [[Told(settled) for settled in step.settled] for step in self.play.steps]

    @property
    def questions(self) -> list[tuple[str, Question | None]]:
        """The checkpoints of the stage, or the recommendation at the end; None where there is none yet."""
        named = [self.case.recommendation] if self.is_over else self.stage.checkpoints
        return [(slug, (self.asked or {}).get(slug)) for slug in named if slug]

    @property
    def score(self) -> int | None:
        """The mean over all decisions so far, in per cent."""
        scores = [settled.score for step in self.play.steps for settled in step.settled]
        return int(100 * sum(scores) / len(scores) + 1e-9) if scores else None

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """The chances of this run."""
        labels = {chance.name: chance.label for chance in self.case.chances}
        return [(labels.get(name, name), f"{value:.12g}") for name, value in self.play.chances.items()]


@dataclass(frozen=True)
class Request:
    """What is to be played, as the address has it."""

    role: str
    seed: int
    moves: Moves

    def url(self, pk: Any, moves: Sequence[Mapping[str, Any]], role: str = "") -> str:
        """The address of the same play with other moves, or in another role."""
        query: dict[str, Any] = {"role": role or self.role, "seed": self.seed}
        if moves:
            query["moves"] = json.dumps(list(moves), separators=(",", ":"), ensure_ascii=False)
        return f"{reverse('admin:concepts_casestudy_play', args=[pk])}?{urlencode(query)}"


def read_request(request: HttpRequest, roles: Sequence[str]) -> tuple[Request, str]:
    """What is asked for, and what was wrong with it, in words; empty if nothing was."""
    role, problem = request.GET.get("role", ""), ""
    if role not in roles:
        role = roles[0] if roles else ""
    text = request.GET.get("seed", "0")
    seed = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
    if not 0 <= seed <= LARGEST:
        seed, problem = 0, _("A seed is a whole number from 0 to %(most)d.") % {"most": LARGEST}
    try:
        moves = json.loads(request.GET.get("moves", "[]")[:LONGEST])
    except (ValueError, RecursionError):
        moves = None
    if not _are_moves(moves):
        moves, problem = [], _("The answers in the address cannot be read. The case starts over.")
    return Request(role, seed, moves), problem


def _are_moves(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_STAGES
        and all(
            isinstance(move, dict) and all(isinstance(answer, dict) for answer in move.values())
            for move in value
        )
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def play_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One stage of the draft; a POST decides it and leads to the next."""
    desk: Any = admin.site.get_model_admin(CaseStudy)
    case: CaseStudy = desk.drafted(request, str(pk))
    problems = problems_of(case.content, case)
    try:
        return _play(request, case, has_problems=bool(problems))
    except BROKEN:
        if not problems:  # then it is not the draft that is broken
            raise
    context = {"case": case, "form_url": change_url(case), "problems": problems}
    context["over"] = request.path if "moves" in request.GET else ""
    return render(request, "admin/assessments/case/unplayable.html", context, status=409)


def _play(request: HttpRequest, case: CaseStudy, *, has_problems: bool) -> HttpResponse:
    """The stage that is asked for. Raises one of BROKEN where the draft cannot be played there."""
    version = CaseVersion(case=case, number=0, title=case.title, content=case.content)
    roles = list(version.document.start)
    asked, problem = read_request(request, roles)
    play, moves, stale = _played(version, asked)
    run = CaseRun(case=case, version=version, role=asked.role, seed=asked.seed)
    page = PlayPage(run, timezone.now(), request.GET.get("sort", ""), play, questions_of(case))
    form = DecisionsForm(page.decisions, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not page.is_over and _is_decided(page, form):
        onward = _onward(version, asked, moves, form)
        if onward:
            return HttpResponseRedirect(asked.url(case.pk, onward))
        form.add_error(None, _("Nothing follows from this. The draft has to say where it leads."))
    context = {
        "case": case,
        "asked": asked,
        "form_url": change_url(case),
        "page": page,
        "decisions": form,
        "problem": problem or stale,
        "back": asked.url(case.pk, moves[:-1]) if moves else "",
        "over": asked.url(case.pk, []),
        "others": [
            (version.document.role(key), asked.url(case.pk, [], key)) for key in roles if key != asked.role
        ],
        "steps": [(told, asked.url(case.pk, moves[:i])) for i, told in enumerate(page.told)],
        "has_problems": has_problems,
    }
    refused = problem or stale or request.method == "POST"
    return render(request, "admin/assessments/case/play.html", context, status=422 if refused else 200)


def _played(version: CaseVersion, asked: Request) -> tuple[Play, Moves, str]:
    """The run as far as its moves still fit the draft, which may have been changed since.

    Raises NotPlayable and FormulaError where it does not even begin.
    """
    document = version.document
    play = begin(document, asked.role, asked.seed)
    for answers in asked.moves:
        try:
            if any(misfits(each, answers.get(each.key)) for each in play.stage.decisions_of(asked.role)):
                break
            play = advance(document, play, answers)
        except BROKEN:
            break
    kept = asked.moves[: len(play.steps)]
    if len(kept) == len(asked.moves):
        return play, kept, ""
    return play, kept, _("The draft was changed: what was decided from here on does not fit any more.")


def _is_decided(page: PlayPage, form: DecisionsForm) -> bool:
    """Whether what was posted can stand; what cannot is said at its place."""
    if not form.is_valid():
        return False
    found = {
        (decision.key, misfit.name): misfit.message
        for decision in page.decisions
        for misfit in misfits(decision, form.answers.get(decision.key))
    }
    form.refuse(found)
    return not found


def _onward(version: CaseVersion, asked: Request, moves: Moves, form: DecisionsForm) -> Moves:
    """The moves with those just posted; none where the draft leads nowhere from there."""
    onward = [*moves, form.answers]
    try:
        replay(version.document, asked.role, asked.seed, onward)
    except BROKEN:
        return []
    return onward


def play_tools(request: HttpRequest, obj: Any) -> list[Tool]:
    """The button on the form of a case."""
    if not isinstance(obj, CaseStudy):
        return []
    return [(reverse("admin:concepts_casestudy_play", args=[obj.pk]), _("Play it"))]


TOOLS.append(play_tools)
add_pages(
    path(
        "concepts/casestudy/<int:pk>/play/",
        admin.site.admin_view(play_page),
        name="concepts_casestudy_play",
    )
)
