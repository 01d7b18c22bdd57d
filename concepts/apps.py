"""The app that holds what is taught."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from concepts import lookups


class ConceptsConfig(AppConfig):
    name = "concepts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Course")

    def ready(self) -> None:
        lookups.register()
