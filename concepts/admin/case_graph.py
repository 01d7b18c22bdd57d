"""The page with the graph of a case: who comes where, what is doubtful, and how each ending is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concepts.admin.case_content import CaseContentForm
from concepts.admin.columns import change_url, mark
from concepts.cases.document import Case, Role, Stage
from concepts.cases.drawing import draw, reasons
from concepts.cases.graph import Graph, graph, warnings
from concepts.cases.problems import Problem
from concepts.cases.reach import MOST_WAYS, Reached, endings_of
from concepts.cases.reading import read_case


@dataclass(frozen=True)
class Doubt:
    """A warning with the link to the place in the form where it is mended."""

    message: str
    url: str


@dataclass(frozen=True)
class StageRow:
    """A stage in the table below the drawing, with every way out of it."""

    number: int
    stage: Stage
    url: str
    kind: SafeString
    ways: list[tuple[str, str]]  # the title of the stage that follows, and why


@dataclass(frozen=True)
class EndingRow:
    """How an ending is reached."""

    title: str
    ways: str
    best: str
    worst: str


def graph_context(obj: Any, wanted: str, problems: Sequence[Problem]) -> dict[str, Any]:
    """What the page shows of a case in one of its roles."""
    case = read_case(obj.content)
    role = next((each for each in case.roles if each.key == wanted), case.roles[0] if case.roles else None)
    form, home = CaseContentForm(obj.content), change_url(obj)

    def url(field: str) -> str:
        target = form.target(field)
        return f"{home}#{target}" if target else home

    page = reverse("admin:concepts_casestudy_graph", args=[obj.pk])
    context: dict[str, Any] = {
        "change_url": home,
        "roles": [(each, f"{page}?role={each.key}") for each in case.roles],
        "role": role,
        "problems": _places(form, home, problems),
        "doubts": [Doubt(caution.message, url(caution.field)) for caution in warnings(case)],
    }
    if role is None or role.key not in case.start:
        return context
    drawn = graph(case, role.key)
    return context | {
        "drawing": draw(drawn, _drawing_title(obj, role)),
        "stages": _stages(case, drawn, url),
        "endings": [] if problems else [_ending(case, each) for each in endings_of(case, drawn)],
    }


def _places(form: CaseContentForm, home: str, problems: Sequence[Problem]) -> list[Doubt]:
    """Each problem with what its place in the form is called."""
    form.note(problems)
    found = []
    for each in form.noted:
        words = _("%(place)s: %(message)s") % {"place": each.place, "message": each.message}
        url = f"{home}#{each.target}" if each.target else home
        found.append(Doubt(words if each.place else each.message, url))
    return found


def _drawing_title(obj: Any, role: Role) -> str:
    return _("The stages of “%(name)s” for the role %(role)s") % {"name": obj, "role": role.name or role.key}


def _stages(case: Case, drawn: Graph, url: Any) -> list[StageRow]:
    places = {stage.key: i for i, stage in reversed(list(enumerate(case.stages)))}
    titles = {stage.key: stage.title or stage.key for stage in case.stages}
    rows = []
    for number, key in enumerate((key for layer in drawn.layers for key in layer), start=1):
        stage, followers = case.stage(key), dict.fromkeys(edge.target for edge in drawn.after(key))
        ways = [
            (titles[target], reasons([edge for edge in drawn.after(key) if edge.target == target]))
            for target in followers
        ]
        kind = mark(_("Ending"), "", "flag") if stage.is_ending else SafeString("")
        rows.append(StageRow(number, stage, url(f"stages.{places[key]}.title"), kind, ways))
    return rows


def _ending(case: Case, reached: Reached) -> EndingRow:
    stage = case.stage(reached.key)
    ways = _("%(most)d or more") % {"most": MOST_WAYS} if reached.ways >= MOST_WAYS else str(reached.ways)
    return EndingRow(stage.title or stage.key, ways, _percent(reached.best), _percent(reached.worst))


def _percent(score: float | None) -> str:
    return "–" if score is None else f"{int(100 * score + 1e-9)} %"
