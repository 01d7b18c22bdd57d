"""Playing a draft at the desk: any path, any role, nothing stored."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, CaseMove, CaseRun, Evidence
from concepts.models import CaseStudy
from tests.case_desk import desk_case
from tests.factories import CaseStudyFactory
from tests.forms import change, opened

pytestmark = pytest.mark.django_db
WAY = [
    {"overtime": "few"},
    {"batch-size": "100"},
    {"priority-late_ones": "1", "priority-rush_ones": "2", "priority-new_ones": "3"},
]


def url(case: CaseStudy) -> str:
    return reverse("admin:concepts_casestudy_play", args=[case.pk])


def text(response: Any) -> str:
    return str(response.content.decode())


def moves_in(address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(parse_qs(urlsplit(address).query)["moves"][0])
    return found


def test_a_path_is_played_to_its_end_and_nothing_is_stored(editor: Client) -> None:
    case = desk_case()
    address = url(case)
    for answers in WAY:
        response = editor.post(address, answers)
        assert response.status_code == 302
        address = response["Location"]
    page = editor.get(address)
    assert page.context["page"].is_over
    assert page.context["page"].score == 100
    assert "The decisions of this path are worth 100 % on average." in text(page)
    for model in (Attempt, CaseRun, CaseMove, Evidence):
        assert not model.objects.exists()


def test_each_step_says_what_fired_what_it_is_worth_and_the_state_after_it(editor: Client) -> None:
    case = desk_case()
    address = editor.post(url(case), {"overtime": "all"})["Location"]
    page = editor.get(address)
    shown = text(page)
    assert "option “all”" in shown
    assert "40 %" in shown
    assert "cost = cost + 4" in shown
    assert "It is loud, and the share rises." in shown
    assert page.context["page"].variables[1].now.startswith("14.0")


def test_an_outcome_is_told_by_its_condition(editor: Client) -> None:
    case = desk_case()
    moves = [{"overtime": {"option": "few"}}, {"batch": {"figures": {"size": 180}}}]
    shown = text(editor.get(url(case), {"moves": json.dumps(moves)}))
    assert "outcome 1: size &gt; 140" in shown


def test_one_goes_back_a_stage_starts_over_and_plays_the_other_role(editor: Client) -> None:
    case = desk_case()
    address = editor.post(editor.post(url(case), WAY[0])["Location"], WAY[1])["Location"]
    page = editor.get(address)
    assert moves_in(page.context["back"]) == [{"overtime": {"option": "few"}}]
    assert "moves" not in parse_qs(urlsplit(page.context["over"]).query)
    ((_role, other),) = page.context["others"]
    shown = text(editor.get(other))
    assert "You answer to the customer." in shown
    assert "The customer is on the telephone." in shown
    assert "You run the presses." not in shown


def test_the_seed_is_shown_and_another_draws_other_chances(editor: Client) -> None:
    case = desk_case()
    drawn = {
        seed: editor.get(url(case), {"seed": seed}).context["page"].drawn[0][1]
        for seed in map(str, range(12))
    }
    assert set(drawn.values()) == {"0", "1", "2", "3"}
    assert 'value="7"' in text(editor.get(url(case), {"seed": "7"}))


@pytest.mark.parametrize(
    ("answers", "words"),
    [({}, "Nothing is decided here yet."), ({"overtime": "nobody-knows"}, "none of these")],
)
def test_what_cannot_stand_is_refused_at_its_place(editor: Client, answers: Any, words: str) -> None:
    response = editor.post(url(desk_case()), answers)
    assert response.status_code == 422
    assert words in text(response)


def test_a_figure_out_of_range_is_refused_and_stays_as_it_was_typed(editor: Client) -> None:
    case = desk_case()
    address = editor.post(url(case), WAY[0])["Location"]
    response = editor.post(address, {"batch-size": "5000"})
    assert response.status_code == 422
    assert "Choose from 20 to 200." in text(response)
    assert 'value="5000"' in text(response)


@pytest.mark.parametrize(
    "query",
    [
        {"moves": "{"},
        {"moves": "[1]"},
        {"moves": '[{"overtime": 3}]'},
        {"moves": "[" * 5000},
        {"moves": '[{"overtime": {"option": "gone"}}]'},
        {"moves": '[{"overtime": {"option": ["few"]}}]'},
        {"moves": '[{"overtime": {"option": "few"}}, {"batch": {"figures": {"size": NaN}}}]'},
        {"moves": '[{"overtime": {"option": "few"}}, {"batch": {"figures": {"size": 1e999}}}]'},
        {"moves": '[{"overtime": {"option": "few"}}, {"batch": {"figures": [1]}}]'},
        {"seed": "-1"},
        {"seed": "9" * 40},
        {"seed": "seven"},
    ],
)
def test_an_address_that_does_not_fit_is_said_and_the_case_stays_playable(
    editor: Client, query: dict[str, str]
) -> None:
    response = editor.get(url(desk_case()), query)
    assert response.status_code == 422
    assert "Decide and go on" in text(response)


def test_an_unknown_role_is_the_first_one(editor: Client) -> None:
    assert editor.get(url(desk_case()), {"role": "boss"}).context["asked"].role == "production"


def test_checkpoints_are_listed_with_their_preview(editor: Client) -> None:
    case = desk_case()
    shown = text(editor.get(url(case)))
    question = case.questions.get(slug="small-case-late")
    assert reverse("admin:assessments_question_preview", args=[question.pk]) in shown
    case.questions.filter(pk=question.pk).update(case=None)
    assert "not there yet" in text(editor.get(url(case)))


def test_what_is_prepared_beside_a_published_case_is_what_is_played(editor: Client) -> None:
    case = desk_case("published")
    form = opened(editor, case) | {"c-stages-0-title": "Another first week"}
    assert editor.post(change(case), {**form, "_save": "1"}).status_code == 302
    assert "Another first week" in text(editor.get(url(case)))
    assert editor.post(url(case), WAY[0]).status_code == 302


def test_a_draft_that_begins_nowhere_says_what_is_missing(editor: Client) -> None:
    response = editor.get(url(CaseStudyFactory(status="draft", content={})))
    assert response.status_code == 409
    assert "“stages” is missing. Add it." in text(response)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"forecast": {"variable": "nothing", "question": "?"}}, 409),
        ({"decisions": [{"key": "a", "kind": "numbers"}]}, 409),
        ({"decisions": [{"key": "a", "kind": "bogus", "figures": [{"name": "b"}]}]}, 200),
        ({"decisions": [{"key": "a", "kind": "choose"}]}, 200),
        ({"decisions": []}, 200),
    ],
)
def test_no_broken_stage_breaks_the_page(editor: Client, changed: dict[str, Any], status: int) -> None:
    case = desk_case()
    case.content["stages"][0].update(changed)
    case.save()
    assert editor.get(url(case)).status_code == status
    assert editor.post(url(case), {"a-b": "0"}).status_code in (302, 409, 422)


def test_an_effect_on_something_unknown_is_told_as_a_dead_end(editor: Client) -> None:
    case = desk_case()
    case.content["stages"][0]["decisions"][0]["options"][0]["effects"] = {"unknown": "1"}
    case.save()
    assert editor.post(url(case), {"overtime": "all"}).status_code == 422
    assert editor.post(url(case), {"overtime": "few"}).status_code == 302


def test_a_draft_that_leads_nowhere_is_played_as_far_as_it_goes(editor: Client) -> None:
    case = desk_case()
    case.content["stages"][0]["next"] = [{"to": "nowhere"}]
    case.save()
    response = editor.post(url(case), WAY[0])
    assert response.status_code == 422
    assert "Nothing follows from this." in text(response)


def test_a_role_without_a_decision_goes_on_by_the_stage(editor: Client) -> None:
    case = desk_case()
    case.content["stages"][0]["decisions"][0]["roles"] = ["operations"]
    case.save()
    assert "nothing to decide here" in text(editor.get(url(case)))
    assert editor.post(url(case), {}).status_code == 302


def test_the_form_of_a_case_leads_here(editor: Client) -> None:
    case = desk_case()
    assert url(case) in text(editor.get(change(case)))
