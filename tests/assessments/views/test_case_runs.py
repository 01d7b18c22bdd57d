"""The workspace over HTTP: forecasts, drafts, decisions, notes, the recommendation and the debrief."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import AttemptItem, CaseMove, CaseRun, Evidence, Learner
from concepts.models import CaseStudy
from tests.cases import QUIT, THROUGH, hand_in, make_run, move, play
from tests.factories import PASSWORD, CaseStudyFactory, LearnerFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TEXT = "Staff the slowest press, as [E1] shows, and leave [E9] alone."
# Session and user among them.
RUN_QUERIES, DEBRIEF_QUERIES, QUESTION_QUERIES = 6, 9, 12


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def run(me: Learner) -> CaseRun:
    return make_run(role="operations", learner=me)


def url(run: CaseRun, *parts: object) -> str:
    return run.get_absolute_url() + "".join(f"{part}/" for part in parts)


def ready(run: CaseRun) -> CaseRun:
    """A run whose forecast for the first stage is made."""
    CaseMove.objects.create(run=run, position=1, stage="first", forecast=80, forecast_at=NOW)
    return run


def test_before_deciding_the_forecast_is_asked(mine: Client, run: CaseRun) -> None:
    page = text(mine.get(url(run)))
    assert "Where will the on-time share stand?" in page and "Decide and go on" not in page
    response = mine.post(url(run, 1, "forecast"), {"value": "85 %", "reason": "The press is mended."})
    assert response.headers["Location"] == f"{url(run)}#decide"
    page = text(mine.get(url(run)))
    assert "Decide and go on" in page and "Where will the on-time share stand?" not in page


def test_a_forecast_that_cannot_be_read_stays_with_its_reason(mine: Client, run: CaseRun) -> None:
    response = mine.post(url(run, 1, "forecast"), {"value": "lots", "reason": "The press is mended."})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Something has to be put right first." in page
    assert 'value="lots"' in page and "The press is mended." in page and "“lots” is not a number" in page
    assert not CaseMove.objects.exists()


def test_a_forecast_stands_once_it_is_made(mine: Client, run: CaseRun) -> None:
    first = {"value": "85", "reason": "So."}
    for _click in range(2):
        assert mine.post(url(run, 1, "forecast"), first).status_code == 302
    other = mine.post(url(run, 1, "forecast"), {"value": "60", "reason": "So."})
    assert other.status_code == 409
    assert "it stands" in text(other) and 'value="60"' in other.content.decode()
    assert CaseMove.objects.get().forecast == 85


def test_a_forecast_of_another_stage_is_out_of_date(mine: Client, run: CaseRun) -> None:
    response = mine.post(url(run, 2, "forecast"), {"value": "85", "reason": "So."})
    assert response.status_code == 409
    assert "Your forecast 85" in text(response)


def test_what_stands_in_the_form_is_saved_and_found_again(mine: Client, run: CaseRun) -> None:
    ready(run)
    answer = mine.post(url(run, 1, "save"), {"revision": 0, "overtime": "few"}).json()
    assert (answer["outcome"], answer["revision"]) == ("saved", 1)
    assert re.match(r"Saved at [0-9:]{8}, not decided yet", answer["message"])
    page = mine.get(url(run)).content.decode()
    assert re.search(r'value="few"[^>]* checked', page)
    assert 'name="revision" value="1"' in page


def test_a_stale_tab_saves_nothing_and_a_tab_after_the_decision_neither(mine: Client, run: CaseRun) -> None:
    ready(run)
    mine.post(url(run, 1, "save"), {"revision": 0, "overtime": "few"})
    stale = mine.post(url(run, 1, "save"), {"revision": 0, "overtime": "all"})
    assert (stale.status_code, stale.json()["outcome"]) == (409, "stale")
    mine.post(url(run, 1, "decide"), {"revision": 1, "overtime": "few"})
    for option in ("few", "all"):
        late = mine.post(url(run, 1, "save"), {"revision": 2, "overtime": option})
        assert (late.status_code, late.json()["outcome"]) == (409, "closed")
        assert late.json()["url"] == url(run)
    assert run.moves.get(position=1).draft == {"overtime": ["few"]}


def test_decisions_that_are_missing_are_said_where_they_belong(mine: Client, run: CaseRun) -> None:
    run = move(run, THROUGH[0])
    CaseMove.objects.create(run=run, position=2, stage="second", forecast=1, forecast_at=NOW)
    sent = {"revision": 0, "batch-size": "90", "budget-training": "10", "budget-spares": "15"}
    response = mine.post(url(run, 2, "decide"), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Something has to be put right first." in page and 'href="#decide"' in page
    assert "Go in steps of 20 from 20." in page and "all 30 are to be given out" in page
    response = mine.post(url(run, 2, "decide"), {**sent, "batch-size": "100"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="error-budget"' in page and "all 30 are to be given out. Add the rest." in page
    assert all(f'value="{value}"' in page for value in ("100", "10", "15"))
    unreadable = mine.post(url(run, 2, "decide"), {**sent, "batch-size": "about 100"})
    assert unreadable.status_code == 422 and "“about 100” is not a number" in text(unreadable)


def test_deciding_goes_on_and_says_what_came_of_it(mine: Client, run: CaseRun) -> None:
    ready(run)
    response = mine.post(url(run, 1, "decide"), {"revision": 0, "overtime": "few"})
    assert (response.status_code, response.headers["Location"]) == (302, url(run))
    page = text(mine.get(url(run)))
    assert "What came of “The first week”" in page and "The slowest press keeps running." in page
    assert "you expected 80 %, it is 85 %" in page
    assert "The slowest press sets the pace." not in page  # what it is worth is for the debrief


def test_a_double_click_decides_once_and_another_answer_is_shown_what_stands(
    mine: Client, run: CaseRun
) -> None:
    ready(run)
    for _click in range(2):
        sent = mine.post(url(run, 1, "decide"), {"revision": 0, "overtime": "few"})
        assert (sent.status_code, sent.headers["Location"]) == (302, url(run))
    assert Evidence.objects.count() == 1
    other = mine.post(url(run, 1, "decide"), {"revision": 0, "overtime": "all"})
    assert other.status_code == 409
    assert "Nothing was overwritten" in text(other) and "Overtime Everybody" in text(other)
    assert run.moves.get(position=1).answers == THROUGH[0]


def test_deciding_before_the_forecast_is_refused_with_what_was_chosen(mine: Client, run: CaseRun) -> None:
    response = mine.post(url(run, 1, "decide"), {"revision": 0, "overtime": "few"})
    assert response.status_code == 409
    assert "Make your forecast first: what you expect, and why. Go to it" in text(response)
    assert "Where will the on-time share stand?" in text(response)
    assert not Evidence.objects.exists()


def test_a_page_that_was_overtaken_by_a_draft_decides_nothing(mine: Client, run: CaseRun) -> None:
    ready(run)
    mine.post(url(run, 1, "save"), {"revision": 0, "overtime": "few"})
    assert mine.post(url(run, 1, "decide"), {"revision": 0, "overtime": "all"}).status_code == 409
    assert CaseRun.objects.get().stages_done == 0


def test_a_stage_that_is_not_reached_is_not_decided(mine: Client, run: CaseRun) -> None:
    assert mine.post(url(run, 3, "decide"), {"revision": 0}).status_code == 409
    assert mine.post(url(run, 3, "save"), {"revision": 0}).status_code == 409


@pytest.mark.parametrize("parts", [(), ("debrief",), ("notes",), (1, "forecast"), (1, "decide"), (1, "save")])
def test_the_run_of_somebody_else_is_not_there(mine: Client, parts: tuple[object, ...]) -> None:
    other = make_run(learner=LearnerFactory())
    is_page = parts in ((), ("debrief",))
    response = mine.get(url(other)) if is_page else mine.post(url(other, *parts), {"revision": 0})
    assert response.status_code == 404


def test_notes_are_saved_by_a_button_and_while_they_are_typed(mine: Client, run: CaseRun) -> None:
    response = mine.post(url(run, "notes"), {"notes": "Ask about set-ups.", "revision": 0})
    assert response.headers["Location"] == f"{url(run)}#notes"
    assert "Ask about set-ups." in text(mine.get(url(run)))
    typed = {"notes": "Ask about set-ups. Twice.", "revision": 1}
    answer = mine.post(url(run, "notes"), typed, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    assert answer.json()["message"].startswith("Saved at")


def test_notes_of_two_tabs_are_shown_side_by_side(mine: Client, run: CaseRun) -> None:
    mine.post(url(run, "notes"), {"notes": "From the first tab.", "revision": 0})
    second = {"notes": "From the second tab.", "revision": 0}
    shown = mine.post(url(run, "notes"), second)
    assert shown.status_code == 409
    assert "From the first tab." in text(shown) and "From the second tab." in text(shown)
    told = mine.post(url(run, "notes"), second, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["outcome"]) == (409, "stale")
    assert CaseRun.objects.get().notes == "From the first tab."
    again = re.search(r'name="revision" value="(\d+)"[^>]*id="id_revision"', shown.content.decode())
    assert again and again[1] == "1"


@pytest.mark.parametrize("notes", ["a" * 20_001, "a\x00b"])
def test_notes_that_cannot_be_kept_are_said_so(mine: Client, run: CaseRun, notes: str) -> None:
    data = {"notes": notes, "revision": 0}
    assert mine.post(url(run, "notes"), data).status_code == 422
    told = mine.post(url(run, "notes"), data, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["outcome"]) == (422, "unreadable")


@pytest.mark.parametrize("revision", ["", "x", "NaN", "9" * 40, "0\x00"])
def test_notes_of_a_page_that_cannot_be_told_are_shown_beside_what_stands(
    mine: Client, run: CaseRun, revision: str
) -> None:
    shown = mine.post(url(run, "notes"), {"notes": "Ask for the set-up times.", "revision": revision})
    assert shown.status_code == 409
    assert "Another tab saved these meanwhile" in text(shown)
    assert "Ask for the set-up times.</textarea>" in shown.content.decode()


def test_a_draft_with_what_no_database_takes_is_saved_without_it(mine: Client, run: CaseRun) -> None:
    ready(run)
    answer = mine.post(url(run, 1, "save"), {"revision": 0, "overtime": "fe\x00w"})
    assert (answer.status_code, CaseMove.objects.get().draft) == (200, {"overtime": ["few"]})
    posted = {"revision": 1, "overtime": ["x\x00", "few"]}
    assert mine.post(url(run, 1, "decide"), posted).status_code == 302
    assert CaseMove.objects.get().draft == {"overtime": ["few"]}


@pytest.mark.parametrize("place", [(1, "forecast"), (1, "decide"), ("notes",)])
def test_the_address_of_a_form_leads_back_to_the_workspace(
    mine: Client, run: CaseRun, place: tuple[object, ...]
) -> None:
    assert mine.get(url(run, *place)).headers["Location"] == url(run)
    sorted_there = mine.get(url(run, *place), {"sort": "-orders.late"})
    assert sorted_there.headers["Location"] == f"{url(run)}?sort=-orders.late"


SENT = [
    ((1, "forecast"), {"value": "85", "reason": "The press is mended."}, "The press is mended.</textarea>"),
    ((1, "forecast"), {"value": "lots", "reason": "So."}, 'value="lots"'),
    ((1, "decide"), {"overtime": "few", "revision": "0"}, r'value="few"[^>]* checked'),
    (("notes",), {"notes": "Ask twice.", "revision": "0"}, "Ask twice.</textarea>"),
]


@pytest.mark.parametrize(("place", "posted", "kept"), SENT)
def test_what_came_after_the_session_had_ended_stands_there_again(
    me: Learner, run: CaseRun, place: tuple[object, ...], posted: dict[str, str], kept: str
) -> None:
    if "decide" in place:
        ready(run)
    browser, address = Client(), url(run, *place)
    login = browser.post(address, posted).headers["Location"]
    assert login.startswith(reverse("account_login"))
    assert browser.post(login, {"login": me.user.email, "password": PASSWORD}).headers["Location"] == address
    shown = browser.get(address)
    assert shown.status_code == 200 and "You had been signed out" in text(shown)
    assert re.search(kept, shown.content.decode())
    assert browser.get(address).headers["Location"] == url(run)
    assert not CaseMove.objects.filter(revision__gt=0).exists()


def test_what_came_too_late_after_signing_in_is_shown_and_overwrites_nothing(
    me: Learner, run: CaseRun
) -> None:
    browser, address = Client(), url(run, 1, "forecast")
    login = browser.post(address, {"value": "85", "reason": "The press is mended."}).headers["Location"]
    ready(run)
    browser.post(login, {"login": me.user.email, "password": PASSWORD})
    shown = browser.get(address)
    assert shown.status_code == 409 and "The press is mended." in text(shown)
    assert CaseMove.objects.get().forecast == 80


def test_what_was_sent_while_signed_out_is_not_for_somebody_else(run: CaseRun) -> None:
    other, browser, address = LearnerFactory(), Client(), url(run, "notes")
    login = browser.post(address, {"notes": "Mine.", "revision": "0"}).headers["Location"]
    browser.post(login, {"login": other.user.email, "password": PASSWORD})
    assert browser.get(address).status_code == 404


def test_a_case_that_is_taken_back_leaves_its_runs_and_no_dead_link(mine: Client, run: CaseRun) -> None:
    over = play(make_run(case=run.case, learner=LearnerFactory()))
    CaseStudy.objects.update(status="draft")
    here = f'href="{run.case.get_absolute_url()}'
    assert here not in mine.get(url(run)).content.decode()
    move(run, QUIT[0])
    assert here not in mine.get(f"/attempts/{run.attempt_id}/2/").content.decode()
    hand_in(run)
    page = mine.get(url(run, "debrief"))
    assert "cannot be begun just now" in text(page) and here not in page.content.decode()
    CaseStudy.objects.update(status="published")
    assert here in mine.get(url(run, "debrief")).content.decode() and over.finished_at


def test_tables_beside_a_question_are_sorted_too(mine: Client, run: CaseRun) -> None:
    page = mine.get(f"/attempts/{run.attempt_id}/1/", {"sort": "-orders.late"}).content.decode()
    assert 'aria-sort="descending"' in page
    assert re.findall(r"<td[^>]*>(\d+)</td></tr>", page) == ["12", "9", "6", "4"]


def test_questions_are_there_once_their_stage_is_reached(mine: Client, run: CaseRun) -> None:
    attempt = f"/attempts/{run.attempt_id}/"
    assert mine.get(f"{attempt}1/").status_code == 200
    for path in ("2/", "2/save/"):
        assert mine.post(attempt + path, {"revision": 0, "answer": TEXT}).status_code == 404
    assert mine.get(f"{attempt}2/").status_code == 404
    move(run, QUIT[0])
    assert mine.get(f"{attempt}2/").status_code == 200


def test_the_attempt_of_a_run_leads_back_to_it(mine: Client, run: CaseRun) -> None:
    for path in ("", "submit/", "result/"):
        response = mine.get(f"/attempts/{run.attempt_id}/{path}", follow=True)
        assert response.redirect_chain[-1][0] == url(run)
    mine.post(f"/attempts/{run.attempt_id}/submit/")
    assert CaseRun.objects.get().is_open


def test_a_checkpoint_stands_beside_the_exhibits_and_offers_no_other_figures(
    mine: Client, run: CaseRun
) -> None:
    checkpoint = f"/attempts/{run.attempt_id}/1/"
    page = mine.get(checkpoint)
    assert "Orders by week" in text(page) and "Back to the case" in text(page)
    mine.post(checkpoint, {"revision": 0, "gives_up": "1"})
    assert Evidence.objects.get().origin == "case"
    assert "Try other figures" not in text(mine.get(checkpoint))
    assert mine.post(f"{checkpoint}variant/").status_code == 409


def test_handing_in_the_recommendation_opens_the_debrief_with_its_citations(
    mine: Client, run: CaseRun
) -> None:
    for answers in THROUGH:
        run = move(run, answers)
    assert "Write the recommendation" in text(mine.get(url(run)))
    assert mine.get(url(run, "debrief")).headers["Location"] == url(run)
    mine.post(f"/attempts/{run.attempt_id}/2/", {"revision": 0, "answer": TEXT})
    assert mine.get(url(run)).headers["Location"] == url(run, "debrief")
    page = mine.get(url(run, "debrief"))
    html = page.content.decode()
    assert '<a href="#exhibit-orders"' in html and "[E9]" in html and html.count(">[E") == 1
    assert "The slowest press sets the pace." in text(page)
    assert "Fewer than five others" in text(page)
    assert "Play as Production manager" in text(page)


def test_a_connection_that_broke_after_handing_in_loses_nothing(mine: Client, run: CaseRun) -> None:
    run = hand_in(move(run, QUIT[0]), TEXT)
    CaseRun.objects.update(finished_at=None)  # the answer is kept, the end of the run is not
    assert mine.get(url(run)).headers["Location"] == url(run, "debrief")
    assert CaseRun.objects.get().finished_at is not None


def test_a_finished_run_leads_to_its_debrief_with_its_notes(mine: Client, run: CaseRun) -> None:
    mine.post(url(run, "notes"), {"notes": "Ask about set-ups.", "revision": 0})
    play(run, THROUGH, TEXT)
    assert mine.get(url(run)).headers["Location"] == url(run, "debrief")
    assert "Ask about set-ups." in text(mine.get(url(run, "debrief")))


def test_a_decision_shows_in_progress_and_on_its_objective_with_a_way_to_the_run(
    mine: Client, run: CaseRun
) -> None:
    move(run, THROUGH[0])
    for path in ("/progress/", "/progress/objectives/CAS-1/"):
        page = mine.get(path)
        assert f'href="{url(run)}"' in page.content.decode(), path
        assert run.case.title in text(page) and "Case study" in text(page)


def test_today_leads_back_to_a_run_that_is_open(mine: Client, run: CaseRun) -> None:
    page = mine.get("/")
    assert text(page).count(run.case.title) == 1
    way = re.search(rf'<a[^>]*href="([^"]+)"[^>]*>\s*{re.escape(run.case.title)}', page.content.decode())
    assert way
    assert mine.get(way[1], follow=True).request["PATH_INFO"] == url(run)


def test_a_case_that_was_taken_back_goes_on_for_who_plays_it(mine: Client, run: CaseRun) -> None:
    type(run.case).objects.update(status="draft")
    assert mine.get(url(run)).status_code == 200
    assert mine.get(run.case.get_absolute_url()).status_code == 404


def test_an_edited_case_is_shown_as_it_was_when_the_run_began(mine: Client, run: CaseRun) -> None:
    content = json.loads(json.dumps(run.case.content).replace("Orders by week", "Something else"))
    run.case.content = content
    run.case.save()
    assert "Orders by week" in text(mine.get(url(run)))


def test_the_workspace_costs_the_same_however_far_it_is(
    mine: Client, run: CaseRun, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(RUN_QUERIES) as before:
        mine.get(url(run))
    run = move(move(run, THROUGH[0]), THROUGH[1])
    make_run(CaseStudyFactory(content=run.case.content), learner=run.learner)
    make_run(run.case)
    with django_assert_max_num_queries(RUN_QUERIES) as after:
        mine.get(url(run))
    assert len(after) <= len(before)  # the third stage has no checkpoint to look up


def test_the_debrief_costs_the_same_however_many_others_there_are(
    mine: Client, run: CaseRun, django_assert_max_num_queries: Any
) -> None:
    done = play(run, THROUGH, TEXT)
    for _ in range(5):
        play(make_run(run.case, role="operations"), THROUGH)
    with django_assert_max_num_queries(DEBRIEF_QUERIES) as before:
        assert "Budget" in text(mine.get(url(done, "debrief")))
    for _ in range(5):
        play(make_run(run.case, role="operations"), THROUGH)
    with django_assert_max_num_queries(DEBRIEF_QUERIES) as after:
        mine.get(url(done, "debrief"))
    assert len(after) == len(before)


def test_a_question_beside_its_exhibits_costs_little(
    mine: Client, run: CaseRun, django_assert_max_num_queries: Any
) -> None:
    run = move(move(run, THROUGH[0]), THROUGH[1])
    item = AttemptItem.objects.get(attempt=run.attempt_id, position=1)
    mine.get(f"/attempts/{run.attempt_id}/{item.position}/")
    with django_assert_max_num_queries(QUESTION_QUERIES):
        mine.get(f"/attempts/{run.attempt_id}/{item.position}/")
