"""Following a path, leaving it, and choosing one in the settings."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Learner
from tests.factories import LearnerFactory, LearningPathFactory

LEAVE = reverse("assessments:leave_path")
SETTINGS = {
    "first_name": "Maren",
    "last_name": "Lindqvist",
    "time_zone": "UTC",
    "reviews_a_day": "12",
    "minutes_a_day": "20",
}


def follow(slug: str) -> str:
    return reverse("assessments:follow_path", args=[slug])


def path_of(me: Learner) -> object:
    return Learner.objects.get(pk=me.pk).path


def test_following_leads_back_to_the_path_and_says_what_it_does(mine: Client, me: Learner) -> None:
    path, other = LearningPathFactory(title="New here"), LearnerFactory()
    response = mine.post(follow(path.slug), follow=True)
    assert response.redirect_chain == [(path.get_absolute_url(), 302)]
    assert "You follow “New here”." in response.content.decode()
    assert path_of(me) == path
    assert path_of(other) is None


def test_leaving_leads_to_the_list(mine: Client, me: Learner) -> None:
    me.path = LearningPathFactory()
    me.save()
    response = mine.post(LEAVE, follow=True)
    assert response.redirect_chain == [(reverse("concepts:paths"), 302)]
    assert "You follow no path now." in response.content.decode()
    assert path_of(me) is None


def test_the_page_of_a_path_leaves_that_path(mine: Client, me: Learner) -> None:
    me.path = LearningPathFactory()
    me.save()
    page = mine.get(me.path.get_absolute_url()).content.decode()
    assert f'<input type="hidden" name="path" value="{me.path.slug}">' in page
    mine.post(LEAVE, {"path": me.path.slug})
    assert path_of(me) is None
    assert "You follow no path now." in mine.post(LEAVE, {"path": "x"}, follow=True).content.decode()


def test_an_old_page_does_not_leave_the_path_that_was_chosen_since(mine: Client, me: Learner) -> None:
    old, me.path = LearningPathFactory(), LearningPathFactory(title="The newer one")
    me.save()
    response = mine.post(LEAVE, {"path": old.slug}, follow=True)
    assert response.redirect_chain == [(reverse("concepts:paths"), 302)]
    assert "and follow “The newer one” now. Nothing was changed." in response.content.decode()
    assert path_of(me) == me.path


@pytest.mark.parametrize("status", ["draft", None])
def test_what_learners_cannot_see_cannot_be_followed(mine: Client, me: Learner, status: str | None) -> None:
    slug = LearningPathFactory(status=status).slug if status else "nowhere"
    assert mine.post(follow(slug)).status_code == 404
    assert path_of(me) is None


def test_a_link_follows_nothing(mine: Client) -> None:
    assert mine.get(follow(LearningPathFactory().slug)).status_code == 405
    assert mine.get(LEAVE).status_code == 405


def test_a_path_is_chosen_in_the_settings_too(mine: Client, me: Learner) -> None:
    path = LearningPathFactory()
    mine.post(reverse("assessments:settings"), {**SETTINGS, "path": str(path.pk)})
    assert path_of(me) == path
    mine.post(reverse("assessments:settings"), {**SETTINGS, "path": ""})
    assert path_of(me) is None


@pytest.mark.parametrize("typed", ["0", "a path", "draft"])
def test_the_settings_offer_published_paths_only(mine: Client, me: Learner, typed: str) -> None:
    value = LearningPathFactory(status="draft").pk if typed == "draft" else typed
    response = mine.post(reverse("assessments:settings"), {**SETTINGS, "path": value, "last_name": "Kept"})
    assert response.status_code == 422
    assert "There is no such path any more." in response.content.decode()
    assert 'value="Kept"' in response.content.decode()


def test_saving_other_settings_keeps_a_path_that_was_taken_back(mine: Client, me: Learner) -> None:
    me.path = path = LearningPathFactory(status="draft")
    me.save()
    assert (
        f'<option value="{path.pk}" selected>' in mine.get(reverse("assessments:settings")).content.decode()
    )
    mine.post(reverse("assessments:settings"), {**SETTINGS, "path": str(path.pk)})
    assert path_of(me) == path
