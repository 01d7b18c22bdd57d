"""Pictures: diagrams drawn for the course, and photographs that editors upload."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import Loaded


def picture_path(picture: Any, name: str) -> str:
    """Where the storage keeps an upload: under its address, whatever the file was called before."""
    return f"pictures/{picture.slug}.{name.rpartition('.')[2].lower()}"


class Picture(Loaded):
    """Something to look at in a text, written ``![caption](picture:slug)``.

    A drawing is kept as the SVG itself and put into the page, so that it takes the colours of the page;
    anything else is a file in the storage. Width and height are in pixels, or in the units of the drawing.
    """

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("How a text names it: picture:address.")
    )
    alt = models.CharField(
        _("text alternative"),
        max_length=500,
        help_text=_("What somebody who cannot see it needs to know, in a sentence or two."),
    )
    drawing = models.TextField(_("drawing"), blank=True, default="", help_text=_("SVG, cleaned on save."))
    file = models.FileField(_("file"), upload_to=picture_path, blank=True, default="", max_length=200)
    width = models.PositiveIntegerField(_("width"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height"), editable=False, default=0)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(drawing="", file__gt="") | Q(drawing__gt="", file=""),
                name="picture_is_drawing_or_file",
                violation_error_message=_("A picture is either a drawing or a file: give one of them."),
            ),
            models.CheckConstraint(
                condition=Q(alt__gt=""),
                name="picture_has_text_alternative",
                violation_error_message=_("Say in words what the picture shows."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("concepts:picture", args=[self.slug])
