"""Course packs in the admin: download, look, confirm; and every upload that is refused."""

import io
import zipfile
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.coursepack.exporting import Pack, export_pack
from assessments.models import Question
from concepts.models import Concept, Module, Term
from tests.assessments.coursepack.loading import load
from tests.assessments.coursepack.packs import empty_database
from tests.concepts.coursepack.trees import FILES, write_tree
from tests.factories import UserFactory, make_editor

pytestmark = pytest.mark.django_db
EXPORT = "/admin/packs/export/"
LOAD = "/admin/packs/load/"
CONFIRM = "/admin/packs/load/confirm/"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course in the database."""
    monkeypatch.chdir(tmp_path)
    load(write_tree(tmp_path))
    return tmp_path


def pack(**changes: str | None) -> bytes:
    """The small course as an archive, with some files replaced or taken out."""
    files = {**FILES, **{name.replace("__", "/"): text for name, text in changes.items()}}
    return Pack({name: text.encode() for name, text in files.items() if text is not None}).zipped()


def upload(client: Client, data: bytes, name: str = "some.zip") -> Any:
    return client.post(LOAD, {"file": SimpleUploadedFile(name, data)})


def shown(response: Any) -> str:
    return str(response.content.decode())


def confirm(client: Client, seen: Any, **more: Any) -> Any:
    return client.post(CONFIRM, {"token": seen.context["page"].token, **more})


def test_the_front_page_leads_to_packs_for_those_who_may(editor: Client) -> None:
    assert EXPORT in shown(editor.get("/admin/")) and LOAD in shown(editor.get("/admin/"))


def test_the_download_is_the_pack_and_the_same_every_time(editor: Client, course: Path) -> None:
    assert editor.get(EXPORT).status_code == 200
    response = editor.post(EXPORT, {})
    assert response["Content-Disposition"] == 'attachment; filename="takt-course.zip"'
    assert response.content == export_pack().zipped() == editor.post(EXPORT, {}).content
    one = editor.post(EXPORT, {"module": "compared", "drafts": "on"})
    names = zipfile.ZipFile(io.BytesIO(one.content)).namelist()
    assert "course/compared/module.yaml" in names and not any("measuring" in name for name in names)
    assert editor.post(EXPORT, {"module": "nowhere"}).status_code == 422


def test_looking_first_names_what_loading_would_stumble_over(editor: Client, course: Path) -> None:
    assert "This pack can be loaded" in shown(editor.post(EXPORT, {"_look": "1"}))
    Concept.objects.filter(slug="pace").update(status="draft")
    said = shown(editor.post(EXPORT, {"_look": "1"}))
    assert "Loading this pack would be refused" in said and "There is no concept “pace”" in said
    assert "course/terms.yaml" in said and gettempdir() not in said
    assert "It needs concept:pace, which is a draft or left out." in said
    Module.objects.update(status="draft")
    Term.objects.update(status="draft")
    said = shown(editor.post(EXPORT, {"module": "compared"}))
    assert "Learners see nothing of this yet" in said


def test_a_pack_is_shown_before_it_is_written_and_then_written(editor: Client) -> None:
    seen = upload(editor, pack())
    said = shown(seen)
    assert seen.status_code == 200 and "22 new, 0 to change" in said and "nothing is written yet" in said
    assert not Module.objects.exists()
    done = confirm(editor, seen)
    assert done.status_code == 200 and "22 added, 0 changed" in shown(done)
    concept = Concept.objects.get(slug="throughput")
    row = concept.history.earliest()
    assert row.history_change_reason == "Loaded from the pack some.zip"
    user = Concept.history.latest().history_user
    assert user is not None and user.is_staff
    question = Question.objects.get(slug="thr-2-which-way")
    assert question.live is not None and question.live.created_by == user
    assert question.history.latest().history_user == user
    assert "All of this pack is here already" in shown(upload(editor, pack()))
    # Confirming again finds what was kept gone.
    assert confirm(editor, seen).status_code == 422


def test_what_editors_changed_is_left_unless_it_is_ticked(editor: Client, course: Path) -> None:
    Term.objects.filter(slug="shift").update(definition="An editor's words.")
    Term.objects.filter(slug="takt").update(definition="An editor's words, too.")
    text = FILES["course/measuring/02-throughput.md"].replace("minutes: 9", "minutes: 8")
    seen = upload(editor, pack(**{"course/measuring/02-throughput.md": text}))
    said = shown(seen)
    assert "0 new, 1 to change" in said and 'value="term:shift"' in said and "minutes to read" in said
    done = confirm(editor, seen, overwrite=["term:shift"])
    assert "0 added, 2 changed" in shown(done)
    assert Term.objects.get(slug="shift").definition == "A stretch of paid working time."
    assert Term.objects.get(slug="takt").definition == "An editor's words, too."
    assert Concept.objects.get(slug="throughput").minutes == 8


def test_nothing_is_written_if_the_course_was_changed_since_the_look(editor: Client, course: Path) -> None:
    text = FILES["course/measuring/terms.yaml"].replace("A stretch of paid", "A span of paid")
    seen = upload(editor, pack(**{"course/measuring/terms.yaml": text}))
    Term.objects.filter(slug="shift").update(definition="An editor's words.")
    answer = confirm(editor, seen)
    assert answer.status_code == 409 and "Look again; nothing was written" in shown(answer)
    assert Term.objects.get(slug="shift").definition == "An editor's words."
    assert confirm(editor, answer, overwrite=["term:shift"]).status_code == 200
    assert Term.objects.get(slug="shift").definition == "A span of paid working time."


def test_every_mistake_is_shown_with_file_line_and_remedy(editor: Client) -> None:
    broken = {
        "course/measuring/terms.yaml": FILES["course/measuring/terms.yaml"].replace(
            "slug: shift", "slug: takt"
        ),
        "course/measuring/metrics.yaml": "[" * 100_000,
        "bank/measuring/misconceptions.yaml": None,
    }
    seen = upload(editor, pack(**broken))
    said = shown(seen)
    assert seen.status_code == 422 and "course/measuring/terms.yaml" in said and gettempdir() not in said
    assert "The term “takt” is there already: course/measuring/terms.yaml:1." in said
    assert "nested more than 40 levels deep" in said
    assert "There is no misconception “time-divided-by-units”" in said
    assert "Load it" not in said


def test_what_leads_nowhere_yet_is_named_and_does_not_stand_in_the_way(editor: Client, course: Path) -> None:
    data = export_pack(module="measuring").zipped()
    empty_database()
    seen = upload(editor, data)
    said = shown(seen)
    assert seen.status_code == 200 and "Leads nowhere yet" in said
    assert "There is no comparison “two-sides”" in said
    assert confirm(editor, seen).status_code == 200
    assert Concept.objects.count() == 2


def test_a_name_that_is_taken_here_is_refused(editor: Client) -> None:
    Term.objects.create(slug="own", name="Shift", definition="Made in the admin.")
    seen = upload(editor, pack())
    assert seen.status_code == 422 and "“Shift” is taken by term:own" in shown(seen)


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 422, "no zip file"),
        (b"words", 422, "no zip file"),
        (
            Pack({"course/sources.yaml": "- key: S1\n  title: caf\xe9\n".encode("latin-1")}).zipped(),
            422,
            "not UTF-8",
        ),
        (Pack({"elsewhere/a.md": b""}).zipped(), 422, "There is no folder “course” or “bank”"),
        (Pack({"course/../a.md": b""}).zipped(), 422, "leads out of the pack"),
        (Pack({"course/a.md": b"0" * (21 * 1024 * 1024)}).zipped(), 422, "far more than a course holds"),
    ],
)
def test_uploads_that_are_no_packs_are_refused(editor: Client, data: bytes, status: int, said: str) -> None:
    refused = upload(editor, data)
    assert refused.status_code == status and said in shown(refused)
    assert editor.post(LOAD, {}).status_code == 422


def test_an_upload_that_is_too_large_is_not_even_read(editor: Client) -> None:
    refused = upload(editor, b"0" * (51 * 1024 * 1024))
    assert refused.status_code == 413 and "larger than 50 MB" in shown(refused)


def test_nobody_confirms_what_somebody_else_looked_at_or_what_is_gone(editor: Client) -> None:
    seen = upload(editor, pack())
    other = Client()
    other.force_login(UserFactory(is_staff=True, is_superuser=True))
    for client, text in ((other, seen.context["page"].token), (editor, "made up"), (editor, "")):
        answer = client.post(CONFIRM, {"token": text})
        assert answer.status_code == 422 and "Choose the file again" in shown(answer)
    cache.clear()
    assert confirm(editor, seen).status_code == 422
    assert editor.get(CONFIRM).status_code == 405


def test_only_who_may_change_lessons_and_questions_sees_packs() -> None:
    user = make_editor()
    group = user.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="change_question"))
    client = Client()
    client.force_login(user)
    assert [client.get(url).status_code for url in (EXPORT, LOAD)] == [403, 403]
    assert client.post(CONFIRM, {}).status_code == 403
    assert EXPORT not in shown(client.get("/admin/"))
