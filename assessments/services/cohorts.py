"""Cohorts: making join links, withdrawing them, and joining by one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.models import Cohort, JoinLink, Learner, Membership
from assessments.services.errors import LinkRefused, LinkUnknown


def make_join_link(*, cohort: Cohort, expires_at: datetime, cap: int, by: Any) -> JoinLink:
    """A new link by which up to ``cap`` people may enrol themselves until it expires."""
    return JoinLink.objects.create(cohort=cohort, expires_at=expires_at, cap=cap, created_by=by)


def revoke_join_link(*, link: JoinLink, now: datetime) -> None:
    """Withdraw a link. Whoever has joined by it stays."""
    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])


def usable_link(*, token: str, now: datetime) -> JoinLink:
    """The link with this token. Raises LinkRefused, saying why, when nobody can join by it any more."""
    link = JoinLink.objects.select_related("cohort", "created_by").filter(token=token).first()
    if link is None:
        raise LinkUnknown(
            _("This link leads to no cohort. Check that you have all of it, or ask for a new one.")
        )
    if link.revoked_at is not None:
        raise LinkRefused(_("This link has been withdrawn. Ask your instructor for a new one."))
    if link.expires_at <= now:
        when = date_format(localtime(link.expires_at), "j F Y, H:i")
        raise LinkRefused(
            _("This link expired on %(when)s. Ask your instructor for a new one.") % {"when": when}
        )
    if link.uses >= link.cap:
        raise LinkRefused(_("Every place of this link is taken. Ask your instructor for a new one."))
    return link


@transaction.atomic
def join(*, learner: Learner, token: str, now: datetime) -> Membership:
    """Enrol a learner by a link. Joining twice is harmless and takes one place only.

    Raises LinkRefused when the link cannot be used; a member of the cohort is let through all the same.
    """
    # Locked, so that a double click finds the place that the first one took.
    link = JoinLink.objects.select_for_update().filter(token=token).first()
    if link is not None:
        known = (
            Membership.objects.filter(cohort=link.cohort_id, learner=learner).select_related("cohort").first()
        )
        if known is not None:
            return known
    link = usable_link(token=token, now=now)
    taken = JoinLink.objects.filter(pk=link.pk, uses__lt=F("cap"), revoked_at=None, expires_at__gt=now)
    if not taken.update(uses=F("uses") + 1):
        raise LinkRefused(_("Every place of this link is taken. Ask your instructor for a new one."))
    return Membership.objects.create(cohort=link.cohort, learner=learner, link=link)
