"""Playing every path through a case: which endings come of it, and what keeps a run from any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from concepts.cases.candidates import candidates
from concepts.cases.document import Case
from concepts.cases.playing import MOST_STAGES, Answer, NotPlayable, Play, State, advance, begin, settle
from concepts.formulas import FormulaError

Moves = tuple[Mapping[str, Answer], ...]
Standing = tuple[object, ...]
MOST_PLAYS = 20_000
Each = TypeVar("Each")


@dataclass
class Explored:
    """What playing found. ``endings`` holds an example of moves for each, ``stuck`` why a run got no further.

    ``plays`` counts the stages that were played, ``fewest`` the decided stages on the shortest way to an
    ending; it is ``cut`` short where there was more to play than allowed.
    """

    role: str
    seed: int
    endings: dict[str, Moves] = field(default_factory=dict)
    stages: set[str] = field(default_factory=set)
    stuck: list[tuple[Moves, str]] = field(default_factory=list)
    plays: int = 0
    fewest: int = 0
    cut: bool = False


def paths(case: Case, role: str, seed: int = 0, most: int = MOST_PLAYS) -> Explored:
    """Play the answers that tell outcomes apart, stage by stage, for each state that differs as it is shown.

    Raises NotPlayable for a role that the case does not have.
    """
    explored = Explored(role, seed)
    first = begin(case, role, seed)
    tried = {
        decision.key: candidates(decision, {**first.chances, **first.state}) for decision in case.decisions()
    }
    layer, met = [first], {_standing_of(case, first): first}
    onward: dict[Standing, set[Standing]] = {}
    for _layer in range(MOST_STAGES + 1):
        _note(layer, explored)
        waiting = [play for play in layer if not play.is_over]
        if not waiting:
            break
        layer, share = [], max(0, most - explored.plays) // 4  # of what may still be played
        for play in waiting:
            for answers in _answers(case, play, tried, max(2, share // len(waiting)), explored):
                following = _played(case, play, answers, explored)
                if following is None:
                    continue
                standing = _standing_of(case, following)
                onward.setdefault(_standing_of(case, play), set()).add(standing)
                if standing not in met:
                    met[standing] = following
                    layer.append(following)
        layer = _thinned(case, layer, max(10, share // 5), explored)
    else:
        explored.stuck.append((moves_of(waiting[0]), _("A run comes to no ending in so many stages.")))
    circle = _in_a_circle(onward)
    if circle is not None:
        explored.stuck.append((moves_of(met[circle]), _("From here a run can go round in circles for ever.")))
    return explored


def _in_a_circle(onward: Mapping[Standing, set[Standing]]) -> Standing | None:
    """One of the standings to which a run can come back, if there is any."""
    left = {name: set(following) for name, following in onward.items()}
    before: dict[Standing, list[Standing]] = {}
    for name, following in left.items():
        for each in following:
            before.setdefault(each, []).append(name)
    done = [name for name in before if name not in left]
    while done:
        gone = done.pop()
        for name in before.get(gone, ()):
            left[name].discard(gone)
            if not left[name]:
                del left[name]
                done.append(name)
    return next(iter(left), None)


def _note(layer: Sequence[Play], explored: Explored) -> None:
    """Keep where these plays stand, and the first that came to each ending."""
    for play in layer:
        explored.stages.add(play.stage.key)
        if play.is_over:
            explored.endings.setdefault(play.stage.key, moves_of(play))
            decided = sum(bool(step.settled) for step in play.steps)
            explored.fewest = min(explored.fewest or decided, decided)


def _answers(
    case: Case, play: Play, tried: Mapping[str, list[Answer]], most: int, explored: Explored
) -> list[dict[str, Answer]]:
    """Sets of answers to the decisions of a stage, one for each state and way on that comes of any."""
    reached: dict[object, tuple[dict[str, Answer], State, str]] = {"": ({}, play.state, "")}
    for decision in play.stage.decisions_of(play.role):
        following: dict[object, tuple[dict[str, Answer], State, str]] = {}
        for answers, state, to in reached.values():
            for answer in tried[decision.key]:
                try:
                    done = settle(case, decision, answer, state, play.chances)
                except (NotPlayable, FormulaError) as error:
                    explored.stuck.append((moves_of(play), f"{decision.key}: {error}"))
                    continue
                onward = done.outcome.to or to
                standing = _standing(case, onward, done.after)
                following.setdefault(standing, ({**answers, decision.key: answer}, done.after, onward))
        explored.cut |= len(following) > most
        reached = {name: following[name] for name in _evenly(list(following), most)}
    return [answers for answers, _state, _to in reached.values()]


def _played(case: Case, play: Play, answers: Mapping[str, Answer], explored: Explored) -> Play | None:
    explored.plays += 1
    try:
        return advance(case, play, answers)
    except (NotPlayable, FormulaError) as error:
        explored.stuck.append(((*moves_of(play), answers), str(error)))
        return None


def _standing_of(case: Case, play: Play) -> Standing:
    return _standing(case, play.stage.key, play.state)


def _standing(case: Case, stage: str, state: State) -> Standing:
    """A stage and a state as a learner is shown it: runs that agree in this are played on once."""
    return stage, *(round(state[each.name], each.decimals) for each in case.variables)


def _thinned(case: Case, layer: list[Play], most: int, explored: Explored) -> list[Play]:
    """As many plays as can be gone on with: of each stage the ends of each variable, and some between."""
    if len(layer) <= most:
        return layer
    explored.cut = True
    groups: dict[str, list[Play]] = {}
    for play in layer:
        groups.setdefault(play.stage.key, []).append(play)
    kept: dict[int, Play] = {}
    for plays in groups.values():
        for each in case.variables:
            plays = sorted(plays, key=lambda play: play.state[each.name])
            for play in (plays[0], plays[-1], *_evenly(plays, most // len(groups) // len(case.variables))):
                kept[id(play)] = play
    return list(kept.values())


def _evenly(values: Sequence[Each], most: int) -> list[Each]:
    """So many of these values at most, spread over all of them."""
    if len(values) <= most:
        return list(values)
    return [values[i * (len(values) - 1) // max(1, most - 1)] for i in range(most)]


def moves_of(play: Play) -> Moves:
    """The answers that led to where a play stands, stage by stage."""
    return tuple({each.decision.key: each.answer for each in step.settled} for step in play.steps)


def best_known(case: Case, role: str, seed: int = 0) -> Play:
    """The run in which each decision in turn is the one that is worth the most when it is made.

    Raises NotPlayable and FormulaError for a case that cannot be played to its end.
    """
    play = begin(case, role, seed)
    while not play.is_over:
        state, answers = play.state, {}
        for decision in play.stage.decisions_of(role):
            names = {**play.chances, **state}
            done = max(
                (settle(case, decision, each, state, play.chances) for each in candidates(decision, names)),
                key=lambda settled: settled.score,
            )
            answers[decision.key], state = done.answer, done.after
        play = advance(case, play, answers)
    return play
