"""Case studies: publishing freezes a version, and the objectives follow the content."""

import pytest
from django.db.models import ProtectedError

from concepts.models import CaseStudy, CaseVersion, FrozenError
from tests.cases import make_case, small_case
from tests.factories import CaseStudyFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


def edited(case: CaseStudy, **changes: object) -> CaseStudy:
    case.content = {**case.content, **changes}
    case.save()
    return case


def numbers(case: CaseStudy) -> list[int]:
    return list(case.versions.values_list("number", flat=True))


def test_a_draft_has_no_version_until_it_is_published() -> None:
    case = CaseStudyFactory(status="draft", content=small_case())
    assert numbers(case) == []
    case.status = CaseStudy.Status.PUBLISHED
    case.save()
    assert numbers(case) == [1]


def test_an_edit_of_what_is_published_makes_a_version_and_leaves_the_one_before() -> None:
    case = make_case()
    before = case.versions.get()
    edited(case, brief="Another brief.")
    assert numbers(case) == [2, 1]
    assert case.versions.first().document.brief == "Another brief."
    assert CaseVersion.objects.get(pk=before.pk).document.brief == before.document.brief != "Another brief."


def test_saving_the_same_again_makes_no_version() -> None:
    case = make_case()
    case.summary, case.minutes = "Said in other words.", 50  # stand in lists only
    case.save()
    edited(case)
    assert numbers(case) == [1]


def test_a_new_title_is_a_version() -> None:
    case = make_case(title="One title")
    case.title = "Another title"
    case.save()
    assert list(case.versions.values_list("title", flat=True)) == ["Another title", "One title"]


def test_a_version_is_never_changed() -> None:
    version = make_case().versions.get()
    version.title = "Changed"
    with pytest.raises(FrozenError):
        version.save()


def test_what_was_played_cannot_be_deleted_with_its_versions() -> None:
    case = make_case()
    with pytest.raises(ProtectedError):
        case.delete()


def test_its_objectives_follow_what_its_decisions_point_at() -> None:
    case = make_case(code="CAS-1")
    ObjectiveFactory(code="CAS-2")
    assert [each.code for each in case.objectives.all()] == ["CAS-1"]
    case.content = small_case("CAS-2")
    case.save()
    assert [each.code for each in case.objectives.all()] == ["CAS-2"]
    case.content = small_case("NON-9")  # the check of the course names a code that nothing has
    case.save()
    assert not case.objectives.exists()


def test_an_objective_that_a_case_points_at_cannot_be_deleted() -> None:
    case = make_case()
    with pytest.raises(ProtectedError):
        case.objectives.get().delete()
