"""Putting content back to what it was at a moment of its history, its parts and sources included."""

from typing import Any

from django.db import models, transaction

from concepts.admin.moments import History, Moment

# Restoring a text does not publish or withdraw it, and does not touch what the loader and the bank keep.
KEPT = frozenset({"status", "published_at", "publish_at", "updated_at", "loaded_digest", "live"})


@transaction.atomic
def restore(*, obj: Any, history: History, moment: Moment, reason: str) -> None:
    """Make an object what it was. Its state, draft or published, stays; its present version stays in history.

    Raises ValidationError when the old values do not fit today's data, such as an address taken since.
    """
    record = moment.state[history.key]
    for field in record.tracked_fields:
        if not field.primary_key and field.name not in KEPT:
            setattr(obj, field.attname, getattr(record, field.attname))
    obj._change_reason = reason
    obj.full_clean()
    obj.save()
    for name, rows in record.many_to_many.items():
        getattr(obj, name).set([row for row in rows if row is not None])
    for relation in history.parts:
        _restore_parts(obj, relation, moment)


def _restore_parts(obj: Any, relation: Any, moment: Moment) -> None:
    """Delete parts that were not there, and bring back or change the others.

    What differs is deleted before anything is saved, so that two parts may swap their names.
    """
    model: Any = relation.related_model
    then = {key[1]: record for key, record in moment.state.items() if key[0] == model._meta.label}
    wanted = []
    for part in getattr(obj, relation.get_accessor_name()).all():
        record = then.pop(part.pk, None)
        if record is None:
            part.delete()
        elif any(getattr(part, name) != getattr(record, name) for name in _columns(model)):
            wanted.append(record)
            part.delete()
    for record in [*wanted, *then.values()]:
        part = model(**{name: getattr(record, name) for name in _columns(model)})
        part.full_clean(exclude=[model._meta.pk.name])
        part.save(force_insert=True)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
