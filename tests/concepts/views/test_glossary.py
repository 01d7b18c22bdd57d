"""Words and sources: to look up, to look for, and where they are used."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concepts.kept import KEPT
from tests.factories import ConceptFactory, SourceFactory, TermFactory

Said = Callable[[HttpResponse], str]
GLOSSARY, SOURCES = "/course/glossary/", "/course/sources/"


def test_words_stand_from_a_to_z_with_their_letters(mine: Client, said: Said) -> None:
    for name in ("Takt time", "andon", "Bottleneck", "throughput", "Pace"):
        TermFactory(name=name)
    response = mine.get(GLOSSARY)
    page, html = said(response), response.content.decode()
    places = [page.rindex(name) for name in ("andon", "Bottleneck", "Pace", "Takt time", "throughput")]
    assert places == sorted(places)
    assert html.count('href="#letter-T"') == html.count('id="letter-T"') == 1


def test_a_word_names_its_synonyms_its_lesson_and_its_sources(mine: Client, said: Said) -> None:
    concept = ConceptFactory(title="Cycle and takt")
    term = TermFactory(name="Takt time", also="customer takt", concept=concept, definition="The **beat**.")
    term.sources.add(SourceFactory(key="S1"))
    response = mine.get(GLOSSARY)
    assert "Takt time also: customer takt The beat . Cycle and takt · S1" in said(response)
    assert f'id="{term.slug}"' in response.content.decode()


def test_a_word_does_not_lead_to_a_hidden_lesson(mine: Client, said: Said) -> None:
    TermFactory(name="Takt time", concept=ConceptFactory(title="Unfinished", status="draft"))
    assert "Unfinished" not in said(mine.get(GLOSSARY))


@pytest.mark.parametrize("sought", ["takt", "TAKT", "customer", " takt "])
def test_a_word_is_found_by_a_piece_of_any_of_its_names(mine: Client, said: Said, sought: str) -> None:
    TermFactory(name="Takt time", also="customer beat")
    TermFactory(name="Pace")
    page = said(mine.get(GLOSSARY, {"q": sought}))
    assert f"One term with “{sought.strip()}”" in page
    assert "Pace" not in page


def test_nothing_found_says_so_and_keeps_what_was_typed(mine: Client, said: Said) -> None:
    TermFactory()
    response = mine.get(GLOSSARY, {"q": "<zebra>"})
    assert "No term or other name holds “&lt;zebra&gt;”." in said(response)
    assert 'value="&lt;zebra&gt;"' in response.content.decode()


def test_an_empty_glossary_says_so(mine: Client, said: Said) -> None:
    assert "No term is published yet." in said(mine.get(GLOSSARY))


def test_a_draft_word_is_for_editors(mine: Client, editor: Client, said: Said) -> None:
    TermFactory(name="Unfinished", status="draft")
    assert "Unfinished draft" in said(editor.get(GLOSSARY))
    assert "Unfinished" not in said(mine.get(GLOSSARY))


def test_sources_say_what_they_are_and_where_they_are_cited(mine: Client, said: Said) -> None:
    source = SourceFactory(
        key="S1", title="An article", publisher="A library", year=2024, note="We correct it."
    )
    ConceptFactory(title="Throughput").sources.add(source)
    ConceptFactory(title="Unfinished", status="draft").sources.add(source)
    page = said(mine.get(SOURCES))
    assert "S1 An article , A library, 2024 We correct it. Cited in Throughput" in page
    assert "Unfinished" not in page


def test_without_sources_the_page_says_so(mine: Client, said: Said) -> None:
    assert "No source has been entered yet." in said(mine.get(SOURCES))


@pytest.mark.parametrize("url", [GLOSSARY, f"{GLOSSARY}?q=term", SOURCES])
def test_the_cost_does_not_depend_on_how_many_there_are(mine: Client, url: str) -> None:
    def grow() -> None:
        for term in TermFactory.create_batch(3):
            term.concept = ConceptFactory()
            term.save()
            source = SourceFactory()
            term.sources.add(source)
            term.concept.sources.add(source)

    def cost() -> int:
        KEPT.clear()
        with CaptureQueriesContext(connection) as queries:
            assert mine.get(url).status_code == 200
        return len(queries)

    grow()
    before = cost()
    grow()
    assert cost() == before <= 6
