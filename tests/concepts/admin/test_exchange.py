"""Tables in the admin: what goes out comes in again, and what is wrong with a table is said row by row."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concepts.models import Metric, Publishable, Term
from tests.factories import ConceptFactory, MetricFactory, SourceFactory, TermFactory, make_editor

pytestmark = pytest.mark.django_db
TERMS = "/admin/concepts/term/table/"
METRICS = "/admin/concepts/metric/table/"
HEAD = "slug,name,definition,also,concept,sources\n"


def upload(client: Client, text: str | bytes, where: str = TERMS, name: str = "words.csv") -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(f"{where}import/", {"resource": "0", "import_file": SimpleUploadedFile(name, data)})


def confirm(client: Client, seen: Any, where: str = TERMS) -> Any:
    fields = {field.name: field.value() for field in seen.context["confirm_form"]}
    return client.post(f"{where}import/confirm/", fields)


def exported(client: Client, where: str = TERMS, form: str = "0") -> bytes:
    response = client.post(f"{where}export/", {"resource": "0", "format": form})
    assert response.status_code == 200
    return bytes(response.content)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def sheet(*lines: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def shown(response: Any) -> str:
    return str(response.content.decode())


def test_new_rows_become_drafts_and_the_history_says_who_and_from_where(editor: Client) -> None:
    concept, source = ConceptFactory(), SourceFactory(key="S1")
    seen = upload(editor, f'{HEAD}takt,Takt time,What demand leaves.,"pace, beat",{concept.slug},S1\n')
    assert seen.status_code == 200 and "1 new, 0 to change, 0 as they are" in shown(seen)
    assert not Term.objects.exists()
    assert confirm(editor, seen).status_code == 302
    term = Term.objects.get()
    assert (term.slug, term.status, term.also, term.concept) == ("takt", "draft", "pace, beat", concept)
    assert list(term.sources.all()) == [source] and "What demand leaves" in term.definition_html
    first = term.history.earliest()
    assert first.history_change_reason == "Imported from words.csv"
    assert first.history_user is not None and first.history_user.is_staff


def test_a_change_shows_old_and_new_and_leaves_the_state_alone(editor: Client) -> None:
    term = TermFactory(slug="takt", name="Takt", definition="Old words.")
    term.publish()
    term.save()
    seen = upload(editor, "slug,definition\ntakt,New words.\n")
    assert "<del>Old words.</del>" in shown(seen) and "<ins>New words.</ins>" in shown(seen)
    confirm(editor, seen)
    term.refresh_from_db()
    assert (term.definition, term.name, term.status) == ("New words.", "Takt", Publishable.Status.PUBLISHED)
    assert term.history.count() == 3
    again = upload(editor, "slug,definition\ntakt,New words.\n")
    assert "0 new, 0 to change, 1 as they are" in shown(again) and "nothing to import" in shown(again)


@pytest.mark.parametrize("form", ["0", "1"])
def test_what_is_exported_is_imported_again_without_a_change(editor: Client, form: str) -> None:
    TermFactory(name="=1+1", definition='\'-tis\n\n@home; "quoted", and\ttabs 日本 😀', also="yes, 007")
    metric = MetricFactory()
    for where, count in ((TERMS, 1), (METRICS, 1)):
        data = exported(editor, where, form)
        seen = upload(editor, data, where, "table.csv")
        assert f"0 new, 0 to change, {count} as they are" in shown(seen), shown(seen)
    assert metric.inputs.exists()


def test_what_a_spreadsheet_would_take_for_a_formula_is_escaped(editor: Client) -> None:
    TermFactory(slug="one", name="=HYPERLINK(1)", definition="+1 and @2")
    row = rows(exported(editor))[0]
    assert (row["name"], row["definition"]) == ("'=HYPERLINK(1)", "'+1 and @2")


def test_a_measure_is_tried_with_its_first_figures(editor: Client) -> None:
    metric = MetricFactory()
    line = rows(exported(editor, METRICS))[0]
    held = io.StringIO()
    writer = csv.DictWriter(held, line)
    writer.writeheader()
    writer.writerow(line | {"formula": "unknown_name * 2"})
    refused = upload(editor, held.getvalue(), METRICS)
    assert refused.status_code == 422 and "<code>formula</code>" in shown(refused)
    refused = upload(editor, f"slug,inputs\n{metric.slug},[not json\n", METRICS)
    assert refused.status_code == 422 and "This is no JSON" in shown(refused)
    refused = upload(editor, f"slug,inputs\n{metric.slug},{'[' * 20_000}\n", METRICS)
    assert refused.status_code == 422


def test_every_mistake_is_named_with_its_row_and_column(editor: Client) -> None:
    TermFactory(name="Taken")
    text = HEAD + "A b,One,d,,,\ntwo,Taken,d,,,\nthree,,d,,,\nfour,Four,d,,nowhere,S9\nfour,Again,d,,,\n"
    refused = upload(editor, text)
    said = shown(refused)
    assert refused.status_code == 422 and "confirm_form" not in refused.context
    for words in (
        "write “a-b”, not “A b”",
        "“Taken” is taken by",
        "“name” is missing",
        "There is no concept “nowhere”",
        "There is no source “S9”",
        "“four” is in this table twice",
    ):
        assert words in said
    assert Term.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"slug,nmae\na,b\n", "Did you mean “name”?"),
        (b"name\nTakt\n", "There is no column “slug”"),
        (b"slug,name,name\na,b,c\n", "Two columns have the same name"),
        (b"slug,name\na,caf\xe9\n", "Line 2 is not UTF-8 text"),
        (b"PK\x03\x04 and no more", "This is no XLSX file"),
        (b"\n\n , \n", "There is nothing in this table"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(editor: Client, data: bytes, said: str) -> None:
    refused = upload(editor, data)
    assert refused.status_code == 422 and said in shown(refused)


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(editor: Client) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (70 * 1024 * 1024))
    refused = upload(editor, held.getvalue(), name="bomb.xlsx")
    assert refused.status_code == 422 and "far more than a table holds" in shown(refused)


def test_entities_in_a_spreadsheet_are_refused(editor: Client) -> None:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(("slug", "name"), ("a", "b")))) as good,
        zipfile.ZipFile(held, "w") as bad,
    ):
        for name in good.namelist():
            data = good.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            bad.writestr(name, data)
    refused = upload(editor, held.getvalue(), name="entities.xlsx")
    assert refused.status_code == 422 and "cannot be read" in shown(refused)


def test_too_many_rows_and_too_large_files_are_refused(editor: Client) -> None:
    refused = upload(editor, "slug\n" + "a\n" * 1001)
    assert refused.status_code == 422 and "larger than 1000 rows" in shown(refused)
    refused = upload(editor, b"a" * (5 * 1024 * 1024 + 100_000))
    assert refused.status_code == 413 and "larger than 5 MB" in shown(refused)


def test_figures_and_semicolons_of_spreadsheets_are_read(editor: Client) -> None:
    seen = upload(
        editor, sheet(("slug", "name", "definition"), ("iso-9001", 9001, "A standard.")), name="t.xlsx"
    )
    confirm(editor, seen)
    assert Term.objects.get().name == "9001"
    seen = upload(editor, "slug;name;definition\nshift;Shift;Paid; working time\n".replace("; w", ", w"))
    assert "1 new" in shown(seen)


def test_nothing_is_written_when_the_course_has_changed_since_the_look(editor: Client) -> None:
    seen = upload(editor, "slug,name,definition\ntakt,Takt,A.\nbeat,Beat,B.\n")
    TermFactory(slug="other", name="Beat")
    answer = confirm(editor, seen)
    assert answer.status_code == 409 and "is taken by" in shown(answer)
    assert not Term.objects.filter(slug="takt").exists()


def test_a_preview_that_is_gone_says_so(editor: Client) -> None:
    fields = {"import_file_name": "gone", "original_file_name": "a.csv", "format": "0", "resource": "0"}
    for more in ({}, {"format": "77"}, {"format": "x"}):
        answer = editor.post(f"{TERMS}import/confirm/", fields | more)
        assert answer.status_code == 422 and "Choose the file again" in shown(answer)
    assert editor.get(f"{TERMS}import/confirm/").status_code == 405
    assert editor.post(f"{TERMS}import/", {}).status_code == 422
    assert editor.post(f"{TERMS}export/", {"resource": "0", "format": "9"}).status_code == 422


def test_the_filters_of_the_list_hold_for_the_export(editor: Client) -> None:
    TermFactory(name="Alpha")
    TermFactory(name="Beta")
    answer = editor.post(f"{TERMS}export/?q=alpha", {"resource": "0", "format": "0"})
    assert [row["name"] for row in rows(answer.content)] == ["Alpha"]


def test_who_may_only_look_may_export_and_not_import() -> None:
    user = make_editor()
    group = user.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="change_term"))
    client = Client()
    client.force_login(user)
    assert client.get(f"{TERMS}export/").status_code == 200
    assert client.get(f"{TERMS}import/").status_code == 403
    assert upload(client, HEAD).status_code == 403
    assert client.post(f"{TERMS}import/confirm/", {}).status_code == 403
    page = shown(client.get("/admin/concepts/term/"))
    assert "Export a table" in page and "Import a table" not in page


def test_exporting_asks_for_all_rows_at_once(editor: Client, django_assert_max_num_queries: Any) -> None:
    for _each in range(3):
        MetricFactory()
    with django_assert_max_num_queries(25):
        exported(editor, METRICS)
    assert Metric.objects.count() == 3


def test_who_may_change_but_not_add_imports_nothing(client: Client) -> None:
    user = make_editor()
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_term", "view_term"]))
    client.force_login(user)
    assert upload(client, f"{HEAD}takt,Takt time,What demand leaves.,,,\n").status_code == 403
    assert client.post(f"{TERMS}import/confirm/", {}).status_code == 403
    assert "import/" not in client.get("/admin/concepts/term/").content.decode()
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD, "There are only column names in this table. Add a row for each thing."),
        (f"{HEAD}\n \n,,,\n", "There are only column names in this table."),
        (f"{HEAD}\x00\x00\n\x00,\x00\n", "There are only column names in this table."),
        (sheet(("slug", "name")), "There are only column names in this table."),
        ("\x00\x00\n\x00", "There is nothing in this table. Its first line names the columns."),
        ("\ufeff", "There is nothing in this table."),
        (sheet(), "There is nothing in this table."),
        ("", "The file is empty. Choose one with a line of column names."),
    ],
    ids=[
        "heads",
        "blank rows",
        "NUL rows",
        "heads in XLSX",
        "only NUL",
        "only a mark",
        "empty XLSX",
        "empty",
    ],
)
def test_a_table_without_rows_says_at_the_field_what_to_do(
    editor: Client, data: str | bytes, said: str
) -> None:
    response = upload(editor, data)
    assert response.status_code == 422
    (problem,) = response.context["form"].errors["import_file"]
    assert problem.startswith(said)
    assert "No valid data" not in shown(response)


def test_an_address_in_a_table_is_refused_in_our_words(editor: Client) -> None:
    response = upload(editor, f"{HEAD}Takt Time,Takt time,What demand leaves.,,,\n")
    assert response.status_code == 422
    said = "“slug” takes small letters, digits and hyphens: write “takt-time”, not “Takt Time”."
    assert said in shown(response)
