"""Publishing on time: what is scheduled is shown to learners when its moment comes.

Who knows how to publish a kind of content registers it here: the admin does, because what is prepared is a
form as it was typed, and only its form can read it. What cannot be published then is kept, with the reason.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from concepts.models import PreparedChange, Publishable

logger = logging.getLogger(__name__)
PREPARED = "prepared"


class NotPublished(Exception):
    """Why something could not be published when its moment came, in words for its editor."""


class Publisher(Protocol):
    """Who publishes one kind of content."""

    def publish_draft(self, obj: Any) -> None:
        """Publish a draft that is due and locked. Raises NotPublished or ValidationError."""

    def publish_prepared(self, change: PreparedChange) -> None:
        """Publish what is prepared beside an object, and drop it. Raises NotPublished."""


@dataclass
class Outcome:
    """What became of what was due."""

    published: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


PUBLISHERS: dict[type[models.Model], Publisher] = {}


def register(model: type[models.Model], publisher: Publisher) -> None:
    """Say who publishes a kind of content; the last one counts."""
    PUBLISHERS[model] = publisher


def stamp_of(cells: Mapping[str, str]) -> str:
    """One digest for a whole sheet."""
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def publish_due(now: datetime) -> Outcome:
    """Publish everything whose moment has come; each by itself, so that one failure stops no other."""
    outcome = Outcome()
    by_label = {model._meta.label: model for model in PUBLISHERS}
    for kind, pk in _due(now):
        model = by_label.get(kind, PreparedChange)
        try:
            with transaction.atomic():
                name = _publish_one(model, pk, now)
        except (NotPublished, ValidationError) as error:
            problem = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            outcome.problems.append(_put_off(model, pk, now, problem))
        except Exception:
            logger.exception("%s %s could not be published", kind, pk)
            problem = _("It could not be published, for a reason that is in the server's log.")
            outcome.problems.append(_put_off(model, pk, now, problem))
        else:
            outcome.published += [name] if name else []
    outcome.problems = [problem for problem in outcome.problems if problem]
    return outcome


def _due(now: datetime) -> list[tuple[str, int]]:
    """Everything that is due, earliest first, in one query."""
    scheduled = Publishable.Status.SCHEDULED
    queries = [
        _keys(model._base_manager.filter(status=scheduled, publish_at__lte=now), model._meta.label)
        for model in PUBLISHERS
        if issubclass(model, Publishable)
    ]
    first, *rest = [_keys(PreparedChange.objects.filter(publish_at__lte=now), PREPARED), *queries]
    rows = first.union(*rest, all=True) if rest else first
    return [(kind, pk) for kind, pk, _at in sorted(rows, key=lambda row: (row[2], row[0], row[1]))]


def _keys(rows: models.QuerySet[Any], kind: str) -> Any:
    named = rows.order_by().annotate(kind=Value(kind, output_field=models.CharField()))
    return named.values_list("kind", "pk", "publish_at")


def _publish_one(model: Any, pk: int, now: datetime) -> str:
    """Publish one thing unless somebody else has meanwhile; the name of what was published."""
    rows = model._base_manager.select_for_update().filter(pk=pk, publish_at__lte=now)
    if model is PreparedChange:
        change = _locked_change(pk, now)
        content = change.content if change else None
        if change is None or content is None:
            return ""
        _publisher(type(content)).publish_prepared(change)
        return str(content)
    obj = rows.filter(status=Publishable.Status.SCHEDULED).first()
    if obj is None:
        return ""
    _publisher(model).publish_draft(obj)
    return str(obj)


def _locked_change(pk: int, now: datetime) -> PreparedChange | None:
    """A change that is still due, with its object locked first, as the form locks them."""
    change = PreparedChange.objects.filter(pk=pk, publish_at__lte=now).first()
    model = change.content_type.model_class() if change else None
    if change is None or model is None:
        return None
    list(model._base_manager.select_for_update().filter(pk=change.object_id).values_list("pk"))
    return PreparedChange.objects.select_related("updated_by").filter(pk=pk, publish_at__lte=now).first()


def _publisher(model: Any) -> Publisher:
    if model not in PUBLISHERS:
        raise NotPublished(_("Nothing here knows how to publish this kind of content."))
    return PUBLISHERS[model]


@transaction.atomic
def _put_off(model: Any, pk: int, now: datetime, problem: str) -> str:
    """Take it off the schedule and keep it, with the reason where its editor sees it."""
    if model is PreparedChange:
        change = PreparedChange.objects.select_for_update().filter(pk=pk, publish_at__lte=now).first()
        if change is None:
            return ""
        change.publish_at, change.problem = None, problem
        change.save(update_fields=["publish_at", "problem"])
        return f"{change.content}: {problem}"
    obj = model._base_manager.select_for_update().filter(pk=pk, publish_at__lte=now).first()
    if obj is None:
        return ""
    obj.unpublish()
    obj._change_reason = _("Could not be published as scheduled.")
    obj.save()
    kind = ContentType.objects.get_for_model(model)
    note = {"problem": problem, "publish_at": None}
    PreparedChange.objects.update_or_create(content_type=kind, object_id=pk, defaults=note)
    return f"{obj}: {problem}"
