"""Profiles and the group of editors."""

import pytest
from django.contrib.auth.models import Group

from assessments.models import Learner
from assessments.services.editors import ensure_editors
from assessments.services.people import ensure_learner
from tests.factories import UserFactory, make_editor

pytestmark = pytest.mark.django_db


def test_a_profile_is_made_on_first_need_and_only_once() -> None:
    user = UserFactory()
    assert ensure_learner(user=user) == ensure_learner(user=user)
    assert Learner.objects.count() == 1


def test_editors_may_change_content_and_see_nobodys_data() -> None:
    editor = make_editor()
    assert editor.has_perms(["concepts.change_concept", "assessments.add_question", "concepts.delete_term"])
    assert editor.has_perm("assessments.view_questionversion")
    assert not editor.has_perm("assessments.change_questionversion")
    for model in ("attempt", "evidence", "learner", "cohort", "membership", "objectivestate"):
        assert not editor.has_perm(f"assessments.view_{model}")


def test_making_the_group_again_gives_it_what_it_lost() -> None:
    group = Group.objects.get(name="Editors")
    count = group.permissions.count()
    group.permissions.clear()
    ensure_editors()
    assert group.permissions.count() == count
