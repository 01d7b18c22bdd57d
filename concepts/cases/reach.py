"""How the endings of a case are reached: by how many ways through the stages, and with what scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from concepts.cases.candidates import candidates
from concepts.cases.document import Case
from concepts.cases.playing import MOST_STAGES, Answer, NotPlayable, Play, State, advance, begin
from concepts.cases.ways import Graph
from concepts.formulas import FormulaError

MOST_WAYS = 1_000  # beyond, nobody counts
SEEDS = (0, 1, 2)  # of the runs that are played, where chances are drawn
MOST_STANDINGS = 30  # of one stage, to be played on from
MOST_COMBINATIONS = 48  # of answers in one stage

Standing = tuple[object, ...]


@dataclass(frozen=True)
class Reached:
    """An ending as one role comes to it: the ways as they are written, and the mean scores, 0 to 1.

    The scores are None for an ending that no path came to that was played.
    """

    key: str
    ways: int
    best: float | None = None
    worst: float | None = None


@dataclass
class _Path:
    """Where runs stand that look alike, with the best and the worst sum of their scores."""

    play: Play
    best: float = 0.0
    worst: float = 0.0
    decided: int = 0

    def take(self, other: "_Path") -> None:
        self.best, self.worst = max(self.best, other.best), min(self.worst, other.worst)


def ways_to(graph: Graph) -> dict[str, int]:
    """So many sequences of stages lead to each stage; what leads in a circle is counted once round."""
    followers = {
        node.key: list(dict.fromkeys(e.target for e in graph.after(node.key))) for node in graph.nodes
    }
    counts = dict.fromkeys(followers, 0)

    def walk(key: str, seen: frozenset[str]) -> None:
        if counts[key] >= MOST_WAYS:
            return
        counts[key] += 1
        for following in followers[key]:
            if following not in seen:
                walk(following, seen | {following})

    if graph.start in counts:
        walk(graph.start, frozenset({graph.start}))
    return counts


def endings_of(case: Case, graph: Graph) -> list[Reached]:
    """Each ending that the graph of a role leads to. Where runs are many, some are played."""
    ways = ways_to(graph)
    scores: dict[str, tuple[float, float]] = {}
    for seed in SEEDS if case.chances else SEEDS[:1]:
        for key, (best, worst) in _scores(case, graph.role, seed).items():
            before = scores.get(key, (best, worst))
            scores[key] = (max(before[0], best), min(before[1], worst))
    return [
        Reached(node.key, ways[node.key], *scores.get(node.key, (None, None)))
        for node in graph.nodes
        if node.is_ending
    ]


def _scores(case: Case, role: str, seed: int) -> dict[str, tuple[float, float]]:
    """The best and the worst mean score with which each ending was reached."""
    found: dict[str, tuple[float, float]] = {}
    try:
        layer = [_Path(begin(case, role, seed))]
    except NotPlayable:
        return found
    tried: dict[str, list[Answer]] = {}
    for _stage in range(MOST_STAGES):
        following: dict[Standing, _Path] = {}
        for path in layer:
            for each in _onward(case, path, tried):
                if each.play.is_over:
                    _note(found, each)
                    continue
                known = following.setdefault(_standing(case, each), each)
                known.take(each)
        layer = _thinned(list(following.values()))
        if not layer:
            break
    return found


def _note(found: dict[str, tuple[float, float]], path: _Path) -> None:
    count = max(1, path.decided)
    best, worst = path.best / count, path.worst / count
    before = found.get(path.play.stage.key, (best, worst))
    found[path.play.stage.key] = (max(before[0], best), min(before[1], worst))


def _onward(case: Case, path: _Path, tried: dict[str, list[Answer]]) -> list[_Path]:
    """What comes of the answers that differ; what cannot be played on is left to the check."""
    play, paths = path.play, []
    decisions = play.stage.decisions_of(play.role)
    for decision in decisions:
        if decision.key not in tried:
            tried[decision.key] = candidates(decision, {**play.chances, **play.state})
    for combination in _some([tried[each.key] for each in decisions]):
        answers = {each.key: answer for each, answer in zip(decisions, combination, strict=True)}
        try:
            following = advance(case, play, answers)
        except (NotPlayable, FormulaError):
            continue
        score = sum(done.score for done in following.steps[-1].settled)
        decided = path.decided + len(decisions)
        paths.append(_Path(following, path.best + score, path.worst + score, decided))
    return paths


def _some(answers: Sequence[Sequence[Answer]]) -> list[tuple[Answer, ...]]:
    """Combinations of answers, spread over all of them where they are many."""
    count = 1
    for each in answers:
        count *= len(each)
    step = max(1, -(-count // MOST_COMBINATIONS))
    return list(islice(product(*answers), 0, None, step)) if count else []


def _standing(case: Case, path: _Path) -> Standing:
    """What tells runs apart: the stage, the state as it is shown, how much was decided."""
    state: State = path.play.state
    shown = (round(state[each.name], each.decimals) for each in case.variables)
    return path.play.stage.key, path.decided, *shown


def _thinned(paths: list[_Path]) -> list[_Path]:
    """As many as can be gone on with: of each stage the best and the worst scores, and some between."""
    groups: dict[str, list[_Path]] = {}
    for path in paths:
        groups.setdefault(path.play.stage.key, []).append(path)
    kept: list[_Path] = []
    for group in groups.values():
        if len(group) <= MOST_STANDINGS:
            kept += group
            continue
        group.sort(key=lambda path: (path.best, path.worst))
        step = len(group) / MOST_STANDINGS
        chosen = {int(i * step) for i in range(MOST_STANDINGS)} | {0, len(group) - 1}
        kept += [group[i] for i in sorted(chosen)]
    return kept
