"""The life of a question: its draft stands beside its live version, so nothing else is prepared beside it.

A moment set for a question that is asked already waits in a change in preparation without any text.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from assessments.models import Question
from assessments.services.bank import NotPublishable, publish_question
from concepts.admin.base import PublishableAdmin
from concepts.admin.columns import change_url, mark
from concepts.admin.desk import desk_of
from concepts.admin.prepared import changes_of
from concepts.admin.scheduling import NAME, moment_words
from concepts.admin.sheets import Paper
from concepts.admin.timed import recorded_as, request_of
from concepts.models import PreparedChange
from concepts.publishing import NotPublished


class QuestionLifeAdmin(PublishableAdmin):
    """Mix-in of the admin of questions: two editors, and publishing on time, by the bank's own service."""

    prepares = False

    def paper(self, form: Any, formsets: Any) -> Paper:
        """Every field of the content counts; a table of rows is compared as a whole."""
        content = form.content_form
        return Paper([form, content.single], list(formsets), list(content.formsets.values()))

    def after_saving(self, request: HttpRequest, obj: Any) -> None:
        """Publishing ends what was planned; saving a draft only mends what was wrong."""
        if {"_publish", "_unpublish", "_unschedule"} & set(request.POST):
            super().after_saving(request, obj)
        elif "_schedule" not in request.POST:
            changes_of(self.model, obj.pk).filter(publish_at__isnull=True).delete()
            changes_of(self.model, obj.pk).update(problem="")

    def set_moment(self, request: HttpRequest, obj: Question) -> HttpResponse:
        """Ask it, as it stands, from a moment on."""
        schedule = desk_of(request).schedule
        at = schedule.cleaned_data[NAME]
        if obj.is_published:
            kind = ContentType.objects.get_for_model(Question)
            values = {"publish_at": at, "problem": "", "typed": {}, "updated_by": request.user}
            PreparedChange.objects.update_or_create(content_type=kind, object_id=obj.pk, defaults=values)
        else:
            obj.schedule(at)
            obj.save(update_fields=["status", "publish_at", "updated_at"])
            changes_of(Question, obj.pk).delete()
        said = {"name": obj, "when": moment_words(at)}
        message = _("“%(name)s” is published on %(when)s, as it stands then.") % said
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(change_url(obj))

    def take_off(self, request: HttpRequest, obj: Question) -> HttpResponse:
        """Take it off the schedule; what learners are asked stays."""
        if not obj.is_published:
            obj.unpublish()
            obj.save(update_fields=["status", "publish_at", "updated_at"])
        self.message_user(request, _("“%(name)s” is off the schedule.") % {"name": obj}, messages.SUCCESS)
        return HttpResponseRedirect(change_url(obj))

    def publish_draft(self, obj: Any) -> None:
        self._publish_now(obj, None)

    def publish_prepared(self, change: PreparedChange) -> None:
        self._publish_now(Question.objects.select_for_update().get(pk=change.object_id), change.updated_by)
        change.delete()

    def _publish_now(self, question: Question, by: Any) -> None:
        row: Any = question
        row._change_reason = _("Published as scheduled.")
        try:
            with recorded_as(request_of(by or AnonymousUser())):
                publish_question(question=question, by=by)
        except NotPublishable as refusal:
            raise NotPublished(str(refusal)) from None

    def waiting_mark(self, obj: Any) -> Any:
        """What waits for its moment, or missed it; None if nothing does."""
        if obj.waiting_problem:
            return mark(_("Not published as planned"), "bad", "alert")
        if at := obj.publish_at or obj.waiting_until:
            return mark(_("Scheduled: %(when)s") % {"when": moment_words(at)}, "warn", "clock")
        return None
