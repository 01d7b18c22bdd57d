"""The tags that questions have, on either database: JSON is asked by its places, never by its text."""

from collections import Counter
from typing import Any

from django.db.models import Func, JSONField, Q, QuerySet

from assessments.models import Question
from assessments.questions.common import MOST_TAGS
from assessments.services.tagging import tags_of


class WithoutTags(Func):
    """A content as far as learners are asked it, in the database."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="JSON_REMOVE(%(expressions)s, '$.tags')", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s - 'tags')", **context)


def tag_counts(questions: QuerySet[Question] | None = None) -> Counter[str]:
    """Every tag with the number of questions that have it."""
    rows = Question.objects.all() if questions is None else questions
    listed = rows.filter(content__has_key="tags").order_by().values_list("content__tags", flat=True)
    return Counter(tag for tags in listed for tag in set(tags_of({"tags": tags})))


def tagged_with(tag: str) -> Q:
    """Questions that have a tag, wherever in their list it stands."""
    found = Q()
    for place in range(MOST_TAGS):
        found |= Q(**{f"content__tags__{place}": tag})
    return found
