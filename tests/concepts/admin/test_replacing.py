"""The page of find and replace: a look, boxes to leave hits out, one act, and what is refused."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from concepts.models import Concept, PreparedChange
from concepts.texts import KINDS
from tests.factories import ConceptFactory, MetricFactory, QuestionFactory, TermFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/replace/"
GROUPS = list(dict.fromkeys(kind.group for kind in KINDS))


def look(editor: Client, **more: Any) -> Any:
    return editor.get(PAGE, {"find": "flow", "by": "stream", "kinds": GROUPS, **more})


def replace(editor: Client, page: Any, **more: Any) -> Any:
    data = {"find": "flow", "by": "stream", "kinds": GROUPS, "seen": page.context["seen"], **more}
    return editor.post(PAGE, data)


def test_the_form_stands_alone_at_first_and_the_front_page_leads_to_it(editor: Client) -> None:
    response = editor.get(PAGE)
    assert response.status_code == 200
    assert response.context["task"] is None
    assert PAGE in editor.get(reverse("admin:index")).content.decode()


def test_every_hit_is_shown_in_its_context_with_a_link_and_nothing_is_written(editor: Client) -> None:
    concept = ConceptFactory(title="On flow", body="A <b>flow</b> & more.")
    metric = MetricFactory()
    metric.inputs.filter(name="units").update(label="flow units")
    said = look(editor).content.decode()
    assert "3 hits" in said
    assert "&lt;b&gt;<mark>flow</mark><ins>stream</ins>&lt;/b&gt; &amp; more." in said
    for obj in (concept, metric):
        assert reverse(f"admin:concepts_{obj._meta.model_name}_change", args=[obj.pk]) in said
    assert Concept.objects.get(pk=concept.pk).title == "On flow"


def test_what_was_shown_is_replaced_but_for_what_is_left_out(editor: Client) -> None:
    concept, term = ConceptFactory(summary="flow, flow"), TermFactory(definition="flow")
    question = QuestionFactory(publish=True, content={**QuestionFactory().content, "stem": "A flow?"})
    page = look(editor)
    response = replace(editor, page, leave=[f"concept-{concept.pk}-summary-0"])
    assert response.status_code == 302
    said = editor.get(PAGE).content.decode()
    assert "Replaced in 3 places of 3 objects." in said
    assert "1 question is asked as before until you publish it again." in said
    for obj in (concept, term, question):
        obj.refresh_from_db()
    assert (concept.summary, term.definition) == ("flow, stream", "stream")
    assert (question.content["stem"], question.live.content["stem"]) == ("A stream?", "A flow?")
    assert concept.history.first().history_user == response.wsgi_request.user


def test_what_changed_between_the_look_and_the_act_is_refused_and_shown_anew(editor: Client) -> None:
    concept = ConceptFactory(summary="flow, flow")
    page = look(editor)
    Concept.objects.filter(pk=concept.pk).update(summary="flow, flow, flow")
    left_out = f"concept-{concept.pk}-summary-1"
    response = replace(editor, page, leave=[left_out])
    assert response.status_code == 409
    said = response.content.decode()
    assert "3 hits" in said and "Somebody changed one of these texts" in said
    assert f'value="{left_out}" aria-label="Leave out hit 2 in {concept.title}" checked' in said
    assert Concept.objects.get().summary == "flow, flow, flow"
    assert replace(editor, response, leave=[left_out]).status_code == 302
    assert Concept.objects.get().summary == "stream, flow, stream"


def test_what_would_break_is_named_and_nothing_is_replaced(editor: Client) -> None:
    ConceptFactory(title="flow")
    page = look(editor, by="")
    response = replace(editor, page, by="")
    assert response.status_code == 422
    assert response.context["problems"] == [("flow", "Title: This field cannot be blank.")]


def test_leaving_everything_out_is_refused(editor: Client) -> None:
    concept = ConceptFactory(title="flow")
    response = replace(editor, look(editor), leave=[f"concept-{concept.pk}-title-0"])
    assert response.status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        {"find": ""},
        {"find": "---"},
        {"find": "a\x07b"},
        {"find": "x" * 201},
        {"by": "flow"},
        {"by": "a\u2028b"},
        {"kinds": []},
        {"kinds": ["evidence"]},
        {"module": "999999"},
    ],
)
def test_bad_input_is_refused_by_look_and_act(editor: Client, query: dict[str, Any]) -> None:
    ConceptFactory(title="flow")
    page = look(editor)
    assert look(editor, **query).status_code == 422
    assert replace(editor, page, **query).status_code == 422
    assert Concept.objects.get().title == "flow"


def test_nothing_found_and_far_too_much_found_are_said(editor: Client) -> None:
    assert "stands nowhere" in look(editor).content.decode()
    ConceptFactory(body="flow " * 501)
    response = look(editor)
    assert "There are 501 hits" in response.content.decode()
    assert response.context["groups"] == []
    assert replace(editor, response).status_code == 422


def test_what_waits_beside_a_page_is_said_not_to_be_searched(editor: Client) -> None:
    concept = ConceptFactory(title="flow")
    kind = ContentType.objects.get_for_model(Concept)
    PreparedChange.objects.create(content_type=kind, object_id=concept.pk, typed={}, stamp="1")
    assert "Changes wait beside it." in look(editor).content.decode()
