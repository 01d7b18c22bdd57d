"""The slides of a debriefing, made from what the people of a cohort decided in a case themselves."""

from dataclasses import dataclass
from functools import cached_property
from statistics import median

from django.utils.translation import gettext as _

from assessments.models.casework import Role
from assessments.selectors.case_choices import Share
from assessments.selectors.cohort_choices import CohortChoices, DecisionTaken, StageTaken
from assessments.selectors.cohort_outcomes import Came, Tally, said
from concepts.cases.document import Decision


@dataclass(frozen=True)
class Discussed:
    """What to talk about after a stage: the reasoning that its author wrote to what most people decided."""

    decision: Decision
    came: Came
    count: int
    total: int
    role: str  # in words; empty where both roles decide

    @property
    def words(self) -> str:
        """How many came to it, in a sentence."""
        figures = {"count": self.count, "total": self.total, "decision": self.decision.title}
        said = _("%(decision)s: %(count)s of %(total)s came to this. The author says")
        return said % figures


@dataclass(frozen=True)
class StageSlide:
    """One stage: what was asked, how the cohort split, forecast beside outcome, one question."""

    number: int
    taken: StageTaken
    discussed: Discussed | None

    @property
    def decisions(self) -> list[DecisionTaken]:
        return self.taken.decisions


@dataclass(frozen=True)
class Compared:
    """One figure at the end, role by role."""

    label: str
    values: list[str]


@dataclass(frozen=True)
class Slides:
    """All slides."""

    shown: CohortChoices

    @cached_property
    def stages(self) -> list[StageSlide]:
        return [
            StageSlide(number, taken, self._discussed(taken))
            for number, taken in enumerate(self.shown.stages, start=2)
        ]

    def _discussed(self, taken: StageTaken) -> Discussed | None:
        """The way that most people went, over all decisions of a stage and both roles."""
        best: Discussed | None = None
        for each in taken.decisions:
            for role, tally in self.shown.tally.items():
                found = tally.commonest(each.decision)
                if found and found[0].reasoning and (best is None or found[1] > best.count):
                    total = sum(tally.outcomes[each.decision.key].values())
                    best = Discussed(each.decision, *found, total, str(Role(role).label))
        return best

    @property
    def roles(self) -> list[tuple[str, Tally]]:
        """The roles in which somebody played, in words."""
        return [(str(Role(role).label), tally) for role, tally in self.shown.tally.items()]

    @property
    def ended(self) -> int:
        return sum(sum(tally.endings.values()) for tally in self.shown.tally.values())

    @property
    def endings(self) -> list[Share]:
        """How the runs that ended split over the endings; the reached and those that nobody reached."""
        tallies = self.shown.tally.values()
        return [
            Share(stage.title, sum(tally.endings[stage.key] for tally in tallies), self.ended)
            for stage in self.shown.case.stages
            if stage.is_ending
        ]

    @property
    def compared(self) -> list[Compared]:
        """What the runs in each role came to: their number, their decisions, and where the figures stood."""
        tallies = [tally for _role, tally in self.roles]
        worth = [f"{tally.score} %" if tally.score is not None else "–" for tally in tallies]
        rows = [
            Compared(_("Runs"), [str(tally.runs) for tally in tallies]),
            Compared(_("What the decisions are worth, mean"), worth),
        ]
        for variable in self.shown.case.variables:
            ends = [tally.ends.get(variable.name) for tally in tallies]
            values = [said(variable, median(found)) if found else "–" for found in ends]
            rows.append(Compared(_("%(name)s at the end, median") % {"name": variable.label}, values))
        return rows

    @property
    def has_both(self) -> bool:
        return len(self.shown.tally) > 1

    @property
    def ends_at(self) -> int:
        """The number of the slide with the endings."""
        return 2 + len(self.stages)

    @property
    def count(self) -> int:
        """How many slides there are: the first, one a stage, the endings if any, the roles if both."""
        return 1 + len(self.stages) + bool(self.ended) + self.has_both
