"""What the pages of a comparison, of the glossary and of a measure are made of, besides their reader."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from concepts.kept import Shelf
from concepts.models import Comparison, ComparisonRow, Concept, Source, Term, can_preview
from concepts.selectors.outline import Place, outline_on
from concepts.selectors.pictures import show_in

Drawn = dict[tuple[str, str], SafeString]


@dataclass(frozen=True)
class ComparisonPage:
    """A comparison with its rows, its place in the course, and the sources that the rows name."""

    comparison: Comparison
    rows: tuple[ComparisonRow, ...]
    sources: tuple[Source, ...]
    place: Place

    @property
    def is_draft(self) -> bool:
        """Whether learners cannot see it."""
        return self.place.lesson.is_draft or self.place.chapter.is_draft


def comparison_page(shelf: Shelf, slug: str, user: Any) -> ComparisonPage | None:
    """A comparison that this person may see, or None."""
    return shelf.get(("comparison", slug, can_preview(user)), lambda: _comparison(shelf, slug, user))


def _comparison(shelf: Shelf, slug: str, user: Any) -> ComparisonPage | None:
    comparison = Comparison.objects.visible_to(user).filter(slug=slug).first()
    place = outline_on(shelf, user).place("comparison", comparison.pk) if comparison else None
    if comparison is None or place is None:
        return None
    by_key = Prefetch("sources", Source.objects.order_by("key"))
    rows = tuple(comparison.rows.select_related("objective").prefetch_related(by_key))
    sources = {source.key: source for row in rows for source in row.sources.all()}
    show_in(rows, "explanation_html", shelf, preview=can_preview(user))
    return ComparisonPage(comparison, rows, tuple(sources[key] for key in sorted(sources)), place)


@dataclass(frozen=True)
class GlossaryPage:
    """Terms from A to Z. ``drawn`` keeps what has been drawn of them, by template and language."""

    terms: tuple[Term, ...]
    sought: str
    drawn: Drawn = field(default_factory=dict, compare=False)

    @property
    def letters(self) -> list[str]:
        """The initials in use."""
        return list(dict.fromkeys(term.name[:1].upper() for term in self.terms))


def glossary_page(shelf: Shelf, sought: str, user: Any) -> GlossaryPage:
    """Every term that this person may see, or those that hold a text in their name or another name."""
    if sought:
        return _glossary(shelf, sought, user)
    return shelf.get(("glossary", can_preview(user)), lambda: _glossary(shelf, "", user))


def _glossary(shelf: Shelf, sought: str, user: Any) -> GlossaryPage:
    lessons = Concept.objects.visible_to(user).only("slug", "title")
    terms = Term.objects.visible_to(user).prefetch_related(
        Prefetch("concept", lessons), Prefetch("sources", Source.objects.order_by("key").only("key"))
    )
    found = terms.matching(sought) if sought else terms
    listed = tuple(sorted(found.defer("definition"), key=lambda term: term.name.casefold()))
    show_in(listed, "definition_html", shelf, preview=can_preview(user))
    return GlossaryPage(listed, sought)
