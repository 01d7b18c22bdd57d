"""Why a write was refused, in words for the person who asked for it."""


class Refused(Exception):
    """A request that cannot be carried out; the message says why and what to do instead.

    ``status`` is the HTTP status that a view answers with.
    """

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The conditions of the assessment do not allow it: not open yet, closed, no attempts left."""

    status = 403


class LinkRefused(Refused):
    """A join link that is expired, withdrawn or used up."""

    status = 410


class LinkUnknown(LinkRefused):
    """A join link that never was one."""

    status = 404
