"""What `make bench` fills its databases with."""

from random import Random

import pytest

from bench.people import asked_pool
from tests.factories import QuestionFactory, written

pytestmark = pytest.mark.django_db


def test_every_live_question_is_answered_except_those_that_a_person_marks() -> None:
    asked = [QuestionFactory(type=kind, publish=True) for kind in ("single_choice", "numeric")]
    QuestionFactory(type="written", content=written(), publish=True)
    assert {one.version.question for one in asked_pool(Random(1))} == set(asked)
