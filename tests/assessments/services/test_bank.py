"""Publishing questions."""

import pytest

from assessments.models import QuestionVersion
from assessments.services.bank import NotPublishable, publish_question, unpublish_question
from concepts.models import FrozenError
from tests.factories import QuestionFactory, VersionFactory, single_choice

pytestmark = pytest.mark.django_db


def test_publishing_makes_the_first_version_and_asks_it_from_now_on() -> None:
    question = QuestionFactory()
    version = publish_question(question=question)
    assert (version.number, question.live, question.is_published) == (1, version, True)


def test_publishing_again_without_a_change_makes_no_new_version() -> None:
    question = QuestionFactory(publish=True)
    publish_question(question=question)
    assert question.versions.count() == 1


def test_a_change_waits_until_it_is_published_and_the_old_version_stays() -> None:
    question = QuestionFactory(publish=True)
    old = question.live.content
    question.content = {**single_choice(), "stem": "Another stem?"}
    question.save()
    assert question.has_unpublished_changes
    assert question.live.content == old
    publish_question(question=question)
    assert list(question.versions.values_list("number", flat=True)) == [2, 1]
    assert QuestionVersion.objects.get(number=1).content == old


def test_a_broken_question_is_refused_with_the_field_named() -> None:
    question = QuestionFactory(content={**single_choice(), "stem": ""})
    with pytest.raises(NotPublishable) as refusal:
        publish_question(question=question)
    assert [problem.field for problem in refusal.value.problems] == ["stem"]
    assert not question.versions.exists()


def test_an_unpublished_question_keeps_its_versions() -> None:
    question = QuestionFactory(publish=True)
    unpublish_question(question=question)
    assert question.versions.count() == 1


def test_a_version_is_never_changed() -> None:
    version = VersionFactory()
    with pytest.raises(FrozenError):
        version.save()
