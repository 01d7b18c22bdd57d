"""The app that holds what people do, and what it shows."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from assessments.services.editors import ensure_editors


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Questions, attempts and cohorts")

    def ready(self) -> None:
        # Permissions exist only after migrate has run, so the group that holds them is made there.
        post_migrate.connect(ensure_editors, sender=self, dispatch_uid="takt.editors")
