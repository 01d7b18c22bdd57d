"""Pages of the admin that belong to no single model: their addresses, before the one that catches all."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver

_pages: list[URLPattern] = []
_plain_urls = admin.site.get_urls


def add_pages(*patterns: URLPattern) -> None:
    """Give the admin more addresses. Each view must be wrapped in `admin.site.admin_view`."""
    _pages.extend(patterns)


def urls_with_pages() -> list[URLPattern | URLResolver]:
    """The admin's addresses and ours."""
    return [*_pages, *_plain_urls()]


admin.site.get_urls = urls_with_pages  # type: ignore[method-assign]
