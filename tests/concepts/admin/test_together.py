"""Two editors at one form: the second is told, shown what the first saved, and loses nothing."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from concepts.models import Concept, Metric, Objective, PreparedChange
from tests.factories import (
    ConceptFactory,
    MetricFactory,
    ObjectiveFactory,
    SourceFactory,
    make_editor,
)
from tests.forms import change, fields_of, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Client:
    """Another editor, signed in."""
    client = Client()
    client.force_login(make_editor())
    return client


def clashes(response: Any) -> dict[str, tuple[str, str]]:
    return {clash.label: (clash.theirs, clash.mine) for clash in response.context["desk"].clashes}


def test_a_form_that_nobody_else_touched_is_saved(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    form = opened(editor, concept)
    assert editor.post(change(concept), {**form, "title": "Renamed", "_save": "1"}).status_code == 302
    concept.refresh_from_db()
    assert concept.title == "Renamed"


def test_the_second_to_save_is_shown_the_difference_and_keeps_what_was_typed(
    editor: Client, other: Client
) -> None:
    concept = ConceptFactory(status="draft", title="Flow", summary="The lede.")
    mine, theirs = opened(editor, concept), opened(other, concept)
    other.post(change(concept), {**theirs, "title": "Their title", "_save": "1"})
    response = editor.post(
        change(concept), {**mine, "title": "My title", "summary": "My lede.", "_save": "1"}
    )
    assert response.status_code == 409
    assert clashes(response) == {"Title": ("Their title", "My title")}
    shown = response.content.decode()
    assert f"{get_user_model().objects.latest('pk').get_full_name()} saved this at" in shown
    assert "My lede." in shown
    concept.refresh_from_db()
    assert (concept.title, concept.summary) == ("Their title", "The lede.")


def test_saving_over_it_is_possible_once_it_was_shown(editor: Client, other: Client) -> None:
    concept = ConceptFactory(status="draft", title="Flow")
    mine, theirs = opened(editor, concept), opened(other, concept)
    other.post(change(concept), {**theirs, "title": "Their title", "_save": "1"})
    told = editor.post(change(concept), {**mine, "title": "My title", "_save": "1"})
    assert editor.post(change(concept), {**fields_of(told), "_save": "1"}).status_code == 302
    concept.refresh_from_db()
    assert concept.title == "My title"


def test_the_value_of_the_other_can_be_taken_field_by_field(editor: Client, other: Client) -> None:
    book = SourceFactory()
    concept = ConceptFactory(status="draft", title="Flow", summary="The lede.")
    mine, theirs = opened(editor, concept), opened(other, concept)
    other.post(change(concept), {**theirs, "title": "Their title", "sources": [book.pk], "_save": "1"})
    told = editor.post(change(concept), {**mine, "title": "My title", "summary": "Mine.", "_save": "1"})
    assert set(clashes(told)) == {"Title", "Sources"}
    again = {**fields_of(told), "_take": ["sources"], "_save": "1"}
    assert editor.post(change(concept), again).status_code == 302
    concept.refresh_from_db()
    assert (concept.title, concept.summary, list(concept.sources.all())) == ("My title", "Mine.", [book])


def test_a_third_who_saves_in_between_is_told_of_too(editor: Client, other: Client) -> None:
    concept = ConceptFactory(status="draft", title="Flow")
    mine, theirs = opened(editor, concept), opened(other, concept)
    other.post(change(concept), {**theirs, "title": "Second", "_save": "1"})
    told = editor.post(change(concept), {**mine, "title": "Mine", "_save": "1"})
    other.post(change(concept), {**opened(other, concept), "title": "Third", "_save": "1"})
    again = editor.post(change(concept), {**fields_of(told), "_save": "1"})
    assert again.status_code == 409
    assert clashes(again) == {"Title": ("Third", "Mine")}


def test_publishing_meanwhile_is_told_as_a_change_of_state(editor: Client, other: Client) -> None:
    concept = ConceptFactory(status="draft")
    mine, theirs = opened(editor, concept), opened(other, concept)
    other.post(change(concept), {**theirs, "_publish": "1"})
    response = editor.post(change(concept), {**mine, "_save": "1"})
    assert response.status_code == 409
    assert clashes(response) == {"State": ("Published", "")}
    assert not PreparedChange.objects.exists()


def test_a_row_that_was_changed_added_or_deleted_meanwhile_is_shown_and_nothing_of_it_lost(
    editor: Client, other: Client
) -> None:
    metric = MetricFactory(status="draft")
    units, hours = metric.inputs.all()
    mine = opened(editor, metric)
    units.label = "Sound units"
    units.save()
    hours.delete()
    metric.inputs.create(name="shifts", label="Shifts", default=2, position=9)
    Metric.objects.filter(pk=metric.pk).update(formula="units / shifts")
    typed = {**mine, "inputs-0-label": "My units", "formula": "units / hours", "inputs-1-label": "My hours"}
    response = editor.post(change(metric), {**typed, "_save": "1"})
    assert response.status_code == 409
    found = clashes(response)
    assert found["Input “Sound units”: Label"] == ("Sound units", "My units")
    assert "My hours" in found["Input"][1]
    assert "Shifts" in found["Input “Shifts”"][0]
    again = fields_of(response)
    assert editor.post(change(metric), {**again, "_save": "1"}).status_code == 302
    rows = {row.name: row.label for row in metric.inputs.all()}
    assert rows == {"units": "My units", "hours": "My hours", "shifts": "Shifts"}


def test_a_row_saved_on_its_own_page_is_not_overwritten_by_the_lesson_s_form(editor: Client) -> None:
    objective = ObjectiveFactory(concept__status="draft", title="Old")
    mine = opened(editor, objective.concept)
    form = opened(editor, objective)
    editor.post(change(objective), {**form, "title": "New", "_save": "1"})
    response = editor.post(change(objective.concept), {**mine, "_save": "1"})
    assert response.status_code == 409
    assert Objective.objects.get().title == "New"


def test_what_has_no_life_of_its_own_is_guarded_too(editor: Client, other: Client) -> None:
    source = SourceFactory(title="The book")
    mine, theirs = opened(editor, source), opened(other, source)
    other.post(change(source), {**theirs, "title": "Their book", "_save": "1"})
    response = editor.post(change(source), {**mine, "title": "My book", "_save": "1"})
    assert response.status_code == 409
    assert clashes(response) == {"Title": ("Their book", "My book")}


def test_a_form_that_is_refused_keeps_its_stamp(editor: Client, other: Client) -> None:
    concept = ConceptFactory(status="draft", title="Flow")
    mine, theirs = opened(editor, concept), opened(other, concept)
    refused = editor.post(change(concept), {**mine, "title": "", "_save": "1"})
    assert refused.status_code == 422
    other.post(change(concept), {**theirs, "summary": "Theirs.", "_save": "1"})
    stamp = refused.context["stamp"]
    again = editor.post(change(concept), {**mine, "title": "Mine", "_stamp": stamp, "_save": "1"})
    assert again.status_code == 409
    assert Concept.objects.get().summary == "Theirs."


def test_what_was_typed_into_something_that_is_deleted_meanwhile_is_shown(editor: Client) -> None:
    objective = ObjectiveFactory(concept=ConceptFactory(status="draft"))
    concept = objective.concept
    form = {**opened(editor, concept), "body": "Typed\nfor an <hour>", "objectives-0-title": "In a row"}
    url = change(concept)
    objective.delete()
    concept.delete()
    response = editor.post(url, {**form, "_save": "1"})
    assert response.status_code == 410
    said = response.content.decode()
    assert "This concept was deleted while you were writing" in said
    assert "Typed\nfor an &lt;hour&gt;</textarea>" in said
    labels = {text.label: text.text for text in response.context["texts"]}
    assert labels["Title"] and labels["Lesson"] == "Typed\nfor an <hour>"
    assert "In a row" in labels.values() or "In a row" in said
    assert not any("TOTAL" in label or label == "Module" for label in labels)


def test_the_address_of_what_is_not_there_leads_to_the_list_with_a_plain_word(editor: Client) -> None:
    for key in ("999", "x", "9" * 40):
        response = editor.get(f"/admin/concepts/concept/{key}/change/", follow=True)
        assert response.redirect_chain[0][0] == "/admin/concepts/concept/"
        assert "This concept is no longer there." in response.content.decode()


def test_rows_and_choices_that_are_no_numbers_are_refused_and_kept(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    form = opened(editor, concept)
    for typed in ({"objectives-TOTAL_FORMS": "²"}, {"sources": ["²", "9" * 40]}, {"module": "²"}):
        response = editor.post(change(concept), {**form, "title": "Typed", **typed, "_save": "1"})
        assert response.status_code == 422
        assert 'value="Typed"' in response.content.decode()


@pytest.mark.parametrize("stamp", [{}, {"_stamp": ""}, {"_stamp": "{}"}], ids=["none", "empty", "not ours"])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_form_without_our_stamp_overwrites_nothing_unseen(
    other: Client, status: str, stamp: dict[str, str]
) -> None:
    concept = ConceptFactory(status=status, title="Flow", summary="The lede.")
    mine = {name: value for name, value in opened(other, concept).items() if name != "_stamp"}
    for button in ("_save", "_publish"):
        typed = {**mine, **stamp, "title": "My title", button: "1"}
        response = other.post(change(concept), typed)
        assert response.status_code == 409
        assert clashes(response) == {"Title": ("Flow", "My title")}
        said = response.content.decode()
        assert "Not saved yet: look at what stands there now" in said
        assert "does not say when it was opened" in said and "saved this at" not in said
    concept.refresh_from_db()
    assert concept.title == "Flow" and not PreparedChange.objects.exists()
    assert other.post(change(concept), {**fields_of(response), "_publish": "1"}).status_code == 302
    concept.refresh_from_db()
    assert concept.title == "My title"
