"""The self-assessment as a page: it keeps what was typed, and it is nobody else's."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Cohort, Learner, Membership, SkillRating
from concepts.models import Skill
from tests.factories import LearnerFactory, MembershipFactory, SkillFactory, SkillRatingFactory

URL = reverse("assessments:skills")


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def skill(db: None) -> Skill:
    skill: Skill = SkillFactory(slug="it-skill", name="IT skill", role="production")
    return skill


def test_it_invites_and_says_who_sees_it(mine: Client, skill: Skill) -> None:
    page = text(mine.get(URL))
    assert "How far are you with each skill?" in page
    assert "Your instructors do not" in page
    assert skill.description in page
    for word in ("new to it", "with help", "on my own", "can teach it"):
        assert word in page


def test_without_skills_it_says_so(mine: Client) -> None:
    assert "No skills to rate yet" in text(mine.get(URL))


def test_what_was_rated_is_stored_and_shown_again(mine: Client, me: Learner, skill: Skill) -> None:
    SkillFactory(slug="left-alone")
    posted = {"level-it-skill": "3", "example-it-skill": "Built the scrap sheet."}
    response = mine.post(URL, posted, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert "One rating is saved." in text(response)
    assert "1 of 2 skills on your own or better" in text(response)
    page = response.content.decode()
    assert re.search(r'name="level-it-skill" value="3"[^>]*checked', page)
    assert 'value="Built the scrap sheet."' in page
    row = SkillRating.objects.get()
    assert (row.learner, row.skill, row.level, row.example) == (me, skill, 3, "Built the scrap sheet.")


def test_saving_it_unchanged_adds_nothing_and_says_so(mine: Client, me: Learner, skill: Skill) -> None:
    SkillRatingFactory(learner=me, skill=skill, level=2, example="Once.")
    response = mine.post(URL, {"level-it-skill": "2", "example-it-skill": "Once."}, follow=True)
    assert "Nothing was changed" in text(response)
    assert SkillRating.objects.count() == 1


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "No level is chosen yet."),
        ({"level-it-skill": "9"}, "“9” is not one of the four levels."),
        ({"level-it-skill": "often"}, "“often” is not one of the four levels."),
        ({"example-it-skill": "On Monday."}, "You gave an example. Choose the level that it shows."),
        ({"level-it-skill": "2", "example-it-skill": "x" * 301}, "at most 300 characters"),
        ({"level-it-skill": "2", "example-it-skill": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_and_everything_is_kept(
    mine: Client, skill: Skill, posted: dict[str, str], said: str
) -> None:
    SkillFactory(slug="other")
    kept = {"level-other": "4", "example-other": "Kept as typed."} if posted else {}
    response = mine.post(URL, {**posted, **kept})
    assert response.status_code == 422
    assert said in text(response)
    assert not SkillRating.objects.exists()
    page = response.content.decode()
    if kept:
        assert re.search(r'name="level-other" value="4"[^>]*checked', page)
        assert 'value="Kept as typed."' in page
    if posted.get("example-it-skill") == "On Monday.":
        assert 'value="On Monday."' in page


def test_what_is_typed_is_escaped(mine: Client, skill: Skill) -> None:
    mine.post(URL, {"level-it-skill": "2", "example-it-skill": "<b>bold</b>"})
    assert "<b>bold" not in mine.get(URL).content.decode()


def test_progress_invites_and_later_sums_up(mine: Client, me: Learner, skill: Skill) -> None:
    progress = reverse("assessments:progress")
    assert "You have not rated your skills yet. One statement takes about one minute." in text(
        mine.get(progress)
    )
    SkillRatingFactory(learner=me, skill=skill, level=1, at=timezone.now() - timedelta(days=9))
    assert "This was the first time." in text(mine.get(progress))
    SkillRatingFactory(learner=me, skill=skill, level=2)
    page = text(mine.get(progress))
    assert "0 of 1 on your own or better" in page
    assert "from “new to it” to “with help”" in page
    assert f"IT skill With help {skill.concept.title}" in page
    assert f'href="{skill.concept.get_absolute_url()}"' in mine.get(progress).content.decode()


def test_progress_says_nothing_of_skills_where_there_are_none(mine: Client) -> None:
    assert "Your skills" not in text(mine.get(reverse("assessments:progress")))


def test_no_page_of_an_instructor_shows_it(me: Learner, skill: Skill) -> None:
    SkillRatingFactory(learner=me, skill=skill, level=1, example="A secret of mine.")
    cohort: Cohort = MembershipFactory(learner=me).cohort
    teacher = LearnerFactory()
    MembershipFactory(cohort=cohort, learner=teacher, role=Membership.Role.INSTRUCTOR)
    client = Client()
    client.force_login(teacher.user)
    for url in (
        reverse("assessments:cohort", args=[cohort.pk]),
        reverse("assessments:cohort_learner", args=[cohort.pk, me.pk]),
        reverse("assessments:cohort_export", args=[cohort.pk]),
        URL,
    ):
        response = client.get(url)
        assert response.status_code == 200
        content = b"".join(response) if response.streaming else response.content
        assert b"A secret of mine." not in content
        assert url == URL or b"IT skill" not in content


def test_nobody_keeps_a_copy(mine: Client) -> None:
    assert "no-store" in mine.get(URL).headers["Cache-Control"]
