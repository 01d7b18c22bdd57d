"""Changes in preparation: what an editor is writing beside a page that learners go on reading."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreparedChange(models.Model):
    """The form of a published object as its editors left it, until it is published or dropped in one act.

    ``typed`` holds what the form held, field by field, so that even what is not valid yet is kept. ``stamp``
    says which version of the object it was written over: publishing over a newer one is refused and shown.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField(_("object"))
    content = GenericForeignKey("content_type", "object_id")
    typed = models.JSONField(_("what was typed"), default=dict)
    stamp = models.CharField(_("written over version"), max_length=64)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    problem = models.TextField(
        _("problem"),
        blank=True,
        default="",
        help_text=_("Why it could not be published when its moment came."),
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("last changed by"),
    )

    class Meta:
        verbose_name = _("change in preparation")
        verbose_name_plural = _("changes in preparation")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_prepared_change_per_object"
            ),
        ]

    def __str__(self) -> str:
        return str(self.content)
