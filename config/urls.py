"""Every address of the site. Error pages are `templates/400.html`, `403.html`, `404.html` and `500.html`."""

from allauth.account.decorators import secure_admin_login
from allauth.socialaccount.views import login_error
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from config.health import healthz
from config.mfa import totp_qr

# Staff sign in like everybody else: throttled, and with their second factor.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# allauth opens all its views that lead to signing in, except the one that says why single sign-on failed.
login_not_required(login_error)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("account/2fa/totp/qr.svg", totp_qr, name="mfa_totp_qr"),
    path("account/", include("allauth.urls")),
    path("course/", include("concepts.urls")),
    path("", include("assessments.urls")),
]
