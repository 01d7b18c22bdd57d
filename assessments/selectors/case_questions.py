"""A checkpoint or the recommendation of a case: a question of the engine, with the exhibits beside it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import CaseRun
from assessments.selectors.case_runs import RunPage, with_moves
from assessments.selectors.questions import Onward, QuestionPage


@dataclass(frozen=True)
class CaseQuestionPage(QuestionPage):
    """The page of a question that belongs to a run. ``sort`` is the order asked for in a table beside it."""

    sort: str = ""

    @cached_property
    def run(self) -> RunPage:
        """The run as it stands, with what can be seen in it."""
        runs = with_moves(CaseRun.objects.filter(attempt=self.item.attempt_id))
        return RunPage(runs.get(), self.now, self.sort)

    @property
    def is_reached(self) -> bool:
        """Whether the run has come to a stage that asks this; the recommendation is asked after the end."""
        slug = self.item.version.question.slug
        if slug == self.run.case.recommendation:
            return self.run.is_over
        stages = [step.stage for step in self.run.play.steps] + [self.run.stage]
        return any(slug in stage.checkpoints for stage in stages)

    @property
    def template(self) -> str:
        return "assessments/case/question.html"

    @property
    def is_recommendation(self) -> bool:
        return self.item.version.question.slug == self.run.case.recommendation

    @property
    def leave_url(self) -> str:
        return self.run.run.get_absolute_url()

    @property
    def home(self) -> Any:
        return self.run.run.case

    @cached_property
    def onward(self) -> Onward:
        if self.run.run.is_open:
            return Onward(self.leave_url, _("Back to the case"))
        return Onward(reverse("assessments:case_debrief", args=[self.run.run.pk]), _("Go to the debrief"))
