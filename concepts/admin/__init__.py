"""The course in the admin."""

from concepts.admin import comparison, course, glossary, metric, site, source

__all__ = ["comparison", "course", "glossary", "metric", "site", "source"]
