"""Case studies at the editor's desk: the form, the check before publishing, and the life of a case."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concepts.models import CaseStudy, PreparedChange
from concepts.publishing import publish_due
from concepts.reordering import key_of
from tests.case_desk import desk_case, whole_case
from tests.factories import CaseStudyFactory, ObjectiveFactory, SourceFactory, make_editor
from tests.forms import FormClient, change, fields_of, opened, restored

pytestmark = pytest.mark.django_db
ADD = reverse("admin:concepts_casestudy_add")
LIST = reverse("admin:concepts_casestudy_changelist")
CHECK = reverse("admin:concepts_casestudy_check")


@pytest.fixture
def other(db: None) -> Client:
    client = FormClient()
    client.force_login(make_editor())
    return client


def blank(client: Client) -> dict[str, Any]:
    """What a browser posts of a new form."""
    response = client.get(ADD)
    assert response.status_code == 200
    form = response.context["adminform"]
    stored = form.model_admin.paper(form.form, []).stored()
    return {
        **stored,
        "title": "The late press",
        "slug": "the-late-press",
        "summary": "It is late.",
    }


def text(response: Any) -> str:
    return str(response.content.decode())


def test_an_editor_saves_a_draft_of_which_nothing_but_the_name_is_there(editor: Client) -> None:
    assert editor.post(ADD, {**blank(editor), "_save": "1"}).status_code == 302
    case = CaseStudy.objects.get()
    assert (case.status, case.content) == ("draft", {})


def test_the_form_writes_the_document_that_it_was_filled_from(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case)
    assert editor.post(ADD, {**form, "slug": "another", "title": "Another", "_save": "1"}).status_code == 302
    content = CaseStudy.objects.get(slug="another").content
    expected = whole_case()
    assert content["stages"] == expected["stages"]
    assert content["roles"] == expected["roles"]
    assert {**content["variables"][1], "better": "lower"} == expected["variables"][1]


def test_saving_without_a_change_leaves_the_document_as_it_was(editor: Client) -> None:
    case = desk_case()
    assert editor.post(change(case), {**opened(editor, case), "_save": "1"}).status_code == 302
    before = case.content
    case.refresh_from_db()
    assert case.content == before


def test_stages_stand_in_the_order_of_their_places(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-stages-4-ORDER": "9"}
    assert editor.post(change(case), {**form, "_save": "1"}).status_code == 302
    case.refresh_from_db()
    assert [stage["key"] for stage in case.content["stages"]][4:] == ["middle-end", "bad-end", "good-end"]


def test_a_stage_that_is_ticked_to_go_goes(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-stages-2-DELETE": "on"}
    assert editor.post(change(case), {**form, "_save": "1"}).status_code == 302
    case.refresh_from_db()
    assert "rescue" not in [stage["key"] for stage in case.content["stages"]]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("decisions:\n  - key: a\n key: b", "Line 3: This cannot be read as YAML"),
        ("- a\n- b", "Line 1: Here belong keys with values"),
        ("next: {to: 2026-01-01}", "Line 1: “2026-01-01” is not read as text. Put it in quotes."),
        ("next:\n  - {to: .inf}", "Line 2: This number is too large to work with."),
        ('title: "\\0"', "Line 1: This text holds a sign that cannot be stored."),
        ("key: a\nkey: b", "Line 2: “key” is here twice"),
    ],
)
def test_yaml_that_cannot_be_read_is_refused_with_its_line_and_nothing_is_lost(
    editor: Client, typed: str, words: str
) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-stages-0-rest": typed, "title": "A new title"}
    response = editor.post(change(case), {**form, "_save": "1"})
    assert response.status_code == 422
    shown = response.context["content_form"]
    assert any(words in each.message for each in shown.noted), [each.message for each in shown.noted]
    assert [each.target for each in shown.noted if words in each.message] == ["id_c-stages-0-rest"]
    assert {each.line for each in shown.noted} <= {1, 2, 3}
    assert fields_of(response)["c-stages-0-rest"] == [typed]
    assert 'value="A new title"' in text(response)
    case.refresh_from_db()
    assert case.content == whole_case()


def test_a_figure_with_letters_is_refused_at_its_field(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-variables-0-initial": "eighty"}
    response = editor.post(change(case), {**form, "_save": "1"})
    assert response.status_code == 422
    assert [each.target for each in response.context["content_form"].noted] == ["id_c-variables-0-initial"]
    assert 'value="eighty"' in text(response)


def test_a_draft_may_be_unfinished_and_its_form_says_at_each_place_what_is_missing(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-stages-1-title": "", "c-variables-0-initial": "400"}
    assert editor.post(change(case), {**form, "_save": "1"}).status_code == 302
    shown = editor.get(change(case)).context["content_form"].noted
    assert {each.target for each in shown} == {"id_c-stages-1-title", "id_c-variables-0-initial"}


def test_publishing_refuses_with_every_problem_at_its_place_and_keeps_what_was_typed(editor: Client) -> None:
    case = desk_case()
    rest = opened(editor, case)["c-stages-0-rest"][0].replace("objective: CAS-1", "objective: CAS-9")
    rest = rest.replace("on_time + 5", "on_tim + 5")
    form = opened(editor, case) | {"c-stages-0-rest": rest, "c-debrief": ""}
    response = editor.post(change(case), {**form, "_publish": "1"})
    assert response.status_code == 422
    noted = response.context["content_form"].noted
    assert {each.target for each in noted} == {"id_c-stages-0-rest", "id_c-debrief"}
    line = next(i for i, each in enumerate(rest.splitlines(), 1) if "CAS-9" in each)
    assert any(each.message.startswith(f"Line {line}: There is no objective “CAS-9”") for each in noted)
    assert "Not published: 3 things are to be mended first." in text(response)
    assert fields_of(response)["c-stages-0-rest"] == [rest]
    case.refresh_from_db()
    assert case.status == "draft"
    assert not case.versions.exists()


def test_publishing_freezes_a_version_in_the_name_of_the_editor(editor: Client) -> None:
    case = desk_case()
    response = editor.post(change(case), {**opened(editor, case), "_publish": "1"}, follow=True)
    assert "is published" in text(response)
    version = case.versions.get()
    assert version.number == 1
    assert version.content == whole_case()
    assert version.created_by is not None
    assert "learners begin version 1" in text(response)


@pytest.mark.parametrize("image", ["no-picture"])
def test_a_picture_that_is_not_there_is_refused(editor: Client, image: str) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-exhibits-2-text": "", "c-exhibits-2-image": image}
    response = editor.post(change(case), {**form, "_publish": "1"})
    assert response.status_code == 422
    assert [each.target for each in response.context["content_form"].noted] == ["id_c-exhibits-2-image"]


def test_changes_of_a_published_case_wait_beside_it_even_if_they_cannot_be_read(editor: Client) -> None:
    case = desk_case("published")
    form = opened(editor, case) | {"c-stages-0-rest": "a: [", "c-brief": "Another brief."}
    assert editor.post(change(case), {**form, "_save": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.content == whole_case()
    assert opened(editor, case)["c-stages-0-rest"] == ["a: ["]
    response = editor.post(change(case), {**opened(editor, case), "_publish": "1"})
    assert response.status_code == 422
    assert case.versions.count() == 1


def test_what_was_prepared_is_compared_and_published_as_a_new_version(editor: Client) -> None:
    case = desk_case("published")
    form = opened(editor, case) | {"c-brief": "Another brief."}
    assert editor.post(change(case), {**form, "_save": "1"}).status_code == 302
    beside = editor.get(reverse("admin:concepts_casestudy_prepared", args=[case.pk]))
    assert "Another brief." in "".join(
        piece.text for pair in beside.context["page"].pairs for piece in pair.right
    )
    graph = editor.get(reverse("admin:concepts_casestudy_graph", args=[case.pk]))
    assert graph.context["object"].content["brief"] == "Another brief."
    assert editor.post(change(case), {**opened(editor, case), "_publish": "1"}).status_code == 302
    assert case.versions.first().content["brief"] == "Another brief."
    assert not PreparedChange.objects.exists()


def test_the_preview_shows_the_page_of_a_learner_as_it_is_typed(editor: Client) -> None:
    case = desk_case("published")
    url = reverse("admin:concepts_casestudy_page", args=[case.pk])
    form = opened(editor, case) | {"c-brief": "A **typed** brief."}
    page = editor.post(url, form).context["drawn"]
    assert "A <strong>typed</strong> brief." in page
    case.refresh_from_db()
    assert case.content == whole_case()


def test_the_second_of_two_editors_is_told_what_the_first_saved(editor: Client, other: Client) -> None:
    case = desk_case()
    mine = opened(other, case) | {"c-debrief": "Mine."}
    first = opened(editor, case) | {"c-debrief": "Theirs.", "c-stages-0-title": "Renamed"}
    assert editor.post(change(case), {**first, "_save": "1"}).status_code == 302
    response = other.post(change(case), {**mine, "_save": "1"})
    assert response.status_code == 409
    assert {clash.key for clash in response.context["desk"].clashes} == {"c-debrief", "c-stages-*"}
    again = {**fields_of(response), "_take": ["c-stages-*"], "_save": "1"}
    assert other.post(change(case), again).status_code == 302
    case.refresh_from_db()
    assert (case.content["debrief"], case.content["stages"][0]["title"]) == ("Mine.", "Renamed")


def test_a_draft_that_cannot_be_played_is_not_put_on_the_schedule(editor: Client) -> None:
    case = desk_case()
    moment = timezone.localtime(timezone.now() + timedelta(days=2))
    when = {"publish_on_0": moment.strftime("%Y-%m-%d"), "publish_on_1": "08:00", "_schedule": "1"}
    form = opened(editor, case)
    assert editor.post(change(case), {**form, **when, "c-debrief": ""}).status_code == 422
    assert editor.post(change(case), {**form, **when}).status_code == 302
    case.refresh_from_db()
    assert case.status == "scheduled"


def test_a_scheduled_draft_that_was_broken_since_is_kept_with_the_reason(editor: Client) -> None:
    case = desk_case()
    CaseStudy.objects.update(
        status="scheduled", publish_at=timezone.now(), content=whole_case() | {"debrief": ""}
    )
    assert "debrief" in " ".join(publish_due(timezone.now()).problems)
    case.refresh_from_db()
    assert case.status == "draft"
    assert not case.versions.exists()
    CaseStudy.objects.update(status="scheduled", publish_at=timezone.now(), content=whole_case())
    assert publish_due(timezone.now()).published == [str(case)]
    assert case.versions.count() == 1


def test_the_list_publishes_what_is_sound_and_says_why_it_leaves_the_rest(editor: Client) -> None:
    sound, broken = desk_case(title="Sound"), CaseStudyFactory(status="draft", title="Broken", content={})
    chosen = {"action": "publish_selected", "_selected_action": [sound.pk, broken.pk]}
    response = editor.post(LIST, chosen, follow=True)
    assert "“Broken”: Not published:" in text(response)
    sound.refresh_from_db()
    broken.refresh_from_db()
    assert (sound.status, broken.status) == ("published", "draft")


def test_an_old_version_is_compared_and_restored(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-brief": "Another brief."}
    editor.post(change(case), {**form, "_save": "1"})
    first = case.history.last()
    first.history_date -= timedelta(minutes=1)
    first.save()
    number = (
        editor.get(reverse("admin:concepts_casestudy_history", args=[case.pk])).context["moments"][-1].number
    )
    compared = editor.get(reverse("admin:concepts_casestudy_compare", args=[case.pk]))
    assert "Another" in text(compared)
    assert (
        restored(editor, reverse("admin:concepts_casestudy_version", args=[case.pk, number])).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.content == whole_case()


def test_an_old_version_that_cannot_be_played_is_not_restored_over_a_published_case(editor: Client) -> None:
    case = desk_case()
    CaseStudy.objects.filter(pk=case.pk).update(content={"brief": "Only that."})
    case.refresh_from_db()
    case.save()
    record = case.history.first()
    case.history.exclude(pk=record.pk).delete()
    record.history_date -= timedelta(minutes=1)
    record.save()
    case.content = whole_case()
    case.publish()
    case.save()
    number = (
        editor.get(reverse("admin:concepts_casestudy_history", args=[case.pk])).context["moments"][-1].number
    )
    response = restored(editor, reverse("admin:concepts_casestudy_version", args=[case.pk, number]))
    assert response.status_code == 409
    assert "Not published" in text(response)
    case.refresh_from_db()
    assert case.content == whole_case()


def test_a_case_is_duplicated_as_a_draft_with_its_sources(editor: Client) -> None:
    case = desk_case("published")
    case.sources.add(SourceFactory(key="S1"))
    url = reverse("admin:duplicate", args=["casestudy", case.pk])
    assert editor.post(url, {"title": "A copy", "slug": "a-copy"}).status_code == 302
    copied = CaseStudy.objects.get(slug="a-copy")
    assert (copied.status, copied.content, copied.versions.count()) == ("draft", whole_case(), 0)
    assert [source.key for source in copied.sources.all()] == ["S1"]
    assert copied.position == case.position + 1
    assert CaseStudy.objects.get(pk=case.pk).content == whole_case()


def test_a_draft_is_deleted_and_what_was_published_stays_for_its_versions(editor: Client) -> None:
    case, live = CaseStudyFactory(status="draft"), CaseStudyFactory()
    for obj, status in ((case, 302), (live, 409)):
        url = reverse("admin:concepts_casestudy_delete", args=[obj.pk])
        assert editor.post(url, {"post": "yes"}).status_code == status
    assert list(CaseStudy.objects.all()) == [live]


def test_publishing_from_a_blank_form_is_refused_and_nothing_is_lost(editor: Client) -> None:
    response = editor.post(ADD, {**blank(editor), "c-brief": "Kept as typed.", "_publish": "1"})
    assert response.status_code == 422
    assert "Kept as typed." in text(response)
    assert not CaseStudy.objects.exists()


def test_cases_are_put_in_order_by_moving_them(editor: Client) -> None:
    one, two = CaseStudyFactory(position=1, title="One"), CaseStudyFactory(position=2, title="Two")
    url = reverse("admin:order", args=["cases"])
    assert url in text(editor.get(LIST))
    posted = {"order": [key_of(two), key_of(one)], "seen": f"{key_of(one)} {key_of(two)}"}
    assert editor.post(url, posted).status_code == 302
    assert [case.title for case in CaseStudy.objects.order_by("position")] == ["Two", "One"]


def test_the_check_while_typing_says_what_is_to_mend_and_stores_nothing(editor: Client) -> None:
    case = desk_case()
    form = opened(editor, case) | {"c-stages-1-title": "", "c-stages-0-rest": "a: ["}
    answer = editor.post(f"{CHECK}?case={case.pk}", form).json()
    assert [each["target"] for each in answer["problems"]] == ["id_c-stages-0-rest"]
    answer = editor.post(
        f"{CHECK}?case={case.pk}", form | opened(editor, case) | {"c-stages-1-title": ""}
    ).json()
    assert [each["target"] for each in answer["problems"]] == ["id_c-stages-1-title"]
    assert answer["head"] == "1 thing to mend"
    whole = editor.post(f"{CHECK}?case={case.pk}", opened(editor, case)).json()
    assert whole == {"head": "Nothing to mend: it can be published", "problems": []}
    case.refresh_from_db()
    assert case.content == whole_case()


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "0"])
def test_the_check_of_a_case_that_is_not_stored_needs_none(editor: Client, key: str) -> None:
    ObjectiveFactory()
    assert editor.post(f"{CHECK}?case={key}", blank(editor)).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        {"stages": "none", "roles": {"key": "production"}, "variables": [1, "a"], "start": ["x"]},
        {"stages": [{"texts": "x", "next": "y", "decisions": {"a": 1}, "bogus": 1}], "views": 3},
        {"roles": [{"key": "boss", "name": "Boss", "brief": 7}, {"key": "production"}], "exhibits": [{}]},
        {"variables": [{"name": "a", "initial": "many", "decimals": [1]}], "chances": [{"step": 0}]},
    ],
)
def test_no_draft_breaks_its_form_or_its_graph(editor: Client, content: dict[str, Any]) -> None:
    case = CaseStudyFactory(status="draft", content=content)
    assert editor.get(change(case)).status_code == 200
    assert editor.get(reverse("admin:concepts_casestudy_graph", args=[case.pk])).status_code == 200
    assert editor.post(change(case), {**opened(editor, case), "_publish": "1"}).status_code == 422


def test_an_empty_list_says_how_to_begin(editor: Client) -> None:
    assert "There is no case yet." in text(editor.get(LIST))


def test_the_list_says_how_large_a_case_is(editor: Client) -> None:
    desk_case("published")
    assert "2 roles, 4 stages, 3 endings" in text(editor.get(LIST))


def test_a_case_that_was_taken_back_does_not_claim_that_it_is_begun(editor: Client) -> None:
    case = desk_case()
    case.status = "published"
    case.save()
    assert "learners begin version 1" in text(editor.get(change(case)))
    case.status = "draft"
    case.save()
    page = text(editor.get(change(case)))
    assert "nobody can begin it; version 1 was the last" in page
    assert "learners begin version" not in page


def test_the_graph_says_where_in_the_form_each_thing_to_mend_stands(editor: Client) -> None:
    case = desk_case()
    del case.content["teaching_note"]
    case.save()
    page = text(editor.get(reverse("admin:concepts_casestudy_graph", args=[case.pk])))
    assert "Teaching note, Teaching note: “teaching_note” is missing" in page
