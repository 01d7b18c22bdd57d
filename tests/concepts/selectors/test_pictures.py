"""Pictures in pages: from the shelf, at once when they change, and honest where one is missing."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from concepts.kept import KEPT, Shelf
from concepts.models import Picture
from concepts.rendering import render
from concepts.selectors.picture_uses import searched_texts, uses_of
from concepts.selectors.pictures import pictures_in, with_pictures
from tests.concepts.test_images import picture
from tests.factories import (
    ComparisonRowFactory,
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    PictureFactory,
    QuestionFactory,
    TermFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db
TEXT = "Before.\n\n![The caption.](picture:board)\n"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    KEPT.clear()


def reader(editor: bool = False) -> Client:
    client = Client()
    client.force_login(make_editor() if editor else LearnerFactory().user)
    return client


def shown(text: str = TEXT, *, preview: bool = False) -> str:
    return with_pictures(render(text), KEPT.shelf(), preview=preview)


def test_a_drawing_stands_in_its_figure() -> None:
    PictureFactory(slug="board", alt="A board beside a line.")
    html = shown()
    assert '<figure class="tk-picture" data-picture="board"><svg ' in html
    assert 'aria-label="A board beside a line."' in html
    assert "</svg><figcaption>The caption.</figcaption></figure>" in html


def test_a_file_stands_there_with_its_size_and_is_fetched_when_it_is_reached() -> None:
    file = ContentFile(picture(), "board.png")
    PictureFactory(slug="board", alt='A "board"', drawing="", file=file, width=300, height=200)
    html = shown()
    assert '<img src="/course/pictures/board/?v=' in html
    assert 'width="300" height="200" alt="A &quot;board&quot;" loading="lazy"' in html


def test_a_missing_picture_leaves_learners_its_caption() -> None:
    assert shown().count("<figure") == 1
    assert "The caption." in shown()
    assert "no picture" not in shown()


def test_a_missing_picture_is_named_in_a_preview() -> None:
    assert "There is no picture called “board”." in shown(preview=True)


def test_pictures_are_fetched_at_once_and_then_kept(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for slug in ("one", "two"):
        PictureFactory(slug=slug)
    html, shelf = render("![](picture:one)\n\n![](picture:two)\n\n![](picture:none)"), Shelf(())
    with django_assert_num_queries(1):
        with_pictures(html, shelf, preview=False)
    with django_assert_num_queries(0):
        with_pictures(html, shelf, preview=False)


def test_a_text_without_pictures_asks_for_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    html = render("A [link](concept:board).")
    with django_assert_num_queries(0):
        assert with_pictures(html, Shelf(()), preview=True) == html
    assert pictures_in(html) == []


def test_a_lesson_shows_its_picture_and_a_change_of_it_at_once() -> None:
    drawn = PictureFactory(slug="board", alt="Old words.")
    concept = ConceptFactory(body=TEXT)
    client = reader()
    assert "Old words." in client.get(concept.get_absolute_url()).content.decode()
    drawn.alt = "New words."
    drawn.save()
    assert "New words." in client.get(concept.get_absolute_url()).content.decode()


def test_a_picture_costs_a_view_of_its_lesson_nothing() -> None:
    lessons = ConceptFactory(body="Text."), ConceptFactory(body=TEXT)
    PictureFactory(slug="board")
    client = reader()
    counts = []
    for concept in lessons:
        client.get(concept.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(concept.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_text_of_the_course_shows_pictures() -> None:
    PictureFactory(slug="board", alt="Seen everywhere.")
    metric, row = MetricFactory(reading=TEXT), ComparisonRowFactory(explanation=TEXT)
    TermFactory(definition=TEXT)
    client = reader()
    for url in (
        metric.get_absolute_url(),
        row.comparison.get_absolute_url(),
        "/course/glossary/",
        "/course/glossary/?q=",
    ):
        page = client.get(url).content.decode()
        assert "Seen everywhere." in page, url


def test_an_editor_sees_in_the_lesson_that_a_picture_is_missing() -> None:
    concept = ConceptFactory(body=TEXT)
    assert (
        "There is no picture called" in reader(editor=True).get(concept.get_absolute_url()).content.decode()
    )
    assert "There is no picture called" not in reader().get(concept.get_absolute_url()).content.decode()


def test_a_question_shows_pictures_through_the_filter() -> None:
    PictureFactory(slug="board", alt="Seen in a stem.")
    drawn = Template("{% load markdown %}{{ text|markdown }}").render(Context({"text": TEXT}))
    assert "Seen in a stem." in drawn


def test_a_question_in_preparation_says_that_its_picture_is_missing() -> None:
    drawn = Template("{% load markdown %}{{ text|markdown_preview }}").render(Context({"text": TEXT}))
    assert "There is no picture called “board”." in drawn


def test_a_drawing_that_was_slipped_past_the_form_is_cleaned_on_its_way_out() -> None:
    PictureFactory(
        slug="board", drawing='<svg viewBox="0 0 400 100"><script>alert(1)</script><a href="/x">t</a></svg>'
    )
    html = shown()
    assert "<script" not in html
    assert "href" not in html


def test_uses_are_found_in_lessons_rows_measures_terms_and_questions() -> None:
    concept, row = ConceptFactory(body=TEXT), ComparisonRowFactory(explanation=TEXT)
    metric, term = MetricFactory(reading=TEXT), TermFactory(definition=TEXT)
    question = QuestionFactory()
    question.content |= {"stem": TEXT}
    question.save()
    ConceptFactory(body="![c](picture:board-2) and (picture:boards)")
    assert set(uses_of(["board"])["board"]) == {concept, row, metric, term, question}


def test_the_uses_of_many_pictures_cost_as_much_as_those_of_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for i in range(6):
        ConceptFactory(body=f"![c](picture:p{i})")
    with django_assert_max_num_queries(len(searched_texts())):  # one for each kind of text
        found = uses_of([f"p{i}" for i in range(6)])
    assert [len(uses) for uses in found.values()] == [1] * 6


def test_what_learners_write_is_not_looked_into() -> None:
    searched = {model._meta.model_name for model, _columns in searched_texts()}
    assert {"concept", "question", "questionversion", "preparedchange"} <= searched
    assert not searched & {"attemptitem", "handgrade", "extension", "evidence", "learner"}


def test_a_picture_is_known_by_its_address() -> None:
    assert str(Picture(slug="board")) == "board"
