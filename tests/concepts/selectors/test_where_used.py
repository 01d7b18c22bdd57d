"""What a case uses is told before it is deleted."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.test import RequestFactory

from assessments.models import Question
from concepts.admin.deletion import uses_of
from concepts.models import CaseStudy, CaseVersion, Objective
from concepts.selectors.where_used import users_of
from tests.cases import make_case
from tests.factories import ObjectiveFactory, PictureFactory, QuestionFactory, SourceFactory, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> CaseStudy:
    return make_case()


@pytest.fixture
def asking(rf: RequestFactory) -> HttpRequest:
    """Somebody who may see everything wants to delete something."""
    request = rf.get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    return request


def test_a_source_of_a_case_is_in_use(case: CaseStudy) -> None:
    source = SourceFactory()
    assert users_of([source]) == []
    case.sources.add(source)
    assert users_of([source]) == [case]


def test_a_picture_that_is_an_exhibit_or_in_a_text_is_in_use(case: CaseStudy) -> None:
    shown, linked, other = (PictureFactory(slug=slug) for slug in ("layout", "flow", "flow-two"))
    assert users_of([shown]) == users_of([linked]) == []
    case.content["exhibits"].append({"key": "layout", "title": "Layout", "image": "layout"})
    case.content["brief"] = "See\n\n![The flow](picture:flow)"
    case.save()
    version = case.versions.first()
    assert users_of([shown]) == users_of([linked]) == [case, version]
    assert users_of([other]) == []
    assert set(users_of([shown, other])) == {case, version}


def test_an_objective_of_a_decision_or_a_criterion_is_in_use(case: CaseStudy, asking: HttpRequest) -> None:
    objective = Objective.objects.get(code="CAS-1")
    assert {case, case.versions.get()} <= set(users_of([objective]))
    with pytest.raises(ProtectedError):
        objective.delete()
    lines = [line for line in uses_of([objective], asking, site) if isinstance(line, str)]
    assert lines == ["Case study: 1", "Question versions: 2", "Questions: 2", "Version of a case: 1"]
    other = ObjectiveFactory(code="CAS-2")
    assert users_of([other]) == []
    content = written()
    content["rubric"][0]["objective"] = "CAS-2"
    question = QuestionFactory(type="written", content=content)
    assert users_of([other]) == [question]


def test_a_question_that_a_case_asks_is_in_use(case: CaseStudy, asking: HttpRequest) -> None:
    question = Question.objects.get(slug="small-case-late")
    spare = QuestionFactory(case=case, objective=question.objective)
    assert users_of([question]) == [case]
    assert users_of([question, spare]) == [case]
    assert users_of([spare]) == users_of([QuestionFactory()]) == []
    assert "Case study: 1" in uses_of([question], asking, site)


def test_what_only_an_older_version_shows_stays_in_use(case: CaseStudy) -> None:
    picture = PictureFactory(slug="layout")
    before = case.content["exhibits"]
    case.content = {**case.content, "exhibits": [*before, {"key": "l", "title": "L", "image": "layout"}]}
    case.save()
    case.content = {**case.content, "exhibits": before}
    case.save()
    assert users_of([picture]) == [CaseVersion.objects.get(case=case, number=2)]
