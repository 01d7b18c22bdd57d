"""The pictures of a course as files: read, stored, left where an editor changed them, and every mistake."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from concepts.coursepack.findings import Findings
from concepts.coursepack.folder import read_course
from concepts.coursepack.pictures import check_use
from concepts.drawings import Drawing
from concepts.models import Concept, Picture
from tests.concepts.admin.test_picture import kept
from tests.concepts.coursepack.trees import edit, mistakes
from tests.concepts.test_drawings import GOOD
from tests.concepts.test_images import picture, with_exif

FOLDER = "course/measuring/pictures"
LESSON = "course/measuring/01-pace.md"
LINE = "A line sends out a unit every so often."
ENTRY = "- slug: board\n  file: board.png\n  alt: A board beside a line.\n"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


@pytest.fixture
def pictured(root: Path) -> Path:
    """The small course with a drawing and a photograph in its first lesson."""
    folder = root / FOLDER
    folder.mkdir()
    (folder / "boxes.svg").write_text(GOOD, encoding="utf-8")
    (folder / "board.png").write_bytes(picture())
    (folder / "pictures.yaml").write_text(ENTRY, encoding="utf-8")
    edit(root, LESSON, LINE, f"{LINE}\n\n![Boxes.](picture:boxes)\n\n![A board.](picture:board)")
    return root


def load(root: Path, *options: str) -> None:
    call_command("load_course", *options, course=root / "course", bank=root / "bank", verbosity=0)


def test_a_drawing_and_a_photograph_are_read_without_a_mistake(pictured: Path) -> None:
    assert mistakes(pictured) == []


@pytest.mark.django_db
def test_both_are_stored_with_their_words_and_sizes(pictured: Path) -> None:
    load(pictured)
    drawn, photographed = Picture.objects.get(slug="boxes"), Picture.objects.get(slug="board")
    assert (drawn.alt, drawn.width, drawn.height) == ("Two boxes of the same width.", 400, 120)
    assert photographed.file.name == "pictures/board.png"
    assert (photographed.alt, photographed.width, photographed.height) == ("A board beside a line.", 300, 200)
    assert 'data-picture="boxes"' in Concept.objects.get(slug="pace").body_html


@pytest.mark.django_db
def test_loading_again_changes_nothing(pictured: Path) -> None:
    load(pictured)
    histories = Picture.history.count()
    load(pictured)
    assert Picture.history.count() == histories == 2


@pytest.mark.django_db
def test_a_file_that_changed_is_loaded_and_the_old_one_stays_in_the_storage(pictured: Path) -> None:
    load(pictured)
    before = Picture.objects.get(slug="board").file
    (pictured / FOLDER / "board.png").write_bytes(picture(size=(400, 300)))
    load(pictured)
    after = Picture.objects.get(slug="board")
    assert (after.width, after.height) == (400, 300)
    assert before.storage.exists(before.name)
    assert before.name != after.file.name


@pytest.mark.django_db
def test_what_an_editor_changed_is_left_unless_the_files_shall_win(pictured: Path) -> None:
    load(pictured)
    for slug in ("boxes", "board"):
        stored = Picture.objects.get(slug=slug)
        stored.alt = "An editor's words."
        stored.save()
    edit(pictured, f"{FOLDER}/boxes.svg", "Two boxes", "Two wide boxes")
    load(pictured)
    assert set(Picture.objects.values_list("alt", flat=True)) == {"An editor's words."}
    load(pictured, "--overwrite", "picture:boxes")
    assert Picture.objects.get(slug="boxes").alt == "Two wide boxes of the same width."


@pytest.mark.django_db
def test_a_photograph_may_become_a_drawing(pictured: Path) -> None:
    load(pictured)
    (pictured / FOLDER / "pictures.yaml").unlink()
    (pictured / FOLDER / "board.png").unlink()
    (pictured / FOLDER / "board.svg").write_text(GOOD, encoding="utf-8")
    load(pictured)
    stored = Picture.objects.get(slug="board")
    assert stored.drawing
    assert not stored.file


@pytest.mark.django_db
def test_what_is_stored_writes_the_file_it_came_from(pictured: Path) -> None:
    load(pictured)
    stored = Picture.objects.get(slug="boxes")
    assert Drawing(stored.drawing, stored.alt, stored.width, stored.height).as_file() == GOOD
    assert kept(Picture.objects.get(slug="board")) == picture()


def test_pictures_may_lie_beside_the_sources(root: Path) -> None:
    (root / "course/pictures").mkdir()
    (root / "course/pictures/boxes.svg").write_text(GOOD, encoding="utf-8")
    edit(root, LESSON, LINE, "![Boxes.](picture:boxes)")
    assert mistakes(root) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("<g ", "<script/>\n<g ", 3, "<script> does not belong in a drawing"),
        ('rx="4"', 'rx="4" onclick="x()"', 4, "takes no “onclick” here"),
        ("</g>\n", "", 7, "no well-formed SVG"),
        ("<title>Two boxes of the same width.</title>\n", "", 1, "<title> is missing. Say in it"),
        ("Two boxes", "Two " + "b" * 500 + " boxes", 2, "500 is the most"),
        ("0 0 400 120", "0 0 640 480", 1, "400 wide"),
    ],
)
def test_a_mistake_in_a_drawing_is_reported_with_its_line(
    pictured: Path, old: str, new: str, line: int, said: str
) -> None:
    edit(pictured, f"{FOLDER}/boxes.svg", old, new)
    found = mistakes(pictured)
    assert len(found) == 1, found
    assert found[0].startswith(f"{FOLDER}/boxes.svg:{line}: ")
    assert said in found[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  alt: A board beside a line.\n", "", "pictures.yaml:1: “alt” is missing. Add it."),
        ("board.png", "bord.png", "pictures.yaml:2: There is no file “bord.png” here."),
        ("board.png", "../boxes.png", "pictures.yaml:2: “file” is the name of a picture beside this file."),
        ("board.png", "[a]", "pictures.yaml:2: “file” is the name of a picture beside this file."),
        ("board.png", "Board 1.png", "cannot be the name of a picture"),
        ("  alt:", "  caption: a\n  alt:", "pictures.yaml:3: “caption” means nothing here."),
        ("  alt:", "  drawing: <svg/>\n  alt:", "pictures.yaml:3: “drawing” means nothing here."),
        (ENTRY, "slug: board", "This file is a list"),
    ],
)
def test_a_mistake_in_the_list_is_reported_with_its_line(
    pictured: Path, old: str, new: str, said: str
) -> None:
    edit(pictured, f"{FOLDER}/pictures.yaml", old, new)
    assert any(said in finding for finding in mistakes(pictured)), mistakes(pictured)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"nothing", "board.png: This is no PNG, JPEG or WebP"),
        (picture("JPEG"), "board.png: It is another type than its name says. Call it .jpg."),
        (picture(size=(20, 20)), "board.png: The picture is 20 by 20 pixels"),
    ],
)
def test_a_file_that_is_no_picture_is_reported(pictured: Path, data: bytes, said: str) -> None:
    (pictured / FOLDER / "board.png").write_bytes(data)
    assert any(finding.startswith(f"{FOLDER}/pictures.yaml:2: {said}") for finding in mistakes(pictured))


def test_a_photograph_with_notes_of_its_camera_is_refused(pictured: Path) -> None:
    (pictured / FOLDER / "board.png").unlink()
    (pictured / FOLDER / "board.jpg").write_bytes(with_exif())
    edit(pictured, f"{FOLDER}/pictures.yaml", "board.png", "board.jpg")
    assert any("notes of a camera" in finding for finding in mistakes(pictured))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("other.png", "pictures.yaml says nothing of this picture"),
        ("notes.txt", "Only .svg, .png, .jpg and .webp"),
    ],
)
def test_a_file_that_nothing_names_is_reported(pictured: Path, name: str, said: str) -> None:
    (pictured / FOLDER / name).write_bytes(picture())
    assert [finding for finding in mistakes(pictured) if said in finding and name in finding]


def test_two_pictures_of_one_name_are_reported(pictured: Path) -> None:
    (pictured / "course/compared/pictures").mkdir()
    (pictured / "course/compared/pictures/boxes.svg").write_text(GOOD, encoding="utf-8")
    assert any("The picture “boxes” is there already" in finding for finding in mistakes(pictured))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![Boxes.](picture:boxs)", "There is no picture “boxs”. Did you mean “boxes”?"),
        ("See ![boxes](picture:boxes) here.", "The picture “picture:boxes” stands within a line."),
        ("![Boxes.](https://example.org/boxes.png)", "is no picture of the course"),
        ("[Boxes](picture:boxes)", "A picture begins with an exclamation mark"),
    ],
)
def test_a_line_that_shows_no_picture_is_reported_where_it_stands(
    pictured: Path, text: str, said: str
) -> None:
    edit(pictured, LESSON, LINE, text)
    found = [finding for finding in mistakes(pictured) if said in finding]
    assert found, mistakes(pictured)
    assert found[0].startswith(f"{LESSON}:16: ")


def test_a_picture_that_no_text_shows_is_reported_on_request(pictured: Path) -> None:
    edit(pictured, LESSON, "![Boxes.](picture:boxes)", "")
    findings = Findings()
    check_use(read_course(pictured / "course", Findings()), findings)
    assert [str(finding) for finding in findings] == [
        f"{FOLDER}/boxes.svg:1: No text shows the picture “boxes”. Use it, or take the file away."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A claim.[^1]", "The footnote “1” has no text."),
        ("A claim.\n\n[^1]: A note.", "No [^1] leads to this footnote."),
    ],
)
def test_half_a_footnote_is_reported(root: Path, text: str, said: str) -> None:
    edit(root, LESSON, LINE, text)
    assert any(said in finding for finding in mistakes(root))


def test_a_whole_footnote_is_not(root: Path) -> None:
    edit(root, LESSON, LINE, "A claim.[^1] And `[^2]` as code.\n\n[^1]: A note.")
    assert mistakes(root) == []
