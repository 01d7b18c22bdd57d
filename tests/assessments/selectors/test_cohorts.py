"""What the cohort pages read: figures from the rollups, filter, order, and what they cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from assessments.models import Cohort, Learner, Membership, ModuleState
from assessments.selectors.cohort_table import Wanted, all_rows, columns, read_wanted
from assessments.selectors.cohorts import Overview, cohort_list, join_links, overview_of
from concepts.models import Module
from tests.factories import (
    CohortFactory,
    ConceptFactory,
    JoinLinkFactory,
    LearnerFactory,
    MembershipFactory,
    ModuleFactory,
    ObjectiveFactory,
    StateFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def days(count: float) -> datetime:
    return NOW - timedelta(days=count)


@pytest.fixture
def cohort() -> Cohort:
    made: Cohort = CohortFactory()
    return made


@pytest.fixture
def module() -> Module:
    """A module with four objectives."""
    made: Module = ModuleFactory(slug="foundations", title="Foundations")
    ObjectiveFactory.create_batch(4, concept=ConceptFactory(module=made))
    return made


def member(
    cohort: Cohort, first: str, last: str, at: datetime | None = None, joined: datetime | None = None
) -> Learner:
    learner: Learner = LearnerFactory(user=UserFactory(first_name=first, last_name=last), last_active_at=at)
    place = MembershipFactory(cohort=cohort, learner=learner)
    Membership.objects.filter(pk=place.pk).update(joined_at=joined or days(30))
    return learner


def holds(learner: Learner, module: Module, mastered: int, familiar: int = 0) -> None:
    ModuleState.objects.create(
        learner=learner,
        module=module,
        mastered=mastered,
        familiar=familiar,
        points=4 * mastered + 2 * familiar,
    )


def shown(cohort: Cohort, q: str = "", sort: str = "last", page: str = "") -> Overview:
    modules = columns()
    return overview_of(cohort, read_wanted(q, sort, modules), modules, page, NOW)


def names(overview: Overview) -> list[str]:
    return [row.name for row in overview.rows]


def test_a_row_tells_mastered_and_the_mean_level_of_each_module(cohort: Cohort, module: Module) -> None:
    holds(member(cohort, "Ada", "Ash"), module, mastered=2, familiar=1)
    holds(member(cohort, "Bo", "Birch"), module, mastered=0, familiar=1)
    holds(member(cohort, "Cy", "Cedar"), module, mastered=4)
    member(cohort, "Di", "Dogwood")
    cells = {row.name: row.cells[0] for row in shown(cohort).rows}
    assert {name: (cell.mastered, cell.level, cell.word) for name, cell in cells.items()} == {
        "Ada Ash": (2, 2, "Familiar"),
        "Bo Birch": (0, 1, "Attempted"),
        "Cy Cedar": (4, 4, "Mastered"),
        "Di Dogwood": (0, 0, "Not started"),
    }


def test_only_published_lessons_count(cohort: Cohort, module: Module) -> None:
    ObjectiveFactory(concept=ConceptFactory(module=module, status="draft"))
    draft = ModuleFactory(status="draft")
    ObjectiveFactory(concept=ConceptFactory(module=draft))
    ModuleFactory()  # nothing to master in it
    learner = member(cohort, "Ada", "Ash")
    holds(learner, module, mastered=5)  # one of them withdrawn since
    holds(learner, draft, mastered=1)
    overview = shown(cohort)
    assert [(column.title, column.objectives) for column in overview.columns] == [("Foundations", 4)]
    assert (overview.rows[0].mastered, overview.objectives) == (4, 4)


def test_fading_is_counted_of_what_is_mastered(cohort: Cohort, module: Module) -> None:
    learner = member(cohort, "Ada", "Ash")
    first, second, third = module.concepts.get().objectives.all()[:3]
    StateFactory(learner=learner, objective=first, level=4, fades_at=days(1))
    StateFactory(learner=learner, objective=second, level=4, fades_at=days(-1))
    StateFactory(learner=learner, objective=third, level=3, fades_at=days(1))
    assert shown(cohort).rows[0].fading == 1


def test_the_summary_counts_days_without_labels(cohort: Cohort, module: Module) -> None:
    holds(member(cohort, "Active", "A", at=days(1)), module, mastered=3)
    holds(member(cohort, "Quiet", "B", at=days(7)), module, mastered=3)
    member(cohort, "Never", "C", joined=days(8))
    member(cohort, "New", "D", joined=days(2))
    instructor = MembershipFactory(cohort=cohort, role="instructor")
    holds(instructor.learner, module, mastered=4)
    summary = shown(cohort).summary
    assert (summary.learners, summary.active, summary.quiet, summary.unbegun) == (4, 1, 2, 2)
    assert (summary.mastered, summary.reachable, summary.share) == (6, 16, 37)


def test_who_teaches_is_not_a_row(cohort: Cohort) -> None:
    MembershipFactory(cohort=cohort, role="instructor")
    MembershipFactory()  # of another cohort
    assert shown(cohort).rows == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("last", "Cy Di Ada Bo"),
        ("-last", "Bo Ada Di Cy"),
        ("name", "Di Ada Bo Cy"),
        ("-name", "Cy Bo Ada Di"),
        ("mastered", "Cy Di Bo Ada"),
        ("-mastered", "Ada Bo Di Cy"),
        ("m-foundations", "Cy Ada Bo Di"),
        ("-m-foundations", "Di Bo Ada Cy"),
        ("nonsense", "Cy Di Ada Bo"),
        ("-m-nothing", "Cy Di Ada Bo"),
        ("--last", "Cy Di Ada Bo"),
    ],
)
def test_the_table_is_sorted_as_asked(cohort: Cohort, module: Module, sort: str, order: str) -> None:
    other = ModuleFactory()
    ObjectiveFactory.create_batch(9, concept=ConceptFactory(module=other))
    ada, bo = member(cohort, "Ada", "birch", at=days(3)), member(cohort, "Bo", "Birch", at=days(1))
    member(cohort, "Cy", "Cedar")
    di = member(cohort, "Di", "Ash", at=days(5))
    holds(ada, module, mastered=1)
    holds(ada, other, mastered=7)
    holds(bo, module, mastered=1, familiar=2)
    holds(bo, other, mastered=5)
    holds(di, module, mastered=3)
    assert " ".join(name.split()[0] for name in names(shown(cohort, sort=sort))) == order


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("lind", ["Maren Lindqvist"]),
        ("  maren   LIND ", ["Maren Lindqvist"]),
        ("example.org", ["Maren Lindqvist", "Tuan Pham"]),
        ("pham maren", []),
        ("%", []),
        ("\x00lind", ["Maren Lindqvist"]),
        ("x" * 500, []),
    ],
)
def test_every_word_is_searched_for_in_names_and_addresses(
    cohort: Cohort, q: str, expected: list[str]
) -> None:
    member(cohort, "Maren", "Lindqvist")
    member(cohort, "Tuan", "Pham")
    member(CohortFactory(), "Maren", "Lindqvist")
    assert sorted(names(shown(cohort, q=q, sort="name"))) == expected


def test_somebody_without_a_name_is_called_by_their_address(cohort: Cohort) -> None:
    member(cohort, "", "")
    row = shown(cohort).rows[0]
    assert row.name == row.email != ""


def test_pages_neither_repeat_nor_miss_anybody(cohort: Cohort) -> None:
    for _ in range(55):
        member(cohort, "Maren", "Lindqvist")
    pages = [shown(cohort, page=number) for number in ("1", "2")]
    assert [len(page.rows) for page in pages] == [50, 5]
    assert len({row.learner_id for page in pages for row in page.rows}) == 55
    assert shown(cohort, page="99").page.number == 2
    assert shown(cohort, page="two").page.number == 1


def test_the_file_has_every_row_in_the_order_of_the_screen(cohort: Cohort, module: Module) -> None:
    for count in range(5):
        holds(member(cohort, f"Number {count}", "Same", at=days(count)), module, mastered=count % 3)
    for sort in ("last", "-mastered", "m-foundations", "name"):
        modules = columns()
        rows = list(all_rows(cohort, Wanted("same", sort), modules, NOW))
        assert rows == shown(cohort, q="same", sort=sort).rows


@pytest.mark.parametrize("sort", ["last", "-mastered", "m-foundations"])
def test_an_overview_costs_the_same_for_any_number_of_learners(
    cohort: Cohort, module: Module, sort: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    columns()  # kept from here on: the next readers ask only whether content has changed
    for count in (3, 6):
        for _ in range(count):
            holds(member(cohort, "Maren", "Lindqvist"), module, mastered=1)
        with django_assert_num_queries(7):
            assert shown(cohort, sort=sort).rows


def test_a_list_shows_each_cohort_with_its_own_figures(module: Module) -> None:
    instructor = LearnerFactory()
    first, second, empty = CohortFactory.create_batch(3)
    for cohort in (first, second, empty):
        MembershipFactory(cohort=cohort, learner=instructor, role="instructor")
    holds(member(first, "Ada", "Ash", at=days(1)), module, mastered=2)
    member(second, "Bo", "Birch")
    MembershipFactory()
    shown = cohort_list(instructor.user, "", NOW)
    assert {
        line.cohort: (line.summary.learners, line.summary.active, line.summary.share) for line in shown.lines
    } == {
        first: (1, 1, 50),
        second: (1, 0, 0),
        empty: (0, 0, 0),
    }
    assert (shown.learners, shown.active) == (2, 1)


def test_a_join_link_says_what_has_become_of_it(cohort: Cohort) -> None:
    soon = days(-3)
    for change in (
        {"expires_at": soon, "cap": 5, "uses": 2},
        {"expires_at": soon, "cap": 2, "uses": 2},
        {"expires_at": days(1)},
        {"expires_at": days(1), "revoked_at": days(2)},
    ):
        JoinLinkFactory(cohort=cohort, **change)
    JoinLinkFactory(expires_at=soon)  # of another cohort
    links = join_links(cohort, "", NOW)
    assert [line.state for line in links.lines] == ["withdrawn", "expired", "full", "open"]
    assert links.places == 3


def test_what_is_asked_for_is_read_from_an_address() -> None:
    query = QueryDict("q=+a++b+&sort=-name")
    assert read_wanted(query.get("q", ""), query.get("sort", ""), []) == Wanted("a b", "-name")


def test_a_cohort_of_thousands_is_read_in_chunks(
    cohort: Cohort,
    module: Module,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("assessments.selectors.cohort_table.CHUNK", 2)
    for count in range(5):
        member(cohort, f"Number {count}", "Same")
    modules = columns()
    with django_assert_num_queries(1 + 3 * 3):
        rows = list(all_rows(cohort, Wanted("", "name"), modules, NOW))
    assert [row.name for row in rows] == [f"Number {count} Same" for count in range(5)]
