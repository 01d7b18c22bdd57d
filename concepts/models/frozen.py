"""What must stay as it is."""


class FrozenError(Exception):
    """Raised on an attempt to change or delete what must stay as it is."""
