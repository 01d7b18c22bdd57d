"""The access table: every address of the site, and what each kind of person gets there.

An address that is not listed fails the test, so that nobody adds one without deciding who may see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from assessments.models import Membership
from assessments.services.attempts import start_attempt
from assessments.services.cases import recommendation_of
from assessments.services.finishing import finish
from tests.assessments.prose import TEXT, handed_in
from tests.cases import make_case, make_run, play
from tests.factories import (
    CaseStudyFactory,
    CohortFactory,
    ComparisonFactory,
    ComparisonRowFactory,
    ConceptFactory,
    ExtensionFactory,
    JoinLinkFactory,
    LearnerFactory,
    LearningPathFactory,
    MembershipFactory,
    MetricFactory,
    PathStepFactory,
    PictureFactory,
    PreparedChangeFactory,
    SkillFactory,
    UserFactory,
    make_editor,
    practice_set,
)

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "learner", "stranger", "instructor", "other instructor", "editor", "administrator")
# Each line: what everybody of ROLES gets, in that order, by GET unless the page only takes POST.
SIGNED_IN = "302 200 200 200 200 200 200"
EVERYBODY = "200 200 200 200 200 200 200"
MINE = "302 200 404 404 404 404 404"  # the learner's own
TAUGHT = (
    "302 403 404 200 404 404 200"  # the instructor's own cohort; its learners are told that it is not theirs
)
CONTENT = "302 302 302 302 302 200 200"  # the admin sends whoever is not staff to its sign-in
PEOPLE = "302 302 302 302 302 403 200"
ADDED_BY_NOBODY = "302 302 302 302 302 403 403"

TABLE = {
    "healthz": EVERYBODY,
    "concepts:course": SIGNED_IN,
    "concepts:module": SIGNED_IN,
    "concepts:concept": SIGNED_IN,
    "concepts:concept draft": "302 404 404 404 404 200 200",
    "concepts:comparison": SIGNED_IN,
    "concepts:sort": SIGNED_IN,
    "concepts:metrics": SIGNED_IN,
    "concepts:metric": SIGNED_IN,
    "concepts:worksheets": SIGNED_IN,
    "concepts:one_machine": SIGNED_IN,
    "concepts:two_machines": SIGNED_IN,
    "concepts:forecast": SIGNED_IN,
    "concepts:paths": SIGNED_IN,
    "concepts:path": SIGNED_IN,
    "concepts:path draft": "302 404 404 404 404 200 200",
    "concepts:glossary": SIGNED_IN,
    "concepts:sources": SIGNED_IN,
    "concepts:picture": SIGNED_IN,
    "assessments:home": SIGNED_IN,
    "assessments:start": SIGNED_IN,
    "assessments:attempt": "302 302 404 404 404 404 404",
    "assessments:preview": "302 404 404 200 200 200 200",  # those who write and those who teach
    "assessments:preview POST": "302 404 404 422 422 422 422",
    "assessments:clock": MINE,
    "assessments:submit": MINE,
    "assessments:result": MINE,
    "assessments:question": MINE,
    "assessments:save POST": MINE,
    "assessments:variant POST": "302 409 404 404 404 404 404",
    "assessments:check POST": "302 400 400 400 400 400 400",
    "assessments:cases": SIGNED_IN,
    "assessments:case": SIGNED_IN,
    "assessments:case draft": "302 404 404 404 404 200 200",
    "assessments:case POST": "302 403 403 403 403 403 403",  # no role was chosen
    "assessments:case_compared": "302 200 403 403 403 403 403",  # open to who has played both roles
    "assessments:case_run": MINE,
    "assessments:case_debrief": MINE,
    "assessments:case_table": MINE,
    "assessments:case_notes POST": "302 302 404 404 404 404 404",
    "assessments:case_save POST": MINE,
    "assessments:case_forecast POST": "302 422 404 404 404 404 404",
    "assessments:case_decide POST": "302 409 404 404 404 404 404",  # the forecast comes first
    "assessments:reviews": SIGNED_IN,
    "assessments:progress": SIGNED_IN,
    "assessments:mastery_rule": SIGNED_IN,
    "assessments:objective": SIGNED_IN,
    "assessments:skills": SIGNED_IN,  # everybody's own, and nobody else's
    "assessments:skills POST": "302 422 422 422 422 422 422",
    "assessments:follow_path POST": "302 302 302 302 302 302 302",
    "assessments:leave_path POST": "302 302 302 302 302 302 302",
    "assessments:settings": SIGNED_IN,
    "assessments:join": EVERYBODY,
    "assessments:cohorts": "302 403 403 200 200 403 200",
    "assessments:cohort": TAUGHT,
    "assessments:cohort_export": TAUGHT,
    "assessments:cohort_analyses": TAUGHT,
    "assessments:cohort_analyses_export": TAUGHT,
    "assessments:cohort_analysis": TAUGHT,
    "assessments:cohort_analysis_export": TAUGHT,
    "assessments:cohort_question": TAUGHT,
    "assessments:cohort_question_export": TAUGHT,
    "assessments:cohort_links": TAUGHT,
    "assessments:cohort_revoke POST": "302 403 404 302 404 404 302",
    "assessments:cohort_learner": TAUGHT,
    "assessments:cohort_learner POST": "302 403 404 422 404 404 422",
    "assessments:cohort_withdraw POST": "302 403 404 302 404 404 404",  # gone once the instructor withdrew it
    "assessments:cohort_cases": TAUGHT,
    "assessments:cohort_case": TAUGHT,
    "assessments:cohort_case_people": TAUGHT,
    "assessments:cohort_choices": TAUGHT,
    "assessments:cohort_slides": TAUGHT,
    "assessments:cohort_case_note": TAUGHT,
    "assessments:cohort_replay": TAUGHT,
    "assessments:cohort_assign": TAUGHT,
    "assessments:cohort_assign POST": "302 403 404 302 404 404 302",  # as they choose, whenever they like
    "assessments:cohort_unassign POST": "302 403 404 302 404 404 404",  # gone once the instructor withdrew it
    "assessments:grading_replay": TAUGHT,
    "assessments:grading": TAUGHT,
    "assessments:grading_pile": TAUGHT,
    "assessments:grading_answer": TAUGHT,
    "assessments:grading_answer POST": "302 403 404 302 404 404 302",
    "assessments:grading_names POST": "302 403 404 302 404 404 302",
}

CASE_PAGES = ("case", "choices", "slides", "case_note", "assign", "unassign")

# allauth's own pages: what somebody signed out gets, and what somebody signed in gets.
ACCOUNT = {
    "account_login": "200 302",
    "account_logout": "302 200",
    "account_signup": "200 302",
    "account_inactive": "200 200",
    "account_reauthenticate": "302 200",
    "account_email": "302 200",
    "account_email_verification_sent": "200 200",
    "account_change_password": "302 200",
    "account_set_password": "302 302",
    "account_reset_password": "200 200",
    "account_reset_password_done": "200 200",
    "account_reset_password_from_key": "200 200",
    "account_reset_password_from_key_done": "200 200",
    "account_confirm_email": "200 200",
    "account_confirm_login_code": "302 302",
    "mfa_index": "302 200",
    "mfa_authenticate": "302 302",
    "mfa_reauthenticate": "302 302",
    "mfa_activate_totp": "302 302",
    "mfa_deactivate_totp": "302 404",
    "mfa_totp_qr": "302 302",
    "mfa_view_recovery_codes": "302 404",
    "mfa_generate_recovery_codes": "302 302",
    "mfa_download_recovery_codes": "302 404",
    "mfa_list_webauthn": "302 200",
    "mfa_add_webauthn": "302 302",
    "mfa_edit_webauthn": "302 302",
    "mfa_remove_webauthn": "302 302",
    "mfa_login_webauthn": "302 302",
    "mfa_reauthenticate_webauthn": "302 302",
    "socialaccount_connections": "302 200",
    "socialaccount_login_cancelled": "200 200",
    "socialaccount_login_error": "401 401",
    "socialaccount_signup": "302 302",
}

CONTENT_MODELS = {
    "concepts": {
        *{"module", "concept", "objective", "comparison", "comparisonrow", "metric", "term", "source"},
        *{"picture", "learningpath", "skill", "casestudy"},
    },
    "assessments": {"question", "misconception", "assessment"},
}
READ_ONLY = {
    "caserun",
    "casemove",
    "attempt",
    "attemptitem",
    "correction",
    "evidence",
    "objectivestate",
    "questionversion",
    "modulestate",
    "progressday",
}


@dataclass
class World:
    """One of everything, and a client for each role."""

    clients: dict[str, Client]
    arguments: dict[str, list[Any]]


@pytest.fixture
def world() -> World:
    cache.clear()
    mine, other = CohortFactory(), CohortFactory()
    learner, stranger = LearnerFactory(), LearnerFactory()
    instructor, other_instructor = LearnerFactory(), LearnerFactory()
    for cohort, student, teacher in ((mine, learner, instructor), (other, stranger, other_instructor)):
        MembershipFactory(cohort=cohort, learner=student)
        MembershipFactory(cohort=cohort, learner=teacher, role=Membership.Role.INSTRUCTOR)
    people = {
        "learner": learner.user,
        "stranger": stranger.user,
        "instructor": instructor.user,
        "other instructor": other_instructor.user,
        "editor": make_editor(),
        "administrator": LearnerFactory(user=UserFactory(is_staff=True, is_superuser=True)).user,
    }
    clients = {"anonymous": Client()} | {role: Client() for role in people}
    for role, user in people.items():
        clients[role].force_login(user)
    return World(clients, arguments_for(learner, mine))


def arguments_for(learner: Any, cohort: Any) -> dict[str, list[Any]]:
    """What each address needs: content that is published, an attempt and a cohort of the learner's."""
    now = timezone.now()
    test = practice_set(mode="test")
    done = finish(
        attempt=start_attempt(learner=learner, assessment=test, now=now - timedelta(days=1)), now=now
    )
    going = start_attempt(learner=learner, assessment=test, now=now)
    asked = done.items.values_list("version__question", flat=True)[0]
    concept, comparison = test.concept, ComparisonFactory()
    ComparisonRowFactory(comparison=comparison)
    path = PathStepFactory(module=concept.module).path
    SkillFactory(concept=concept)
    link = JoinLinkFactory(cohort=cohort)
    waiting = handed_in(learner)  # a written answer
    beside = PreparedChangeFactory(content=concept, typed={"fields": {"title": ["New"]}})
    case, run, debriefed = case_runs(learner)
    return {
        "assessments:case": [case.slug],
        "assessments:case draft": [CaseStudyFactory(status="draft").slug],
        "assessments:case_compared": [case.slug],
        "assessments:case_run": [run.pk],
        "assessments:case_debrief": [debriefed.pk],
        "assessments:case_table": [run.pk, "orders", "csv"],
        "assessments:case_notes": [run.pk],
        "assessments:case_save": [run.pk, 1],
        "assessments:case_forecast": [run.pk, 1],
        "assessments:case_decide": [run.pk, 1],
        "concepts:module": [concept.module.slug],
        "concepts:concept": [concept.slug],
        "concepts:concept draft": [ConceptFactory(status="draft").slug],
        "concepts:comparison": [comparison.slug],
        "concepts:sort": [comparison.slug],
        "concepts:metric": [MetricFactory().slug],
        "concepts:picture": [PictureFactory().slug],
        "concepts:path": [path.slug],
        "concepts:path draft": [LearningPathFactory(status="draft").slug],
        "assessments:follow_path": [path.slug],
        "assessments:start": [test.slug],
        "assessments:attempt": [going.pk],
        "assessments:preview": [test.slug],
        "assessments:clock": [going.pk],
        "assessments:submit": [going.pk],
        "assessments:result": [done.pk],
        "assessments:question": [going.pk, 1],
        "assessments:save": [going.pk, 1],
        "assessments:variant": [going.pk, 1],
        "assessments:check": [concept.slug],
        "assessments:objective": [concept.objectives.get().code],
        "assessments:join": [link.token],
        "assessments:cohort": [cohort.pk],
        "assessments:cohort_export": [cohort.pk],
        "assessments:cohort_analyses": [cohort.pk],
        "assessments:cohort_analyses_export": [cohort.pk],
        "assessments:cohort_analysis": [cohort.pk, test.slug],
        "assessments:cohort_analysis_export": [cohort.pk, test.slug],
        "assessments:cohort_question": [cohort.pk, test.slug, asked],
        "assessments:cohort_question_export": [cohort.pk, test.slug, asked],
        "admin:concepts_concept_page": [concept.pk],
        "admin:concepts_concept_prepared": [beside.object_id],
        "admin:concepts_concept_drop": [beside.object_id],
        "admin:concepts_concept_compare": [concept.pk],
        "admin:assessments_question_compare": [asked],
        "admin:concepts_casestudy_graph": [case.pk],
        "admin:concepts_casestudy_play": [case.pk],
        "admin:order": ["modules"],
        "admin:order_of": ["lessons", concept.module.pk],
        "admin:duplicate": ["concept", concept.pk],
        "admin:move": ["concepts", "concept"],
        "admin:concepts_concept_chain": [concept.pk],
        "admin:concepts_comparison_chain": [comparison.pk],
        "admin:assessments_question_analysis": [asked],
        "admin:assessments_question_correct": [asked],
        "admin:assessments_question_void": [asked],
        "admin:assessments_question_analysis_export": [asked],
        "admin:assessments_assessment_analysis": [test.pk],
        "admin:assessments_assessment_analysis_export": [test.pk],
        "assessments:cohort_links": [cohort.pk],
        "assessments:cohort_revoke": [cohort.pk, link.pk],
        "assessments:cohort_learner": [cohort.pk, learner.pk],
        "assessments:cohort_withdraw": [cohort.pk, learner.pk, ExtensionFactory(learner=learner).pk],
        "assessments:cohort_cases": [cohort.pk],
        "assessments:cohort_case_people": [cohort.pk, case.slug, "unbegun"],
        **{f"assessments:cohort_{page}": [cohort.pk, case.slug] for page in CASE_PAGES},
        "assessments:cohort_replay": [cohort.pk, debriefed.pk],
        "assessments:grading_replay": [cohort.pk, recommendation_of(debriefed).pk],
        "assessments:grading": [cohort.pk],
        "assessments:grading_names": [cohort.pk],
        "assessments:grading_pile": [cohort.pk, waiting.attempt.assessment.slug],
        "assessments:grading_answer": [cohort.pk, waiting.pk],
        "account_confirm_email": ["unknown"],
        "account_reset_password_from_key": ["a", "b-c"],
        "mfa_edit_webauthn": [1],
        "mfa_remove_webauthn": [1],
    }


