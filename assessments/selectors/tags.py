"""The tags that questions have, on either database: JSON is asked by its places, never by its text."""

from collections import Counter

from django.db.models import Q, QuerySet

from assessments.models import Question
from assessments.questions.common import MOST_TAGS
from assessments.services.tagging import tags_of


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
