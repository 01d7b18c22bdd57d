"""Beginning and ending a run of a case, and what its other services share.

Every write locks the learner first, as everywhere; the same request again changes nothing.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt, AttemptItem, CaseMove, CaseRun, Learner, Question
from assessments.services.drawing import make_item, new_seed
from assessments.services.errors import NotAllowed, Refused
from assessments.services.finishing import finish
from concepts.cases.playing import begin
from concepts.cases.reading import questions_in
from concepts.models import CaseStudy, CaseVersion, Publishable


class Stale(Refused):
    """Another tab or device has saved since; nothing was overwritten. ``move`` is what is saved."""

    def __init__(self, move: CaseMove | None = None) -> None:
        super().__init__(
            _("Another tab or device has saved since this page was opened. Nothing was overwritten.")
        )
        self.move = move


@transaction.atomic
def start_run(*, learner: Learner, case: CaseStudy, role: str, now: datetime) -> CaseRun:
    """Begin a case in a role, or come back to the run that is open in it.

    Raises Refused while one in the other role is open, NotAllowed for a case that is not published or a role
    that it does not have.
    """
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    current = CaseRun.objects.filter(learner=learner, case=case).open().select_related("version").first()
    if current is not None and current.role == role:
        return current
    version = CaseVersion.objects.filter(case=case).first()
    if not case.is_published or version is None or role not in version.document.start:
        raise NotAllowed(_("This case cannot be played in that role. Choose one of those on its page."))
    if current is not None:
        message = _("You are playing this case as %(role)s. Finish that run first; it is kept.")
        playing = current.version.document.role(current.role).name
        raise Refused(message % {"role": playing})
    attempt = _attempt(learner, case, version, now)
    seed = new_seed()
    return CaseRun.objects.create(
        learner=learner,
        case=case,
        version=version,
        attempt=attempt,
        role=role,
        seed=seed,
        stage=begin(version.document, role, seed).stage.key,
        started_at=now,
        last_at=now,
    )


def _attempt(learner: Learner, case: CaseStudy, version: CaseVersion, now: datetime) -> Attempt:
    """The attempt that holds every question of the case, as they stand now; those not reached stay blank."""
    assessment = assessment_of(case)
    past = Attempt.objects.filter(learner=learner, assessment=assessment)
    attempt = Attempt.objects.create(
        learner=learner,
        assessment=assessment,
        kind=Attempt.Kind.CASE,
        number=(past.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        started_at=now,
    )
    live = {
        question.slug: question.live
        for question in Question.objects.published().filter(case=case).select_related("live")
    }
    asked = [live[slug] for slug in questions_in(version.content) if live.get(slug)]
    items = [make_item(attempt, one, 1, position) for position, one in enumerate(asked, start=1) if one]
    AttemptItem.objects.bulk_create(items)
    return attempt


def assessment_of(case: CaseStudy) -> Assessment:
    """What collects the answers of a case, made when it is needed; its title follows the case."""
    made, _is_new = Assessment.objects.get_or_create(
        case=case,
        defaults={
            "slug": f"case-{case.slug}",
            "title": case.title,
            "mode": Assessment.Mode.CASE,
            "status": Publishable.Status.PUBLISHED,
        },
    )
    if made.title != case.title:
        made.title = case.title
        made.save(update_fields=["title"])
    return made


def recommendation_of(run: CaseRun) -> AttemptItem | None:
    """The written recommendation of a run; None in a case that asks for none."""
    slug = run.version.document.recommendation
    items = AttemptItem.objects.filter(attempt=run.attempt_id, version__question__slug=slug)
    return items.select_related("version", "hand_grade").first() if slug else None


def finish_run(run: CaseRun, now: datetime) -> None:
    """End a locked run and the attempt that holds its answers."""
    run.finished_at = now
    touch(run, now)
    finish(attempt=run.attempt, now=now)


def touch(run: CaseRun, now: datetime) -> None:
    """Save a run with the moment at which something was done in it."""
    run.last_at = now
    run.save()


def locked_run(run: CaseRun) -> CaseRun:
    """The run with its learner, version and attempt, locked until the transaction ends, the learner first."""
    rows = CaseRun.objects.select_for_update(of=("learner", "self"))
    return rows.select_related("learner", "version", "attempt").get(pk=run.pk)
