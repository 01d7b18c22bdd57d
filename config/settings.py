"""Every setting of Takt, on one page.

All that may differ between two installations comes from the environment (or from the file `.env`); each
variable is explained in `.env.example`. A value that cannot be right stops the start and says what to do.
"""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import BASE_DIR, cache, database, email, flag, number, one_of, text, words

# --- The switches everything else hangs on ------------------------------------------------------------------

DEBUG = flag("DEBUG", default=False)
# Off only for a trial without TLS; everything that protects cookies and connections follows it.
HTTPS = flag("HTTPS", default=not DEBUG)

SECRET_KEY = text("SECRET_KEY")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to 50 or more random characters, for example the output of "
            '`python3 -c "import secrets; print(secrets.token_urlsafe(50))"`, or set DEBUG=1 for development.'
        )
    SECRET_KEY = "for-development-only"  # noqa: S105 (refused unless DEBUG is on)

ALLOWED_HOSTS = words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. Set it to the site's host name, such as learn.example.org."
    )
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# --- Applications -------------------------------------------------------------------------------------------

OIDC_SERVER_URL = text("OIDC_SERVER_URL")

INSTALLED_APPS = [
    "concepts",
    "assessments",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.openid_connect"] if OIDC_SERVER_URL else []),
    "simple_history",
    "import_export",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Every page needs a signed-in reader; a public view says so with @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "config.middleware.LearnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.shell",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database, cache, sessions ------------------------------------------------------------------------------

DATABASES = {"default": database(text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))}
CACHES = {"default": cache(text("CACHE_URL"))}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Security -----------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a load balancer asks over plain HTTP
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
SECURE_REFERRER_POLICY = "same-origin"
if proxy_header := text("SECURE_PROXY_SSL_HEADER"):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{proxy_header.upper().replace('-', '_')}", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        # Browsers apply form-action to redirects after a form too, and single sign-on is such a redirect.
        "form-action": [
            SELF,
            *("{0.scheme}://{0.netloc}".format(urlsplit(u)) for u in [OIDC_SERVER_URL] if u),
        ],
        "frame-ancestors": [NONE],
    }
}

# --- People and signing in ----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["config.auth.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

SIGNUP_OPEN = flag("SIGNUP_OPEN", default=False)
ACCOUNT_ADAPTER = "config.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Optional: a cohort can start at once, even where mail does not work yet. MFA still needs a verified address.
ACCOUNT_EMAIL_VERIFICATION = one_of("EMAIL_VERIFICATION", ("optional", "mandatory", "none"))
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", 0)

_FORMS = "assessments.forms.account."  # allauth's forms in our words
ACCOUNT_FORMS = {
    "login": _FORMS + "LoginForm",
    "signup": _FORMS + "SignupForm",
    "add_email": _FORMS + "AddEmailForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "set_password": _FORMS + "SetPasswordForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "ResetPasswordKeyForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": _FORMS + "AuthenticateForm",
    "reauthenticate": _FORMS + "ReauthenticateCodeForm",
    "activate_totp": _FORMS + "ActivateTOTPForm",
    "add_webauthn": _FORMS + "AddWebAuthnForm",
    "edit_webauthn": _FORMS + "EditWebAuthnForm",
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Takt"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # lets a passkey be tried on http://localhost

SOCIALACCOUNT_ADAPTER = "config.adapter.SocialAccountAdapter"
OIDC_SIGNUP = flag("OIDC_SIGNUP", default=True)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": text("OIDC_NAME", "Single sign-on"),
                "client_id": text("OIDC_CLIENT_ID"),
                "secret": text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }
    if not text("OIDC_CLIENT_ID") or not text("OIDC_CLIENT_SECRET"):
        raise ImproperlyConfigured(
            "OIDC_SERVER_URL is set, so set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too."
        )

# --- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
# Every text goes through gettext; with one language there is nothing to look up, and pages are faster for it.
USE_I18N = len(LANGUAGES) > 1
DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT = "j F Y", "j F Y, H:i", "H:i"
SHORT_DATE_FORMAT, SHORT_DATETIME_FORMAT, MONTH_DAY_FORMAT = "j M Y", "j M Y, H:i", "j F"
FIRST_DAY_OF_WEEK = 1
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Pictures that editors upload. They are served by a view of ours, which knows who may see them and as what.
MEDIA_ROOT = text("MEDIA_ROOT", str(BASE_DIR / "media"))

# --- E-mail, logs, exchange ---------------------------------------------------------------------------------

globals().update(email(text("EMAIL_URL", "consolemail://")))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("DEFAULT_FROM_EMAIL", "Takt <takt@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "config.logging.JsonFormatter"},
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "plain" if DEBUG else "json",
        }
    },
    "root": {"handlers": ["stdout"], "level": text("LOG_LEVEL", "INFO").upper()},
    # Django's own handlers would print everything a second time, or mail it.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

IMPORT_EXPORT_TMP_STORAGE_CLASS = (
    "import_export.tmp_storages.CacheStorage"  # no file on one machine of several
)
# Without these any member of staff could import and export.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
