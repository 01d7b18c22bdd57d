"""A question as a learner meets it, for its editor: any draw, answerable, and nothing of it is stored."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.forms.answers import AnswerForm
from assessments.models import AttemptItem, HandGrade, Question, QuestionVersion
from assessments.questions.base import AnswerError, Presentation, Problem, is_by_hand
from assessments.selectors.attempts import Revealed
from assessments.selectors.hand_verdicts import hand_verdict
from assessments.selectors.marking import Marking, marking_of
from assessments.selectors.verdicts import Verdict, option_marks, verdict_of
from concepts.formulas import FormulaError


@dataclass(frozen=True)
class QuestionPreview:
    """One draw of a question. `verdict` is there once an answer was given; `problems` where none can be."""

    seed: int
    presentation: Presentation | None = None
    form: AnswerForm | None = None
    verdict: Verdict | None = None
    score: float | None = None
    marking: Marking | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether what was typed could not be read."""
        return bool(self.form and self.form.errors)


def build_preview(question: Question, seed: int, posted: QueryDict | None = None) -> QuestionPreview:
    """The question as it stands in its form, drawn with this seed, and marked if an answer was posted."""
    item = _item(question, seed)
    kind = item.version.kind
    try:
        item.values = kind.draw(question.content, seed)
        shown = kind.present(question.content, item.values)
    except (FormulaError, KeyError, ValueError):
        return QuestionPreview(seed, problems=kind.check(question.content))
    if posted is None:
        return QuestionPreview(seed, shown, AnswerForm(shown, asks_certainty=False))
    form = AnswerForm(shown, posted, asks_certainty=False)
    try:
        item.answer = kind.read(question.content, item.values, form.posted)
        if item.answer is None and "gives_up" not in posted:
            raise AnswerError(_("There is no answer yet. Give one, then check it."))
    except AnswerError as error:
        form.refuse(error)
        return QuestionPreview(seed, shown, form)
    return _marked(item, shown, seed)


def _item(question: Question, seed: int) -> AttemptItem:
    """An item that is never saved, so that a preview is marked by the same code as a learner's answer."""
    version = QuestionVersion(
        question=question,
        objective=question.objective,
        type=question.type,
        title=question.title,
        content=question.content,
    )
    return AttemptItem(version=version, seed=seed)


def _handed_in(item: AttemptItem, shown: Presentation, seed: int) -> QuestionPreview:
    """What a learner sees of a written answer until a person has marked it."""
    item.hand_grade = HandGrade(item=item)
    form = AnswerForm(shown, answer=item.answer, is_locked=True, asks_certainty=False)
    return QuestionPreview(seed, shown, form, hand_verdict(item, Revealed()))


def _marked(item: AttemptItem, shown: Presentation, seed: int) -> QuestionPreview:
    if is_by_hand(item.version.kind) and item.answer is not None:
        return _handed_in(item, shown, seed)
    try:
        item.score = item.version.kind.grade(item.version.content, item.values, item.answer).score
        item.graded_at = timezone.now()
        verdict = verdict_of(item, shown, Revealed(), can_vary=False)
        marking = marking_of(item)
    except (FormulaError, KeyError, ValueError):
        return QuestionPreview(seed, problems=item.version.kind.check(item.version.content))
    form = AnswerForm(
        shown,
        answer=item.answer,
        marks=option_marks(item, shown, Revealed()),
        is_locked=True,
        asks_certainty=False,
    )
    return QuestionPreview(seed, shown, form, verdict, item.score, marking)
