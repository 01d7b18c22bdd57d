"""Sources: what a concept, a row or a measure rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import Loaded


class Source(Loaded):
    """An article or a book that the course cites by its key."""

    key = models.CharField(
        _("key"), max_length=20, unique=True, help_text=_("Short and stable, such as S1 or SLACK.")
    )
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    note = models.TextField(
        _("note"), blank=True, help_text=_("What it is good for, and where we correct it.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def citation(self) -> str:
        """Who wrote what, where and when, as far as it is known."""
        parts = [self.author, f"“{self.title}”", self.publisher, str(self.year or "")]
        return ", ".join(part for part in parts if part)
