"""Putting jobs in order: rules for one machine, and Johnson's rule for two in a row.

Definitions as in Heizer & Render, Operations Management, chapter 15. Times and due dates are in one unit,
whichever, counted from now. Lateness is finish minus due and may be negative; tardiness may not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Job:
    """A piece of work: the time that it takes, and when it is due if that is known."""

    name: str
    work: float
    due: float | None = None


@dataclass(frozen=True)
class Run:
    """A job on the machine, from start to finish. All are there from time 0: flow time is the finish."""

    job: Job
    start: float
    finish: float

    @property
    def flow(self) -> float:
        return self.finish

    @property
    def lateness(self) -> float | None:
        return None if self.job.due is None else self.finish - self.job.due

    @property
    def tardiness(self) -> float | None:
        return None if self.lateness is None else max(0.0, self.lateness)


@dataclass(frozen=True)
class OneMachine:
    """An order of jobs on one machine, and what it comes to. Means over jobs without a due date are None."""

    runs: tuple[Run, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(run.job.name for run in self.runs)

    @property
    def makespan(self) -> float:
        return self.runs[-1].finish

    @property
    def mean_flow(self) -> float:
        return _mean([run.flow for run in self.runs])

    @property
    def mean_lateness(self) -> float | None:
        return _mean_of([run.lateness for run in self.runs])

    @property
    def mean_tardiness(self) -> float | None:
        return _mean_of([run.tardiness for run in self.runs])

    @property
    def late(self) -> int:
        """How many jobs finish after their due date."""
        return sum(1 for run in self.runs if run.tardiness)

    @property
    def jobs_in_the_shop(self) -> float:
        """The average number of jobs waiting or in work: the sum of flow times over the makespan."""
        return sum(run.flow for run in self.runs) / self.makespan


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mean_of(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _mean(known) if len(known) == len(values) else None


def critical_ratio(job: Job) -> float:
    """Time left until it is due ÷ work left. Static: as of now, not worked out again after each job."""
    return float("inf") if job.due is None else job.due / job.work


def _by(key: Callable[[Job], float]) -> Callable[[Sequence[Job]], list[Job]]:
    """Smallest first; of equal ones the one that came first."""
    return lambda jobs: sorted(jobs, key=key)


# First come first served, shortest processing time, earliest due date, critical ratio.
RULES: Final[Mapping[str, Callable[[Sequence[Job]], list[Job]]]] = {
    "fcfs": list,
    "spt": _by(lambda job: job.work),
    "edd": _by(lambda job: float("inf") if job.due is None else job.due),
    "cr": _by(critical_ratio),
}


def sequence(jobs: Sequence[Job], rule: str) -> OneMachine:
    """The jobs by a rule, one after the other without a pause. Raises KeyError for an unknown rule."""
    clock = 0.0
    runs = []
    for job in RULES[rule](jobs):
        runs.append(Run(job, clock, clock + job.work))
        clock += job.work
    return OneMachine(tuple(runs))


@dataclass(frozen=True)
class TwoStage:
    """A job that goes to the first machine and then to the second."""

    name: str
    first: float
    second: float


@dataclass(frozen=True)
class TwoRuns:
    """A job on both machines."""

    job: TwoStage
    start_first: float
    finish_first: float
    start_second: float
    finish_second: float


@dataclass(frozen=True)
class TwoMachines:
    """An order of jobs on two machines. Each machine takes the jobs in the same order."""

    runs: tuple[TwoRuns, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(run.job.name for run in self.runs)

    @property
    def makespan(self) -> float:
        return self.runs[-1].finish_second

    @property
    def idle_second(self) -> float:
        """How long the second machine stands still before its last job is done."""
        return self.makespan - sum(run.job.second for run in self.runs)


def johnson(jobs: Sequence[TwoStage]) -> list[TwoStage]:
    """An order with the least makespan (Johnson 1954): there may be others that are as short.

    Jobs that are shorter on the first machine go to the front, shortest first; the others to the back, where
    the shortest on the second machine is last.
    """
    front = sorted((job for job in jobs if job.first < job.second), key=lambda job: job.first)
    back = sorted((job for job in jobs if job.first >= job.second), key=lambda job: -job.second)
    return front + back


def run_on_two(jobs: Sequence[TwoStage]) -> TwoMachines:
    """The jobs in this very order, each as early as both machines allow."""
    free_first = free_second = 0.0
    runs = []
    for job in jobs:
        done = free_first + job.first
        start = max(done, free_second)
        runs.append(TwoRuns(job, free_first, done, start, start + job.second))
        free_first, free_second = done, start + job.second
    return TwoMachines(tuple(runs))
