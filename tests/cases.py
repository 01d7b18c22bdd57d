"""A small case for tests: two roles, four stages, three endings, every kind of decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from assessments.models import CaseRun, Question
from assessments.services.answers import check_answer
from assessments.services.case_moves import decide, record_forecast
from assessments.services.case_writing import finish_if_written
from assessments.services.cases import recommendation_of, start_run
from concepts.models import CaseStudy
from tests.factories import CaseStudyFactory, LearnerFactory, ObjectiveFactory, QuestionFactory

Answers = Mapping[str, Mapping[str, Any]]
# What can be decided in each stage: through all of them as either role, or out after the first.
THROUGH: list[dict[str, dict[str, Any]]] = [
    {"overtime": {"option": "few"}},
    {
        "batch": {"figures": {"size": 100}},
        "budget": {"figures": {"training": 10, "spares": 20}},
    },
    {"priority": {"order": ["late_ones", "rush_ones", "new_ones"]}},
]
QUIT: list[dict[str, dict[str, Any]]] = [{"overtime": {"option": "none"}}]
ROWS = "1,40,4\n2,44,6\n3,48,12\n4,50,9"


def small_case(objective: str = "CAS-1") -> dict[str, Any]:
    """The document. All decisions point at one objective."""
    return {
        "brief": "The **press shop** is late, and its customer asks why.",
        "roles": [
            {"key": "production", "name": "Production manager", "brief": "You run the presses."},
            {"key": "operations", "name": "Operations manager", "brief": "You answer to the customer."},
        ],
        "variables": [
            {
                "name": "on_time",
                "label": "On-time share",
                "unit": "%",
                "initial": 80,
                "better": "higher",
                "minimum": 0,
                "maximum": 100,
            },
            {"name": "cost", "label": "Cost", "unit": "k€", "initial": 10, "better": "lower", "decimals": 1},
        ],
        "chances": [{"name": "rush", "label": "Rush orders", "minimum": 0, "maximum": 3}],
        "exhibits": [
            {
                "key": "orders",
                "title": "Orders by week",
                "note": "From the order book.",
                "table": {
                    "columns": [
                        {"name": "week", "label": "Week", "kind": "number"},
                        {"name": "orders", "label": "Orders", "kind": "number"},
                        {"name": "late", "label": "Late", "kind": "number"},
                    ],
                    "rows": ROWS,
                },
            },
            {
                "key": "late-chart",
                "title": "Late orders",
                "roles": ["production"],
                "chart": {
                    "kind": "line",
                    "table": "orders",
                    "x": "week",
                    "y": ["orders", "late"],
                    "label": "Late orders rise from 4 to 12 and fall back to 9.",
                },
            },
            {
                "key": "mail",
                "title": "A mail from the customer",
                "roles": ["operations"],
                "text": "We **leave** in a month.",
            },
        ],
        "stages": [
            {
                "key": "first",
                "title": "The first week",
                "text": "Something has to be done today.",
                "texts": {"operations": "The customer is on the telephone."},
                "exhibits": ["orders"],
                "forecast": {"variable": "on_time", "question": "Where will the on-time share stand?"},
                "checkpoints": ["small-case-late"],
                "decisions": [
                    {
                        "key": "overtime",
                        "kind": "choose",
                        "objective": objective,
                        "title": "Overtime",
                        "question": "Who works on Saturday?",
                        "options": [
                            {
                                "key": "all",
                                "label": "Everybody",
                                "quality": 0.4,
                                "text": "It is loud, and the share rises.",
                                "reasoning": "Capacity was not what was short.",
                                "effects": {"on_time": "on_time + 6 - rush", "cost": "cost + 4"},
                            },
                            {
                                "key": "few",
                                "label": "The two at the slowest press",
                                "quality": 1,
                                "text": "The slowest press keeps running.",
                                "reasoning": "The slowest press sets the pace.",
                                "effects": {"on_time": "on_time + 5", "cost": "cost + 1"},
                            },
                            {
                                "key": "none",
                                "label": "Nobody",
                                "quality": 0.1,
                                "text": "The queue grows.",
                                "reasoning": "It saves money that the customer then asks back.",
                                "effects": {"on_time": "on_time - 8"},
                                "to": "bad-end",
                            },
                        ],
                    }
                ],
                "next": [{"when": "on_time >= 84", "to": "second"}, {"to": "rescue"}],
            },
            {
                "key": "second",
                "title": "The second week",
                "text": "Batches are next.",
                "forecast": {"variable": "cost", "question": "What will it have cost?"},
                "decisions": [
                    {
                        "key": "batch",
                        "kind": "numbers",
                        "objective": objective,
                        "title": "Batch size",
                        "question": "How many in a batch?",
                        "figures": [
                            {
                                "name": "size",
                                "label": "Batch",
                                "unit": "pieces",
                                "minimum": 20,
                                "maximum": 200,
                                "step": 20,
                            }
                        ],
                        "cost": {
                            "expression": "4800 / size + size / 2",
                            "best": {"size": 100},
                            "nothing_at": 100,
                        },
                        "outcomes": [
                            {
                                "when": "size > 140",
                                "text": "Stock piles up.",
                                "reasoning": "Holding costs more than set-ups save.",
                                "effects": {"cost": "cost + 3"},
                            },
                            {
                                "text": "It flows.",
                                "reasoning": "Near the balance.",
                                "effects": {"cost": "cost + 1"},
                            },
                        ],
                    },
                    {
                        "key": "budget",
                        "kind": "allocate",
                        "roles": ["operations"],
                        "objective": objective,
                        "title": "Budget",
                        "question": "Where does the money go?",
                        "total": 30,
                        "unit": "k€",
                        "spend_all": True,
                        "figures": [
                            {"name": "training", "label": "Training", "minimum": 0, "maximum": 30, "step": 5},
                            {
                                "name": "spares",
                                "label": "Spare parts",
                                "minimum": 0,
                                "maximum": 30,
                                "step": 5,
                            },
                        ],
                        "outcomes": [
                            {
                                "when": "spares >= 15",
                                "quality": 0.9,
                                "text": "Fewer stops.",
                                "reasoning": "Stops were the cause.",
                                "effects": {"on_time": "on_time + 3"},
                            },
                            {
                                "quality": 0.3,
                                "text": "Little changes.",
                                "reasoning": "Skill was not short.",
                                "effects": {"on_time": "on_time + 1"},
                            },
                        ],
                    },
                ],
                "next": [{"to": "third"}],
            },
            {
                "key": "rescue",
                "title": "A rescue",
                "text": "The customer calls.",
                "decisions": [
                    {
                        "key": "call",
                        "kind": "choose",
                        "objective": objective,
                        "title": "The call",
                        "question": "What do you promise?",
                        "options": [
                            {
                                "key": "date",
                                "label": "A date that holds",
                                "quality": 1,
                                "text": "They wait.",
                                "reasoning": "A date that holds is worth more.",
                                "effects": {"on_time": "on_time + 4"},
                            },
                            {
                                "key": "soon",
                                "label": "As soon as we can",
                                "quality": 0.3,
                                "text": "They ask again.",
                                "reasoning": "It promises nothing.",
                                "effects": {"on_time": "on_time - 1"},
                            },
                        ],
                    }
                ],
                "next": [{"to": "third"}],
            },
            {
                "key": "third",
                "title": "The third week",
                "text": "What comes first?",
                "decisions": [
                    {
                        "key": "priority",
                        "kind": "order",
                        "objective": objective,
                        "title": "Priorities",
                        "question": "Put them in order.",
                        "items": [
                            {"name": "late_ones", "label": "Late orders"},
                            {"name": "rush_ones", "label": "Rush orders"},
                            {"name": "new_ones", "label": "New orders"},
                        ],
                        "best_order": ["late_ones", "rush_ones", "new_ones"],
                        "outcomes": [
                            {
                                "when": "late_ones == 1",
                                "text": "The pile shrinks.",
                                "reasoning": "Old promises first.",
                                "effects": {"on_time": "on_time + 2"},
                            },
                            {
                                "text": "The pile stays.",
                                "reasoning": "Old promises wait.",
                                "effects": {"cost": "cost + 1"},
                            },
                        ],
                    }
                ],
                "next": [{"when": "on_time >= 88", "to": "good-end"}, {"to": "middle-end"}],
            },
            {"key": "good-end", "title": "They stay", "text": "The customer signs again.", "ending": True},
            {
                "key": "middle-end",
                "title": "On probation",
                "text": "Three months to prove it.",
                "ending": True,
            },
            {"key": "bad-end", "title": "They leave", "text": "The contract ends.", "ending": True},
        ],
        "recommendation": "small-case-recommendation",
        "debrief": "The slowest press set the pace.",
        "views": {"production": "Presses first.", "operations": "Promises first."},
        "compared": "One saw presses, the other a mail.",
        "teaching_note": "Begin with the slowest press.",
    }


def make_case(**options: Any) -> CaseStudy:
    """The small case, published, with its checkpoint and its recommendation."""
    objective = ObjectiveFactory(code=options.pop("code", "CAS-1"))
    case: CaseStudy = CaseStudyFactory(content=small_case(objective.code), **options)
    question = {"objective": objective, "case": case, "publish": True}
    QuestionFactory(slug="small-case-late", type="numeric", **question)
    QuestionFactory(slug="small-case-recommendation", type="written", **question)
    assert Question.objects.filter(case=case).count() == 2
    return case


def make_run(case: CaseStudy | None = None, *, role: str = "production", **options: Any) -> CaseRun:
    """A run that has just begun."""
    learner = options.pop("learner", None) or LearnerFactory()
    return start_run(learner=learner, case=case or make_case(), role=role, now=timezone.now())


def move(run: CaseRun, answers: Answers, *, now: datetime | None = None, forecast: float = 80) -> CaseRun:
    """Forecast, where that is asked, and decide the stage in which a run stands."""
    now, run = now or timezone.now(), CaseRun.objects.get(pk=run.pk)
    position, stage = run.stages_done + 1, run.version.document.stage(run.stage)
    if stage.forecast:
        record_forecast(run=run, position=position, value=forecast, reason="It rose before.", now=now)
    taken = {each.key: answers[each.key] for each in stage.decisions_of(run.role)}
    return decide(run=run, position=position, answers=taken, draft={}, revision=0, now=now)


def hand_in(run: CaseRun, text: str = "", *, now: datetime | None = None) -> CaseRun:
    """Write the recommendation, or give it up, which finishes the run."""
    now, item = now or timezone.now(), recommendation_of(run)
    assert item is not None
    check_answer(item=item, posted={"answer": [text]}, revision=0, now=now, gives_up=not text)
    finish_if_written(attempt=run.attempt, now=now)
    return CaseRun.objects.get(pk=run.pk)


def play(run: CaseRun, moves: list[dict[str, dict[str, Any]]] = QUIT, text: str = "", **at: Any) -> CaseRun:
    """A run played to its end and handed in."""
    for answers in moves:
        run = move(run, answers, **at)
    return hand_in(run, text, **at)
