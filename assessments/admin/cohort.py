"""Cohorts in the admin: members, join links; large cohorts list their members on a page of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Cohort, JoinLink, Membership
from assessments.services.cohorts import make_join_link, revoke_join_link
from concepts.admin.base import TaktAdmin
from concepts.admin.columns import count_of, mark
from concepts.admin.inlines import LabelledFormSet, TaktInline

# More members than this make a page too long to be of use; the list of memberships has search and pages.
MOST_INLINE = 100


class MemberInline(TaktInline):
    """Those who belong to a cohort; of a large one only its instructors."""

    model = Membership
    extra = 0
    max_num = 0
    fields = ("person", "role", "joined_at", "link")
    readonly_fields = ("person", "joined_at", "link")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("learner__user", "link__cohort")
        cohort = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        members = Membership.objects.filter(cohort=cohort) if cohort else Membership.objects.none()
        if members[MOST_INLINE : MOST_INLINE + 1].exists():
            return rows.filter(role=Membership.Role.INSTRUCTOR)
        return rows

    @admin.display(description=gettext_lazy("Person"))
    def person(self, obj: Any) -> str:
        return f"{obj.learner.name} ({obj.learner.user.email})"


class NewMemberFormSet(LabelledFormSet):
    """Nobody is added who is in the cohort already, or twice at once."""

    def clean(self) -> None:
        super().clean()
        chosen = [form for form in self.forms if form.is_valid() and form.cleaned_data.get("learner")]
        members = {form.cleaned_data["learner"].pk for form in chosen}
        taken = set(
            Membership.objects.filter(cohort=self.instance, learner__in=members).values_list(
                "learner", flat=True
            )
        )
        for form in chosen:
            learner = form.cleaned_data["learner"]
            if learner.pk in taken:
                form.add_error("learner", _("%(person)s is in the cohort already.") % {"person": learner})
            taken.add(learner.pk)


class NewMemberInline(TaktInline):
    """A person to add."""

    model = Membership
    formset = NewMemberFormSet
    extra = 1
    can_delete = False
    fields = ("learner", "role")
    autocomplete_fields = ("learner",)
    verbose_name = gettext_lazy("person")
    verbose_name_plural = gettext_lazy("add people who have an account")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).none()


class LinkForm(forms.ModelForm):
    """A join link, which is withdrawn rather than deleted."""

    withdraw = forms.BooleanField(label=gettext_lazy("Withdraw"), required=False)

    class Meta:
        model = JoinLink
        fields = ("expires_at", "cap")

    def clean_cap(self) -> int:
        cap = int(self.cleaned_data["cap"])
        if cap < max(1, self.instance.uses):
            message = _("%(uses)d people have joined by it already. Allow as many or more.")
            raise forms.ValidationError(message % {"uses": self.instance.uses})
        return cap


class LinkInline(TaktInline):
    """Links by which learners enrol themselves."""

    model = JoinLink
    form = LinkForm
    extra = 0
    can_delete = False
    fields = ("address", "expires_at", "cap", "uses", "usable", "withdraw")
    readonly_fields = ("address", "uses", "usable")
    verbose_name_plural = gettext_lazy("join links: send one to those who are to join")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("cohort")

    @admin.display(description=gettext_lazy("Address"))
    def address(self, obj: Any) -> Any:
        return format_html('<a href="{0}">{0}</a>', obj.get_absolute_url()) if obj.pk else ""

    @admin.display(description=gettext_lazy("State"))
    def usable(self, obj: Any) -> Any:
        if not obj.pk:
            return ""
        if obj.is_usable(timezone.now()):
            return mark(_("Open"), "good", "check")
        return mark(_("Withdrawn") if obj.revoked_at else _("Closed"), "", "cross")


@admin.register(Cohort)
class CohortAdmin(TaktAdmin):
    """Groups that go through the course together."""

    inlines = (MemberInline, NewMemberInline, LinkInline)
    list_display = ("name", "starts_on", "ends_on", "learner_count", "instructor_count", "open_links")
    list_filter = ("starts_on",)
    search_fields = ("name",)
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("Instructors of a cohort see its learners; nobody else does."),
                "fields": ("name", ("starts_on", "ends_on")),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        by_role = {role: Membership.objects.filter(role=role) for role in Membership.Role}
        links = JoinLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
        return (
            super()
            .get_queryset(request)
            .annotate(
                learner_count=count_of(by_role[Membership.Role.LEARNER], "cohort"),
                instructor_count=count_of(by_role[Membership.Role.INSTRUCTOR], "cohort"),
                link_count=count_of(links, "cohort"),
            )
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Members and links can be added once the cohort is there."""
        return self.inlines if obj else ()

    @admin.display(description=gettext_lazy("Learners"), ordering="learner_count")
    def learner_count(self, obj: Any) -> int:
        return int(obj.learner_count)

    @admin.display(description=gettext_lazy("Instructors"), ordering="instructor_count")
    def instructor_count(self, obj: Any) -> int:
        return int(obj.instructor_count)

    @admin.display(description=gettext_lazy("Open links"), ordering="link_count")
    def open_links(self, obj: Any) -> int:
        return int(obj.link_count)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Links are made and withdrawn by the service."""
        if formset.model is not JoinLink:
            super().save_formset(request, form, formset, change)
            return
        for link in formset.save(commit=False):
            if link.pk:
                link.save()
            else:
                made = make_join_link(
                    cohort=form.instance, expires_at=link.expires_at, cap=link.cap, by=request.user
                )
                formset.new_objects[formset.new_objects.index(link)] = made
        for each in formset.forms:
            if each.cleaned_data.get("withdraw") and each.instance.pk:
                revoke_join_link(link=each.instance, now=timezone.now())

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            members = reverse("admin:assessments_membership_changelist")
            context["tools"] = [
                (obj.get_absolute_url(), _("View as instructor")),
                (f"{members}?cohort__id__exact={obj.pk}", _("All members")),
            ]
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Membership)
class MembershipAdmin(TaktAdmin):
    """Who belongs to which cohort, with search and pages for the large ones."""

    list_display = ("person", "email", "cohort", "role", "joined_at")
    list_filter = ("role", "cohort")
    list_select_related = ("learner__user", "cohort")
    ordering = ("-pk",)
    search_fields = ("learner__user__email", "learner__user__first_name", "learner__user__last_name")
    autocomplete_fields = ("cohort", "learner")
    show_full_result_count = False
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "An instructor sees the learners of this cohort; a learner nobody."
                ),
                "fields": ("cohort", "learner", "role"),
            },
        ),
    )

    @admin.display(description=gettext_lazy("Person"), ordering="learner__user__last_name")
    def person(self, obj: Any) -> str:
        return str(obj.learner.name)

    @admin.display(description=gettext_lazy("E-mail address"), ordering="learner__user__email")
    def email(self, obj: Any) -> str:
        return str(obj.learner.user.email)
