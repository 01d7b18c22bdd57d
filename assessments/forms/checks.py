"""The quick check of a lesson as its page shows it: to be answered, refused at the field, or marked."""

from collections.abc import Collection
from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict

from assessments.forms.answers import AnswerForm
from assessments.models import AttemptItem, Learner, QuestionVersion
from assessments.questions.base import AnswerError, Presentation
from assessments.selectors.attempts import Revealed
from assessments.selectors.checks import Moved, next_question, read_result
from assessments.selectors.verdicts import Verdict, option_marks, verdict_of
from assessments.services.checks import Offer, make_offer, read_offer, sign_offer
from concepts.kept import Shelf


@dataclass(frozen=True)
class Posted:
    """What somebody sent that could not be graded: the form again with the reason, or a notice instead."""

    token: str = ""
    data: QueryDict | None = None
    error: AnswerError | None = None
    notice: str = ""


@dataclass(frozen=True)
class QuickCheck:
    """One question at the end of a lesson. ``verdict`` and ``moved`` are there once it is marked."""

    objective: int
    presentation: Presentation
    form: AnswerForm
    token: str = ""
    notice: str = ""
    verdict: Verdict | None = None
    moved: Moved | None = None
    is_preview: bool = False

    @property
    def template(self) -> str:
        """What draws the answer: the same as on the page of a question, without the way through crispy."""
        return self.form.answer_widget.template

    @property
    def field(self) -> BoundField:
        """What its template is given: the field, or the first where there are several."""
        return self.form[self.form.first_field]


def build_check(
    *,
    shelf: Shelf,
    learner: Learner,
    lesson: str,
    objectives: Collection[int],
    is_preview: bool = False,
    posted: Posted | None = None,
    result: str = "",
) -> QuickCheck | None:
    """The check of a lesson: the refused one, the marked one that ``result`` names, or a fresh one.

    None where a lesson has no published question.
    """
    if posted and posted.error and posted.data is not None:
        return _refused(learner, lesson, posted)
    marked = read_result(result, learner) if result and not posted else None
    if marked and marked.item.version.objective_id in objectives:
        return _marked(marked.item, marked.moved)
    version = next_question(shelf, learner, objectives)
    if version is None:
        return None
    offer = make_offer(learner=learner, version=version, is_preview=is_preview)
    shown = _present(version, offer)
    return QuickCheck(
        version.objective_id,
        shown,
        AnswerForm(shown, asks_certainty=False),
        token=sign_offer(offer, lesson),
        notice=posted.notice if posted else "",
        is_preview=is_preview,
    )


def _present(version: QuestionVersion, offer: Offer) -> Presentation:
    return version.kind.present(version.content, version.kind.draw(version.content, offer.seed))


def _refused(learner: Learner, lesson: str, posted: Posted) -> QuickCheck:
    """The same question with the same figures and what was typed, the reason at the field."""
    offer = read_offer(posted.token, learner, lesson)
    version = QuestionVersion.objects.get(pk=offer.version)
    shown = _present(version, offer)
    form = AnswerForm(shown, posted.data, asks_certainty=False)
    if posted.error:
        form.refuse(posted.error)
    return QuickCheck(version.objective_id, shown, form, token=posted.token, is_preview=offer.is_preview)


def _marked(item: AttemptItem, moved: Moved | None) -> QuickCheck:
    version, everything = item.version, Revealed()
    shown = version.kind.present(version.content, item.values)
    form = AnswerForm(
        shown,
        answer=item.answer,
        marks=option_marks(item, shown, everything),
        is_locked=True,
        asks_certainty=False,
    )
    return QuickCheck(
        version.objective_id,
        shown,
        form,
        verdict=verdict_of(item, shown, everything, can_vary=False),
        moved=moved,
        is_preview=item.attempt.is_preview,
    )
