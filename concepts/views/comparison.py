"""Comparisons: the table, with a column to cover, and its statements to sort."""

from random import SystemRandom

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concepts.kept import shelf_for
from concepts.selectors.library import ComparisonPage, comparison_page
from concepts.sorting import LEFT, RIGHT, ROWS_A_ROUND, Row, deal, new_seed

_LONGEST_NUMBER = 7


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """The table; `?cover=left` or `right` hides a column, to be recalled row by row."""
    cover = request.GET.get("cover", "")
    context = {
        "page": _page(request, slug),
        "cover": cover if cover in (LEFT, RIGHT) else "",
        "seed": new_seed(SystemRandom()),
    }
    return render(request, "concepts/comparison.html", context)


@require_safe
def sort(request: HttpRequest, slug: str) -> HttpResponse:
    """The statements of both sides, to be sorted; marked in place once something is chosen."""
    page = _page(request, slug)
    fresh = new_seed(SystemRandom())
    seed = _whole(request.GET.get("seed", ""))
    all_at_once = request.GET.get("rows") == "all"
    dealt = deal(
        [Row(row.anchor, row.aspect, row.left, row.right) for row in page.rows],
        seed=fresh if seed is None else seed,
        number=_whole(request.GET.get("round", "")) or 1,
        size=max(1, len(page.rows)) if all_at_once else ROWS_A_ROUND,
        chosen=request.GET.dict(),
    )
    context = {
        "comparison": page.comparison,
        "round": dealt,
        "all": all_at_once,
        "fresh": fresh,
    }
    return render(request, "concepts/sort.html", context)


def _page(request: HttpRequest, slug: str) -> ComparisonPage:
    page = comparison_page(shelf_for(request), slug, request.user)
    if page is None:
        raise Http404
    return page


def _whole(text: str) -> int | None:
    """A whole number from an address, None if it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
