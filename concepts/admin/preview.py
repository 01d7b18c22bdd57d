"""The preview of Markdown as it is written: the same renderer that learners' pages use."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concepts.kept import KEPT
from concepts.models import can_preview
from concepts.rendering import render
from concepts.selectors.pictures import with_pictures

LONGEST = 100_000


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """A text as an HTML fragment, for editors; nothing is stored."""
    if not can_preview(request.user):
        raise PermissionDenied
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        return HttpResponse(_("This text is too long to preview."), status=413, content_type="text/plain")
    return HttpResponse(with_pictures(render(text), KEPT.shelf(), preview=True))
