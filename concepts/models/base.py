"""What every piece of content shares: draft or published, rendered Markdown, and where it was loaded from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from concepts.rendering import render


class RenderedField(models.TextField):
    """HTML that our pipeline has made and cleaned: it comes out of the database safe to put into a page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "blank": True, "default": "", **options})

    def from_db_value(self, value: str | None, *_: object) -> SafeString:
        return SafeString(value or "")


class Rendered(models.Model):
    """A model that keeps the HTML of its Markdown fields beside them, rendered once, on save."""

    RENDERS: dict[str, str] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        for source, target in self.RENDERS.items():
            setattr(self, target, render(getattr(self, source)))
        if update_fields is not None:
            names = set(update_fields)
            update_fields = names | {self.RENDERS[name] for name in names if name in self.RENDERS}
        super().save(*args, update_fields=update_fields, **options)


class Loaded(models.Model):
    """A model that can come from a course file.

    ``loaded_digest`` is the digest of what the loader last wrote. Where the content has another digest,
    an editor has changed it since, and the loader leaves it alone unless it is told otherwise.
    """

    loaded_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        abstract = True


class PublishableQuerySet(models.QuerySet[Any]):
    """Content by what may be seen of it."""

    def published(self) -> Self:
        """What learners see."""
        return self.filter(status=Publishable.Status.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Everything for an editor, what is published for everybody else."""
        return self if can_preview(user) else self.published()


def can_preview(user: Any) -> bool:
    """Whether a person may see content before it is published: staff with the right to view concepts."""
    return bool(user.is_staff and user.has_perm("concepts.view_concept"))


class Publishable(models.Model):
    """Content with a life: a draft that only editors see, perhaps scheduled for a moment, then published."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")

    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text=_("Learners see published content only. A draft is seen by editors."),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When a scheduled draft is shown to learners."),
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def publish(self) -> None:
        """Show it to learners from now on. Does not save."""
        self.status = self.Status.PUBLISHED
        self.published_at = self.published_at or timezone.now()
        self.publish_at = None

    def schedule(self, at: datetime) -> None:
        """Show it to learners from a moment on. Does not save."""
        self.status = self.Status.SCHEDULED
        self.publish_at = at

    def unpublish(self) -> None:
        """Take it back from learners, or off the schedule; nothing is deleted. Does not save."""
        self.status = self.Status.DRAFT
        self.publish_at = None


def status_constraint(model: str) -> models.CheckConstraint:
    """The named constraint that keeps a state within its values."""
    return models.CheckConstraint(
        condition=models.Q(status__in=Publishable.Status.values), name=f"{model}_status_known"
    )


def schedule_constraint(model: str) -> models.CheckConstraint:
    """The named constraint by which what is scheduled, and nothing else, has a moment to be published at."""
    scheduled = Publishable.Status.SCHEDULED
    return models.CheckConstraint(
        condition=models.Q(status=scheduled, publish_at__isnull=False)
        | models.Q(~models.Q(status=scheduled), publish_at__isnull=True),
        name=f"{model}_scheduled_has_moment",
    )
