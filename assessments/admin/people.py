"""People in the admin: Django's users with the profile beside each, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Learner, Membership
from assessments.services.extensions import set_extra_time
from concepts.admin.base import TaktAdmin
from concepts.admin.columns import count_of
from concepts.admin.widgets import named_parts

User = get_user_model()
PROFILE = (("time_zone", "extra_time_percent"), ("reviews_a_day", "minutes_a_day"))


def save_profile(learner: Learner, by: Any) -> None:
    """Store a profile; extra time is the service's, so that it holds at once where an attempt is going on."""
    before = Learner.objects.values_list("extra_time_percent", flat=True).filter(pk=learner.pk).first()
    percent = learner.extra_time_percent
    learner.extra_time_percent = before or 0
    learner.save()
    set_extra_time(learner=learner, percent=percent, by=by, now=timezone.now())


class ProfileInline(admin.StackedInline):
    """The profile beside a user."""

    model = Learner
    fields = PROFILE
    can_delete = False
    verbose_name_plural = gettext_lazy("profile: time zone, extra time and pace")


class PersonAddForm(AdminUserCreationForm):
    """People sign in by e-mail, so nobody is added without an address, and no address twice."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        holder = User.objects.filter(email__iexact=email).first()
        if holder is not None:
            raise forms.ValidationError(_("%(person)s has this address already.") % {"person": holder})
        return email


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Django's own user admin, with the columns that an administrator of Takt looks for."""

    inlines = (ProfileInline,)
    add_form = PersonAddForm
    list_display = ("email", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    ordering = ("last_name", "first_name", "pk")
    list_per_page = 50
    show_full_result_count = False
    add_fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "They sign in with the e-mail address; the username is for the machine. Staff in the "
                    "group Editors may edit content and see nobody's data."
                ),
                "classes": ("wide",),
                "fields": (
                    "username",
                    "email",
                    "first_name",
                    "last_name",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return named_parts(super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.display(description=gettext_lazy("Role"))
    def role(self, obj: Any) -> str:
        if obj.is_superuser:
            return _("Administrator")
        return ", ".join(group.name for group in obj.groups.all())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Learner:
            super().save_formset(request, form, formset, change)
            return
        for learner in formset.save(commit=False):
            save_profile(learner, request.user)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """The profile is made when a person first comes; there is none to show while adding."""
        return self.inlines if obj else ()


@admin.register(Learner)
class LearnerAdmin(TaktAdmin):
    """Profiles: everybody who signs in has one, and it goes with the user only."""

    list_display = ("name", "email", "cohort_count", "time_zone", "extra_time_percent", "last_active_at")
    list_filter = ("memberships__role",)
    list_select_related = ("user",)
    ordering = ("user__last_name", "user__first_name", "pk")
    search_fields = ("user__email", "user__first_name", "user__last_name", "user__username")
    show_full_result_count = False
    autocomplete_fields = ("user",)
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "Extra time is added to every time limit. The rest is for the person to choose."
                ),
                "fields": ("user", *PROFILE, "last_active_at"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super().get_queryset(request).annotate(cohort_count=count_of(Membership.objects.all(), "learner"))
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_profile(obj, request.user)

    def get_actions(self, request: HttpRequest) -> Any:
        """A profile is never deleted by itself."""
        return {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A profile stays with its user; one can be made ahead of somebody's first visit, for extra time."""
        return ("user", "last_active_at") if obj else ("last_active_at",)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["show_delete"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("Name"), ordering="user__last_name")
    def name(self, obj: Any) -> str:
        return str(obj.name)

    @admin.display(description=gettext_lazy("E-mail address"), ordering="user__email")
    def email(self, obj: Any) -> str:
        return str(obj.user.email)

    @admin.display(description=gettext_lazy("Cohorts"), ordering="cohort_count")
    def cohort_count(self, obj: Any) -> int:
        return int(obj.cohort_count)
