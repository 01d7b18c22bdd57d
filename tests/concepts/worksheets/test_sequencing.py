"""Sequencing: the published examples, and what no rule may break."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.worksheets.sequencing import (
    RULES,
    Job,
    TwoStage,
    critical_ratio,
    johnson,
    run_on_two,
    sequence,
)

# Heizer & Render, example 15.3: processing time and due date in days.
SHOP = [
    Job("A", 6, 22),
    Job("B", 12, 14),
    Job("C", 14, 30),
    Job("D", 2, 18),
    Job("E", 10, 25),
    Job("F", 4, 34),
]
LENGTHS = st.floats(0.5, 50).map(lambda value: round(value, 1))
JOBS = st.lists(st.tuples(LENGTHS, LENGTHS), min_size=1, max_size=7).map(
    lambda rows: [Job(str(i), work, due) for i, (work, due) in enumerate(rows)]
)
TWO_STAGES = st.lists(st.tuples(LENGTHS, LENGTHS), min_size=1, max_size=5).map(
    lambda rows: [TwoStage(str(i), first, second) for i, (first, second) in enumerate(rows)]
)


def test_shortest_first_as_heizer_and_render_print_it() -> None:
    result = sequence(SHOP, "spt")
    assert "".join(result.names) == "DFAEBC"
    assert result.mean_flow == pytest.approx(20.67, abs=0.005)
    assert result.mean_tardiness == pytest.approx(6.33, abs=0.005)


def test_earliest_due_first_as_heizer_and_render_print_it() -> None:
    assert sequence(SHOP, "edd").mean_tardiness == pytest.approx(5.5)


def test_the_critical_ratio_is_static() -> None:
    jobs = [Job("A", 8, 28 - 22), Job("B", 2, 26 - 22), Job("C", 2, 24 - 22), Job("D", 12, 30 - 22)]
    assert [round(critical_ratio(job), 2) for job in jobs] == [0.75, 2.0, 1.0, 0.67]
    assert "".join(sequence(jobs, "cr").names) == "DACB"


def test_johnson_reaches_the_published_makespan_and_so_may_other_orders() -> None:
    times = [(8, 8), (6, 7), (2, 7), (5, 6), (7, 4)]
    jobs = [TwoStage(str(i), *pair) for i, pair in enumerate(times, start=1)]
    assert run_on_two(johnson(jobs)).makespan == 34
    assert run_on_two([jobs[i - 1] for i in (3, 4, 2, 1, 5)]).makespan == 34


def test_lateness_may_be_negative_and_tardiness_may_not() -> None:
    (run,) = sequence([Job("A", 3, 10)], "fcfs").runs
    assert (run.lateness, run.tardiness) == (-7, 0)


def test_without_a_due_date_there_is_no_lateness() -> None:
    result = sequence([Job("A", 3), Job("B", 1, 2)], "fcfs")
    assert result.mean_lateness is None
    assert result.mean_tardiness is None
    assert sequence([Job("A", 3), Job("B", 1, 2)], "edd").names == ("B", "A")


def test_of_equal_jobs_the_one_that_came_first_goes_first() -> None:
    jobs = [Job("A", 2, 5), Job("B", 2, 5), Job("C", 2, 5)]
    assert all(sequence(jobs, rule).names == ("A", "B", "C") for rule in RULES)


@given(JOBS)
def test_every_rule_runs_every_job_once_without_a_pause(jobs: list[Job]) -> None:
    for rule in RULES:
        result = sequence(jobs, rule)
        assert sorted(result.names) == sorted(job.name for job in jobs)
        assert result.makespan == pytest.approx(sum(job.work for job in jobs))


@given(JOBS)
def test_no_order_has_a_shorter_mean_flow_time_than_shortest_first(jobs: list[Job]) -> None:
    least = sequence(jobs, "spt").mean_flow
    orders = list(permutations(jobs))[:120]
    assert all(least <= sequence(order, "fcfs").mean_flow + 1e-9 for order in orders)


@given(TWO_STAGES)
def test_no_order_on_two_machines_ends_before_johnsons(jobs: list[TwoStage]) -> None:
    least = run_on_two(johnson(jobs)).makespan
    assert all(least <= run_on_two(order).makespan + 1e-9 for order in permutations(jobs))


@given(TWO_STAGES)
def test_the_second_machine_stands_still_for_what_is_left_of_the_makespan(jobs: list[TwoStage]) -> None:
    result = run_on_two(jobs)
    assert result.idle_second >= result.runs[0].finish_first - 1e-9