def case_runs(learner: Any) -> tuple[Any, Any, Any]:
    """A case that the learner has played in both roles and is playing again: it, this run, a finished one."""
    case = make_case()
    roles = ("production", "operations")
    finished = [play(make_run(case, role=role, learner=learner), text=TEXT) for role in roles]
    return case, make_run(case, learner=learner), finished[0]


def names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The name of every address of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"


def ask(client: Client, entry: str, arguments: dict[str, list[Any]]) -> int:
    name, _, method = entry.removesuffix(" draft").partition(" ")
    url = reverse(name, args=arguments.get(entry, arguments.get(name, [])))
    return (client.post(url, {"revision": "0"}) if method == "POST" else client.get(url)).status_code


def differences(world: World, table: dict[str, str], roles: tuple[str, ...]) -> list[str]:
    """Every entry of a table at which somebody gets something else."""
    return [
        f"{entry}, {role}: {got} instead of {expected}"
        for entry, line in table.items()
        for role, expected in zip(roles, line.split(), strict=True)
        if (got := ask(world.clients[role], entry, world.arguments)) != int(expected)
    ]


def test_everybody_gets_what_the_table_says(world: World) -> None:
    found = differences(world, TABLE, ROLES)
    assert not found, "\n".join(found)


def test_account_pages_are_open_to_those_who_need_them(world: World) -> None:
    found = differences(world, ACCOUNT, ("anonymous", "learner"))
    assert not found, "\n".join(found)


