"""Which correction stands for a version of a question, for those who are asked it or answer it afterwards.

A page that was open while a question was put right still asks the version before; its answer is marked as the
correction says all the same.
"""

from collections.abc import Sequence

from django.db import connection

from assessments.models import AttemptItem, CorrectedItem, Correction, QuestionVersion


def standing_for(version: QuestionVersion, corrections: Sequence[Correction]) -> Correction | None:
    """The latest of a question's corrections, the oldest first, that covers a version of it."""
    return next((each for each in reversed(corrections) if _covers(each, version)), None)


def corrections_of(questions: set[int]) -> list[Correction]:
    """The corrections of some questions, the oldest first."""
    return list(Correction.objects.filter(question__in=questions).select_related("version").order_by("pk"))


def _covers(correction: Correction, version: QuestionVersion) -> bool:
    """It covers its own version, the one that was live before, and those of answers that it marked again."""
    if correction.question_id != version.question_id:
        return False
    if correction.version is not None:
        if version.number >= correction.version.number:
            return version == correction.version
        was_live = version.number == correction.version.number - 1
    else:
        later = QuestionVersion.objects.filter(question=version.question_id, number__gt=version.number)
        was_live = version.created_at <= correction.at and not later.filter(created_at__lte=correction.at)
    return was_live or CorrectedItem.objects.filter(correction=correction, item__version=version).exists()


def is_void(version: QuestionVersion) -> bool:
    """Whether a version was taken out of the marks and nothing has put it right since."""
    standing = standing_for(version, corrections_of({version.question_id}))
    return standing is not None and standing.version_id is None


def _hold(versions: set[int]) -> None:
    """Keep versions from being corrected until the transaction ends, on a database that writes side by side.

    PostgreSQL checks foreign keys at the end of a transaction only, so the items alone do not hold them; and
    Django has no name for the lock that a foreign key takes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM assessments_questionversion WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
                [list(versions)],
            )


def mark_as_corrected(items: Sequence[AttemptItem]) -> list[AttemptItem]:
    """Have items that were stored just now marked as a correction of their version says; returns those.

    A correction holds the versions that it covers, and so does this, shared with everybody but a correction.
    So an item either was there for the correction to find, or finds the correction here. Call it in the
    transaction that stored the items, with the learner's row locked.
    """
    _hold({item.version_id for item in items})
    corrections = corrections_of({item.version.question_id for item in items})
    if not corrections:
        return []
    found = []
    for item in items:
        standing = standing_for(item.version, corrections)
        if standing is None or standing.version == item.version:
            continue
        item.key_version = standing.version
        item.void = standing.kind if standing.version is None else ""
        item.save(update_fields=["key_version", "void"])
        found.append(item)
    return found
