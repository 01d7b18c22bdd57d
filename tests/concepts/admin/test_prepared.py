"""Changes in preparation: kept beside what learners see, valid or not; published or dropped in one act."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concepts.models import Concept, MetricInput, PreparedChange
from concepts.publishing import publish_due
from tests.factories import (
    ComparisonRowFactory,
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    ObjectiveFactory,
    SourceFactory,
    make_editor,
)
from tests.forms import change, fields_of, opened

pytestmark = pytest.mark.django_db
LIST = "/admin/concepts/concept/"


@pytest.fixture
def other(db: None) -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def drop(obj: Any) -> str:
    return reverse(f"admin:concepts_{obj._meta.model_name}_drop", args=[obj.pk])


def prepared(obj: Any) -> str:
    return reverse(f"admin:concepts_{obj._meta.model_name}_prepared", args=[obj.pk])


def test_saving_something_published_keeps_it_beside_and_learners_see_what_they_saw(editor: Client) -> None:
    concept = ConceptFactory(title="Flow", body="Old.")
    form = opened(editor, concept)
    response = editor.post(
        change(concept), {**form, "title": "New flow", "body": "New.", "_save": "1"}, follow=True
    )
    assert "Learners see the published version." in response.content.decode()
    assert "Published; changes wait" in response.content.decode()
    concept.refresh_from_db()
    assert (concept.title, concept.body) == ("Flow", "Old.")
    learner = Client()
    learner.force_login(LearnerFactory().user)
    assert "New." not in learner.get(concept.get_absolute_url()).content.decode()


def test_the_form_shows_what_is_prepared_and_who_left_it(editor: Client, other: Client) -> None:
    concept = ConceptFactory(title="Flow")
    editor.post(change(concept), {**opened(editor, concept), "title": "New flow", "_save": "1"})
    shown = other.get(change(concept)).content.decode()
    assert 'value="New flow"' in shown
    assert "Changes in preparation: learners see the published version" in shown
    assert "Maren Lindqvist" in shown
    assert prepared(concept) in shown


def test_what_is_not_valid_yet_is_kept_and_shown_with_its_reason(editor: Client) -> None:
    concept = ConceptFactory(title="Flow")
    editor.post(change(concept), {**opened(editor, concept), "title": "", "minutes": "soon", "_save": "1"})
    response = editor.get(change(concept))
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"title", "minutes"}
    assert 'value="soon"' in response.content.decode()
    again = editor.post(change(concept), {**fields_of(response), "_publish": "1"})
    assert again.status_code == 422
    assert PreparedChange.objects.exists()
    assert Concept.objects.get().title == "Flow"


def test_publishing_changes_is_one_act_with_its_reason_in_the_history(editor: Client) -> None:
    concept, book = ConceptFactory(title="Flow"), SourceFactory()
    typed = {**opened(editor, concept), "title": "New flow", "sources": [book.pk], "_save": "1"}
    editor.post(change(concept), typed)
    response = editor.post(change(concept), {**opened(editor, concept), "_publish": "1"}, follow=True)
    assert "is published" in response.content.decode()
    concept.refresh_from_db()
    assert (concept.title, concept.status, list(concept.sources.all())) == ("New flow", "published", [book])
    assert not PreparedChange.objects.exists()
    reasons = concept.history.values_list("history_change_reason", flat=True)
    assert any("Published what was prepared since" in (reason or "") for reason in reasons)


def test_a_reason_that_was_typed_stands_in_the_history(editor: Client) -> None:
    concept = ConceptFactory()
    form = {**opened(editor, concept), "title": "New", "_reason": "A reader asked.", "_publish": "1"}
    editor.post(change(concept), form)
    assert concept.history.first().history_change_reason == "A reader asked."


def test_the_rows_of_inlines_are_prepared_with_it(editor: Client) -> None:
    metric = MetricFactory()
    form = opened(editor, metric)
    form |= {
        "inputs-0-label": "Sound units",
        "inputs-2-name": "days",
        "inputs-2-label": "Days",
        "inputs-2-default": "5",
    }
    editor.post(change(metric), {**form, "_save": "1"})
    assert set(MetricInput.objects.values_list("label", flat=True)) == {"Good units", "Hours"}
    again = opened(editor, metric)
    assert (again["inputs-0-label"], again["inputs-2-label"]) == (["Sound units"], ["Days"])
    assert editor.post(change(metric), {**again, "_publish": "1"}).status_code == 302
    assert set(MetricInput.objects.values_list("label", flat=True)) == {"Sound units", "Hours", "Days"}


def test_dropping_asks_first_and_leaves_what_learners_see(editor: Client) -> None:
    concept = ConceptFactory(title="Flow")
    editor.post(change(concept), {**opened(editor, concept), "title": "New flow", "_save": "1"})
    asked = editor.get(drop(concept))
    assert "Drop what is prepared" in asked.content.decode()
    editor.post(drop(concept), {"stamp": asked.context["drop_stamp"]})
    assert not PreparedChange.objects.exists()
    assert 'value="Flow"' in editor.get(change(concept)).content.decode()


def test_what_somebody_else_prepared_meanwhile_is_not_dropped_unseen(editor: Client, other: Client) -> None:
    concept = ConceptFactory(title="Flow")
    editor.post(change(concept), {**opened(editor, concept), "title": "New flow", "_save": "1"})
    stamp = editor.get(drop(concept)).context["drop_stamp"]
    other.post(change(concept), {**opened(other, concept), "title": "Newer flow", "_save": "1"})
    assert editor.post(drop(concept), {"stamp": stamp}).status_code == 409
    assert PreparedChange.objects.exists()


def test_two_who_prepare_the_same_page_are_told_of_each_other(editor: Client, other: Client) -> None:
    concept = ConceptFactory(title="Flow", summary="Lede.")
    mine, theirs = opened(editor, concept), opened(other, concept)
    other.post(change(concept), {**theirs, "title": "Theirs", "_save": "1"})
    response = editor.post(change(concept), {**mine, "title": "Mine", "_save": "1"})
    assert response.status_code == 409
    assert [(c.label, c.theirs, c.mine) for c in response.context["desk"].clashes][-1] == (
        "Title",
        "Theirs",
        "Mine",
    )
    assert "saved changes beside this" in response.content.decode()
    assert PreparedChange.objects.get().typed["fields"]["title"] == ["Theirs"]


def test_the_comparison_shows_both_sides(editor: Client) -> None:
    concept, book = ConceptFactory(title="Flow", minutes=5), SourceFactory(key="S1")
    typed = {**opened(editor, concept), "title": "New flow", "sources": [book.pk], "_save": "1"}
    editor.post(change(concept), typed)
    page = editor.get(prepared(concept)).context["page"]
    assert [pair.label for pair in page.pairs] == ["Title", "Sources"]
    assert page.pairs[0].left[0].text == "Flow"
    assert page.pairs[0].right[0].text == "New flow"


def test_saving_what_differs_in_nothing_prepares_nothing(editor: Client) -> None:
    metric = MetricFactory()
    response = editor.post(change(metric), {**opened(editor, metric), "_save": "1"}, follow=True)
    assert "nothing is prepared" in response.content.decode()
    assert not PreparedChange.objects.exists()


def test_what_became_live_meanwhile_is_shown_and_can_be_taken(editor: Client) -> None:
    concept = ConceptFactory(title="Flow", summary="Lede.")
    editor.post(change(concept), {**opened(editor, concept), "title": "New flow", "_save": "1"})
    concept.summary = "Loaded lede."
    concept.save()
    response = editor.get(change(concept))
    assert "was changed after these were prepared" in response.content.decode()
    assert [(c.label, c.theirs, c.mine) for c in response.context["desk"].clashes] == [
        ("Lede", "Loaded lede.", "Lede.")
    ]
    form = {**fields_of(response), "_live": ["summary"], "_publish": "1"}
    assert editor.post(change(concept), form).status_code == 302
    concept.refresh_from_db()
    assert (concept.title, concept.summary) == ("New flow", "Loaded lede.")


def test_unpublishing_works_at_once_and_keeps_what_was_typed(editor: Client) -> None:
    concept = ConceptFactory(title="Flow")
    form = {**opened(editor, concept), "title": "", "_unpublish": "1"}
    assert editor.post(change(concept), form).status_code == 302
    concept.refresh_from_db()
    assert (concept.status, concept.title) == ("draft", "Flow")
    response = editor.get(change(concept))
    assert "Changes that are not saved in the draft yet" in response.content.decode()
    assert (
        editor.post(change(concept), {**fields_of(response), "title": "Mended", "_save": "1"}).status_code
        == 302
    )
    concept.refresh_from_db()
    assert concept.title == "Mended"
    assert not PreparedChange.objects.exists()


def test_a_draft_saves_as_before(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    editor.post(change(concept), {**opened(editor, concept), "title": "New", "_save": "1"})
    concept.refresh_from_db()
    assert concept.title == "New"
    assert not PreparedChange.objects.exists()


def test_nobody_without_the_right_sees_or_drops_it(client: Client, editor: Client) -> None:
    concept = ConceptFactory()
    editor.post(change(concept), {**opened(editor, concept), "title": "New", "_save": "1"})
    client.force_login(LearnerFactory(user__is_staff=True).user)
    assert client.get(prepared(concept)).status_code == 403
    assert client.post(drop(concept)).status_code == 403
    assert editor.get(prepared(ConceptFactory())).status_code == 404


def test_a_row_of_a_published_comparison_is_prepared_previewed_and_published(editor: Client) -> None:
    row = ComparisonRowFactory(explanation="Old.", comparison__status="published")
    form = {**opened(editor, row), "explanation": "A **new** reason.", "_save": "1"}
    assert editor.post(change(row), form).status_code == 302
    row.refresh_from_db()
    assert row.explanation == "Old."
    page = editor.get(reverse("admin:concepts_comparisonrow_page", args=[row.pk])).context["drawn"]
    assert "A <strong>new</strong> reason." in page
    assert "Unpublish" not in editor.get(change(row)).content.decode()
    editor.post(change(row), {**opened(editor, row), "_publish": "1"})
    row.refresh_from_db()
    assert row.explanation == "A **new** reason."


def test_a_row_of_a_draft_is_simply_saved(editor: Client) -> None:
    row = ComparisonRowFactory(comparison__status="draft")
    editor.post(change(row), {**opened(editor, row), "explanation": "New.", "_save": "1"})
    row.refresh_from_db()
    assert row.explanation == "New."


def test_an_objective_of_a_published_lesson_is_prepared_scheduled_and_published(editor: Client) -> None:
    objective = ObjectiveFactory(statement="say it")
    when = {"publish_on_0": "2099-12-01", "publish_on_1": "08:00", "_schedule": "1"}
    form = {**opened(editor, objective), "statement": "say it better", **when}
    assert editor.post(change(objective), form).status_code == 302
    objective.refresh_from_db()
    assert objective.statement == "say it"
    assert publish_due(timezone.now() + timedelta(days=40_000)).problems == []
    objective.refresh_from_db()
    assert objective.statement == "say it better"
