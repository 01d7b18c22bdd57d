"""Keys that no column can hold find nothing.

Django says so of integer columns, but not of foreign keys and lists of keys: a database then fails on a
number with forty digits that somebody typed into an address. Both are mended here, for every query.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In


def _fits(value: Any, lookup: Any, connection: Any) -> bool:
    """Whether the column of a lookup can hold a value."""
    field = lookup.lhs.output_field
    while isinstance(field, ForeignKey):
        field = field.target_field
    if not isinstance(value, int) or not isinstance(field, IntegerField):
        return True
    low, high = connection.ops.integer_field_range(field.get_internal_type())
    return (low is None or low <= value) and (high is None or value <= high)


class KeyExact(RelatedExact):
    """A foreign key that is this one."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value() and not _fits(self.rhs, self, connection):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


class _InRange(In):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            self.rhs = [value for value in self.rhs if _fits(value, self, connection)]
        return super().process_rhs(compiler, connection)


class KeyIn(_InRange, RelatedIn):
    """A foreign key that is among these."""


class IntegerIn(_InRange):
    """A number that is among these."""


def register() -> None:
    """Let every query look keys up so."""
    ForeignKey.register_lookup(KeyExact)
    ForeignKey.register_lookup(KeyIn)
    IntegerField.register_lookup(IntegerIn)
