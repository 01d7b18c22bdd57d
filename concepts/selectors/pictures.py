"""Pictures where they are seen: put into the figures of a text, from what is kept between requests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concepts.drawings import svg_html
from concepts.kept import Shelf
from concepts.models import Picture

# What concepts.rendering leaves, as the allow-list writes it.
FIGURE = re.compile(r'(<figure class="tk-picture" data-picture="([a-z0-9-]+)">)')


@dataclass(frozen=True)
class Shown:
    """A picture as it stands in pages; without ``html`` there is none of this name."""

    html: SafeString | None = None


def pictures_in(html: str) -> list[str]:
    """The pictures that a rendered text waits for."""
    return [slug for _figure, slug in FIGURE.findall(html)] if "data-picture=" in html else []


def with_pictures(html: str, shelf: Shelf, *, preview: bool) -> SafeString:
    """A rendered text with its pictures in place. In a preview, a missing one is said to be missing."""
    slugs = pictures_in(html)
    if not slugs:
        return SafeString(html)
    shown = _shown(shelf, slugs)

    def put(match: re.Match[str]) -> str:
        seen = shown[match[2]].html
        return match[1] + (seen or (_missing(match[2]) if preview else ""))

    return SafeString(FIGURE.sub(put, html))


def show_in(rows: Iterable[object], field: str, shelf: Shelf, *, preview: bool) -> None:
    """Put the pictures into a rendered field of rows that are only to be shown, never saved."""
    rows = list(rows)
    _shown(shelf, [slug for row in rows for slug in pictures_in(getattr(row, field))])
    for row in rows:
        setattr(row, field, with_pictures(getattr(row, field), shelf, preview=preview))


def _shown(shelf: Shelf, slugs: Iterable[str]) -> dict[str, Shown]:
    """Pictures as they stand in pages; one query for all that are not on the shelf yet."""
    found = {slug: shelf.find(("picture", slug)) for slug in slugs}
    missing = [slug for slug, shown in found.items() if shown is None]
    if missing:
        drawn = {
            picture.slug: Shown(picture_html(picture)) for picture in Picture.objects.filter(slug__in=missing)
        }
        for slug in missing:
            found[slug] = shelf.put(("picture", slug), drawn.get(slug, Shown()))
    return found


def picture_html(picture: Picture) -> SafeString:
    """What is seen of a picture: the drawing itself, or the file at its address."""
    if picture.drawing:
        return svg_html(picture.drawing, picture.alt)
    return format_html(
        '<img src="{}?v={}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        picture.get_absolute_url(),
        version_of(picture),
        picture.width,
        picture.height,
        picture.alt,
    )


def version_of(picture: Picture) -> str:
    """What tells one state of a picture from the next, short enough for an address."""
    return f"{int(picture.updated_at.timestamp() * 1_000_000):x}"


def _missing(slug: str) -> SafeString:
    return format_html(
        '<div class="tk-nopicture">{}</div>', _("There is no picture called “%(slug)s”.") % {"slug": slug}
    )
