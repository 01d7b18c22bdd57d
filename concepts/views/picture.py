"""A picture at an address of its own: the file that an editor uploaded, or a drawing as SVG."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from concepts.models import Picture
from concepts.selectors.pictures import version_of

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
LONG = 31_536_000  # a year: pages ask for the version that they mean
SHEETS = ("css/tokens.css", "css/figures.css")


def _etag(request: HttpRequest, slug: str) -> str | None:
    picture = request._picture = get_object_or_404(Picture, slug=slug)  # type: ignore[attr-defined]
    return f'"{version_of(picture)}"'


@require_safe
@condition(etag_func=_etag)
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture itself. With the right version its address may be kept; without one it is asked anew."""
    found: Picture = request._picture  # type: ignore[attr-defined]
    response = _drawing(found) if found.drawing else _file(found)
    response["X-Content-Type-Options"] = "nosniff"
    if request.GET.get("v") == version_of(found):
        patch_cache_control(response, private=True, max_age=LONG, immutable=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _drawing(found: Picture) -> HttpResponse:
    """A drawing by itself wears the same sheets as within a page."""
    sheets = "".join(f'<?xml-stylesheet type="text/css" href="{static(sheet)}"?>\n' for sheet in SHEETS)
    drawing = found.drawing.replace("<svg ", '<svg class="tk-drawing" ', 1)
    return HttpResponse(f"{sheets}{drawing}\n", content_type="image/svg+xml; charset=utf-8")


def _file(found: Picture) -> HttpResponse:
    """At most two megabytes, so read at once."""
    name = str(found.file.name)
    kind = TYPES.get(name.rpartition(".")[2])
    if kind is None:
        raise Http404
    try:
        with default_storage.open(name) as file:
            return HttpResponse(file.read(), content_type=kind)
    except OSError as error:
        raise Http404 from error