def admin_table() -> dict[str, str]:
    """The admin's addresses: content for editors, people for administrators, records for reading only."""
    table = {"admin:index": CONTENT, "admin:password_change": CONTENT}
    for model in admin.site._registry:
        app, name = model._meta.app_label, model._meta.model_name or ""
        allowed = CONTENT if name in CONTENT_MODELS.get(app, ()) else PEOPLE
        table[f"admin:{app}_{name}_changelist"] = allowed
        table[f"admin:{app}_{name}_add"] = ADDED_BY_NOBODY if name in READ_ONLY else allowed
    return table


def test_editors_see_content_only_and_records_are_added_by_nobody(world: World) -> None:
    table = admin_table()
    table["admin:assessments_questionversion_changelist"] = CONTENT
    table |= {f"admin:concepts_{home}_chain": CONTENT for home in ("concept", "comparison")}
    table |= {f"admin:assessments_question_lint{end}": CONTENT for end in ("", "_export")}
    for model in ("question", "assessment"):
        table[f"admin:assessments_{model}_analysis"] = CONTENT
        table[f"admin:assessments_{model}_analysis_export"] = CONTENT
    for page in ("page", "prepared", "drop", "compare"):  # of content beside what learners see
        table[f"admin:concepts_concept_{page}"] = CONTENT
    table["admin:assessments_question_compare"] = CONTENT
    table |= {f"admin:concepts_casestudy_{page}": CONTENT for page in ("graph", "play")}
    table["admin:concepts_casestudy_check POST"] = CONTENT
    table["admin:assessments_correction_changelist"] = CONTENT
    table |= {f"admin:packs_{page}": CONTENT for page in ("export", "load")}
    table["admin:packs_load_confirm POST"] = CONTENT.replace("200", "422")
    table |= {f"admin:{page}": CONTENT for page in ("order", "order_of", "duplicate", "replace")}
    table |= {f"admin:{page} POST": CONTENT.replace("200", "422") for page in ("move", "tags", "replace")}
    table |= {f"admin:{page} POST": CONTENT.replace("200", "409") for page in ("order", "order_of")}
    table["admin:duplicate POST"] = CONTENT.replace("200", "422")
    for model in ("concepts_term", "concepts_metric", "assessments_question"):
        table |= {f"admin:{model}_table_{page}": CONTENT for page in ("import", "export")}
        table[f"admin:{model}_table_confirm POST"] = CONTENT.replace("200", "422")
    table["admin:assessments_question_correct"] = table["admin:assessments_question_void"] = CONTENT
    found = differences(world, table, ROLES)
    assert not found, "\n".join(found)


def test_no_address_is_missing_from_the_table() -> None:
    listed = {entry.split(" ")[0] for entry in TABLE} | set(ACCOUNT)
    unlisted = {name for name in names() if not name.startswith("admin:")} - listed
    assert unlisted == set()
