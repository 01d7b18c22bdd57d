"""The QR code of a new authenticator app, as an image of its own.

allauth offers it as a `data:` address, which our content security policy rightly refuses.
"""

from allauth.account.decorators import reauthentication_required
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import get_totp_secret
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
@reauthentication_required(app="allauth.mfa")
def totp_qr(request: HttpRequest) -> HttpResponse:
    """The code for the secret that the activation page has just put into this session."""
    adapter = get_adapter()
    url = adapter.build_totp_url(authenticated_user(request), get_totp_secret())
    return HttpResponse(adapter.build_totp_svg(url), content_type="image/svg+xml")
