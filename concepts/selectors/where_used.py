"""What uses a piece of content without a foreign key that would guard it: texts, and lists of sources.

Deleting it would leave links that lead nowhere, or silently shorten a list.
"""

from collections.abc import Sequence
from typing import Any

from concepts.cases.reading import questions_in
from concepts.models import CaseStudy, PreparedChange
from concepts.selectors.text_uses import LINKED, text_uses


def users_of(objs: Sequence[Any]) -> list[Any]:
    """Everything else that names one of these objects of one model, each once."""
    if not objs:
        return []
    label = objs[0]._meta.label
    kind = LINKED.get(label)
    found = [*_in_lists(objs), *_in_cases(objs)]
    if kind or label == "concepts.Objective":
        named = [getattr(obj, "slug", "") or obj.code for obj in objs]
        uses = text_uses(kind or "objective", named)
        found += [row for name in uses for row in uses[name]]
    given = set(objs)
    unique = dict.fromkeys(row for row in found if row not in given and _subject(row) not in given)
    return list(unique)


def _subject(row: Any) -> Any:
    """What a row is about: a change in preparation is about the page that it will change."""
    return row.content if isinstance(row, PreparedChange) else row


def _in_cases(objs: Sequence[Any]) -> list[Any]:
    """The cases that ask one of these questions, by its address."""
    own = {obj.slug: obj.case_id for obj in objs if getattr(obj, "case_id", None) and hasattr(obj, "slug")}
    cases = CaseStudy.objects.filter(pk__in=own.values()) if own else []
    return [case for case in cases if any(own.get(name) == case.pk for name in questions_in(case.content))]


def _in_lists(objs: Sequence[Any]) -> list[Any]:
    """Rows that hold one of these in a list of theirs, such as the lessons that cite a source."""
    found: list[Any] = []
    for relation in objs[0]._meta.related_objects:
        model = relation.related_model
        if relation.many_to_many and hasattr(model._meta, "simple_history_manager_attribute"):  # content
            found += model._default_manager.filter(**{f"{relation.field.name}__in": objs}).distinct()
    return found
