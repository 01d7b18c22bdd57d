"""The glossary: what a word means in this course."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import (
    Loaded,
    Publishable,
    PublishableQuerySet,
    Rendered,
    RenderedField,
    schedule_constraint,
    status_constraint,
)
from concepts.models.course import Concept
from concepts.models.source import Source


class TermQuerySet(PublishableQuerySet):
    """Terms, and how one looks for them."""

    def matching(self, text: str) -> Self:
        """Terms whose name or synonyms hold the text."""
        return self.filter(Q(name__icontains=text) | Q(also__icontains=text))


class Term(Rendered, Loaded, Publishable):
    """A word of the field, its definition and its synonyms."""

    RENDERS = {"definition": "definition_html"}

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("term"), max_length=80, unique=True)
    definition = models.TextField(
        _("definition"), help_text=_("One to three sentences. Markdown links are fine.")
    )
    definition_html = RenderedField()
    also = models.CharField(
        _("also called"), max_length=200, blank=True, help_text=_("Synonyms, parted by commas."), default=""
    )
    concept = models.ForeignKey(
        Concept, models.SET_NULL, null=True, blank=True, related_name="terms", verbose_name=_("concept")
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="terms", verbose_name=_("sources"))
    history = HistoricalRecords(excluded_fields=["definition_html"], m2m_fields=[sources])

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["name"]
        constraints = [status_constraint("term"), schedule_constraint("term")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('concepts:glossary')}#{self.slug}"
