"""allauth's forms in our words: no placeholder that repeats a label, one line about passwords."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "remember": _("Keep me signed in on this machine"),
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("Let it replace the password"),
}
# The forms call the new password password1 and its repetition password2, whatever the page is for.
NEW_PASSWORD = {"password1": _("New password"), "password2": _("The new password again")}


def password_rule() -> str:
    """What a password must be, in one sentence, with the length that the settings ask for."""
    length = next((v.min_length for v in get_default_password_validators() if hasattr(v, "min_length")), 8)
    return ngettext(
        "At least %(count)d character. Not a common one, not only digits, not your name or address.",
        "At least %(count)d characters. Not a common one, not only digits, not your name or address.",
        length,
    ) % {"count": length}


class Worded:
    """Mix-in: relabel what allauth made."""

    labels: dict[str, Any] = LABELS | NEW_PASSWORD
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
        if "password1" in self.fields:
            self.fields["password1"].help_text = password_rule()
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = _("It asks for a fingerprint, a face or a PIN itself.")


class LoginForm(Worded, account.LoginForm):
    """Sign in."""


class SignupForm(Worded, account.SignupForm):
    """Make an account: with a name, because instructors see who answered."""

    labels = LABELS | {"password1": _("Password"), "password2": _("The password again")}
    field_order = ("first_name", "last_name", "email", "password1", "password2")

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class AddEmailForm(Worded, account.AddEmailForm):
    """Add an address to one's account."""


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """Replace the password, knowing the present one."""


class SetPasswordForm(Worded, account.SetPasswordForm):
    """Set a first password, for somebody who came by single sign-on."""


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Ask for a link by which to choose a new password."""


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """Choose the new password, having followed that link."""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """Give the password once more before a change to how the account is protected."""


class AuthenticateForm(Worded, mfa.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateCodeForm(Worded, mfa.ReauthenticateForm):
    """Give a code once more before such a change."""


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """Prove that the authenticator app works, and so switch it on."""

    labels = LABELS | {"code": _("Code that the app shows")}


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):
    """Name a new key."""


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    """Rename a key."""
