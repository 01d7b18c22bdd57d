"""Made-up people with lifelike activity, so that a new installation shows what it does."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from assessments.management.cases import play_case
from assessments.management.simulation import Bank, Life, leave_half_done, write
from assessments.management.skills import rate_twice
from assessments.management.written import hand_in_written
from assessments.models import Assessment, Cohort, Learner, Membership
from assessments.services.cohorts import make_join_link
from assessments.services.editors import EDITORS
from assessments.services.paths import follow_path
from assessments.services.people import ensure_learner
from concepts.models import LearningPath

PASSWORD = "takt-demo-2026"  # noqa: S105 - printed on purpose: for trying Takt out, never for production
DOMAIN = "example.org"
WEEKS = timedelta(weeks=10)
PATH = "new-production-manager"
LEARNER, EDITOR, INSTRUCTOR, ADMINISTRATOR = "maren", "ingrid", "tomasz", "admin"
STAFF = {
    EDITOR: ("Ingrid", "Solheim"),
    INSTRUCTOR: ("Tomasz", "Wilk"),
    "beatriz": ("Beatriz", "Ocampo"),
    ADMINISTRATOR: ("Ada", "Lund"),
}


@dataclass(frozen=True)
class Person:
    """A made-up learner: how often they learn a week, how much they know, how many days ago they stopped.

    ``away`` are the first and last of some days, counted back from today, on which they did nothing.
    """

    first: str
    last: str
    weekly: float = 2.5
    skill: float = 0.7
    quiet: int = 0
    reviews: float = 0.6  # how often they begin an evening with reviews
    reviews_a_day: int = 12
    away: tuple[int, int] = (0, 0)


SUPERVISORS = [
    Person("Maren", "Lindqvist", 5, 0.8, 6, 1, 8, (30, 8)),
    Person("Idris", "Farah", 3, 0.7, 12),
    Person("Chloé", "Marchand", 2.5, 0.55),
    Person("Piotr", "Zając", 3, 0.85, 19),
    Person("Anneke", "de Boer", 2, 0.75),
    Person("Yuki", "Tanabe", 3, 0.9),
    Person("Samuel", "Okafor", 2, 0.66),
    Person("Leila", "Haddad", 3, 0.8),
    Person("Viktor", "Nyström", 1, 0.6, 5),
    Person("Rosa", "Delgado", 2.5, 0.82),
    Person("Aarav", "Menon", 2, 0.72),
    Person("Greta", "Hofmann", 1.5, 0.88),
    Person("Tuan", "Pham", 2, 0.64),
    Person("Olena", "Kovalenko", 3, 0.79),
    Person("Marc", "Dubois", 0, 0.7),
    Person("Nkechi", "Eze", 2.5, 0.86),
    Person("Jari", "Koskinen", 1, 0.58),
    Person("Ewa", "Nowak", 2, 0.77),
    Person("Carlos", "Ibáñez", 1.5, 0.69),
    Person("Wilhelmina", "van der Straten-Oppenheimer", 2, 0.81),
]
CLINIC = [
    Person("Hannah", "Weiss", 2, 0.8),
    Person("Omar", "Siddiqui", 1.5, 0.7),
    Person("Lucía", "Romero", 2.5, 0.85),
    Person("Ben", "Ashworth", 1, 0.62, 9),
]


class Command(BaseCommand):
    """Run by ``make run``. A second run finds the people and leaves everything as it is."""

    help = "Make demonstration people, two cohorts and ten weeks of activity."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Assessment.objects.published().exists():
            raise CommandError("There is no course yet. Run `manage.py load_course` first.")
        if not get_user_model().objects.filter(email=address(LEARNER)).exists():
            self.stdout.write("Making demonstration people and ten weeks of activity; this takes a moment.")
            make_everything(timezone.now())
        self.stdout.write(f"Sign in with the password {PASSWORD} as")
        for who, name in (
            (LEARNER, "learner"),
            (EDITOR, "editor"),
            (INSTRUCTOR, "instructor"),
            (ADMINISTRATOR, "administrator"),
        ):
            self.stdout.write(f"  {name:<14} {address(who)}")


def address(who: str) -> str:
    return f"{who}@{DOMAIN}"


@transaction.atomic
def make_everything(now: datetime) -> None:
    """All people, cohorts and activity, or nothing."""
    make_staff()
    bank = Bank()
    dice = Random(2026)  # noqa: S311 - a demonstration that is much the same everywhere
    for name, instructor, people in (
        ("Plant supervisors, autumn 2026", INSTRUCTOR, SUPERVISORS),
        ("Clinic managers, autumn 2026", "beatriz", CLINIC),
    ):
        begun = (now - WEEKS).date()
        cohort = make_cohort(name, instructor, begun, now)
        learners = [(make_learner(person, cohort), person) for person in people]
        write(live(learner, person, begun, now, bank, dice) for learner, person in learners)
    everybody = {learner.user.username: learner for learner in Learner.objects.select_related("user")}
    taught = Cohort.objects.get(memberships__learner=everybody[INSTRUCTOR])
    play_case(everybody, taught, everybody[INSTRUCTOR].user, now)
    hand_in_written(everybody, everybody[INSTRUCTOR].user, now)
    maren = everybody[LEARNER]
    leave_half_done(maren, bank, now - timedelta(days=1), dice)
    follow_path(learner=maren, path=LearningPath.objects.published().filter(slug=PATH).first())
    rate_twice(maren, now)


@cache
def hashed_password() -> str:
    """Hashed once for everybody: a good hash takes its time on purpose."""
    return make_password(PASSWORD)


def make_user(who: str, first: str, last: str, **flags: bool) -> Any:
    """A user with a verified address, because a second factor needs one."""
    names = {"username": who, "email": address(who), "first_name": first, "last_name": last}
    user = get_user_model().objects.create(password=hashed_password(), **names, **flags)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    ensure_learner(user=user)
    return user


def make_staff() -> None:
    for who, (first, last) in STAFF.items():
        flags = {"is_staff": who in (EDITOR, ADMINISTRATOR), "is_superuser": who == ADMINISTRATOR}
        user = make_user(who, first, last, **flags)
        if who == EDITOR:
            user.groups.add(Group.objects.get(name=EDITORS))


def make_cohort(name: str, instructor: str, begun: date, now: datetime) -> Cohort:
    cohort = Cohort.objects.create(name=name, starts_on=begun, ends_on=begun + timedelta(days=100))
    user = get_user_model().objects.get(email=address(instructor))
    Membership.objects.create(cohort=cohort, learner=user.learner, role=Membership.Role.INSTRUCTOR)
    make_join_link(cohort=cohort, expires_at=now + timedelta(days=14), cap=30, by=user)
    return cohort


def make_learner(person: Person, cohort: Cohort) -> Learner:
    taken = set(get_user_model().objects.values_list("username", flat=True))
    plain = unicodedata.normalize("NFKD", person.first).encode("ascii", "ignore").decode()
    who = plain.lower()
    who = who if who not in taken else f"{who}{len(taken)}"
    learner: Learner = make_user(who, person.first, person.last).learner
    learner.reviews_a_day = person.reviews_a_day
    learner.save()
    joined = datetime.combine(cohort.starts_on or timezone.now().date(), time(8), UTC)
    Membership.objects.create(cohort=cohort, learner=learner, joined_at=joined)
    return learner


def live(learner: Learner, person: Person, begun: date, now: datetime, bank: Bank, dice: Random) -> Life:
    """What somebody did between the start of the cohort and the day on which they went quiet."""
    life = Life(learner, bank, dice)
    last = (now - timedelta(days=max(1, person.quiet))).date()
    day, lesson = begun, 0
    while day <= last:
        days_back = (now.date() - day).days
        is_away = person.away[1] <= days_back <= person.away[0] and any(person.away)
        if dice.random() < person.weekly / 7 and not is_away:
            start = datetime.combine(day, time(dice.randint(6, 18), dice.randint(0, 59)), UTC)
            skill = min(0.97, person.skill + 0.12 * (day - begun).days / WEEKS.days)
            evening(life, person, lesson, start, skill)
            lesson += dice.random() < 0.38
        day += timedelta(days=1)
    return life


def evening(life: Life, person: Person, lesson: int, start: datetime, skill: float) -> None:
    """One sitting: reviews first, then the next practice, now and then a test on what lies behind."""
    if life.dice.random() < person.reviews:
        start = life.review(start, skill)
    practices, tests = life.bank.practices, life.bank.tests
    if lesson < len(practices):
        start = life.practise(practices[lesson], start + timedelta(minutes=3), skill)
    if tests and lesson >= 5 and life.dice.random() < 0.2:
        life.test(life.dice.choice(tests[: lesson // 4]), start + timedelta(minutes=10), skill)
