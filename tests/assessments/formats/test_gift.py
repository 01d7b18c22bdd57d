"""Every construct of GIFT as Moodle documents it, in questions of our own."""

from typing import Any

import pytest

from assessments.formats.gift_read import read_gift
from assessments.formats.parsed import ParsedQuestion


def one(text: str) -> ParsedQuestion:
    """The only question of a file."""
    report = read_gift(text.encode())
    assert report.unsupported == [], report.unsupported
    assert len(report.questions) == 1
    return report.questions[0]


def content(text: str) -> dict[str, Any]:
    return dict(one(text).content)


def test_one_right_choice_among_wrong_ones_with_feedback_and_half_credit() -> None:
    question = one(
        "::Bottleneck::Which station limits the line?{\n"
        "  ~the first #Only if it is slowest\n  ~%50%the longest queue\n  =the slowest #Yes\n}"
    )
    assert (question.type, question.title, question.line) == ("single_choice", "Bottleneck", 1)
    assert question.content == {
        "stem": "Which station limits the line?",
        "choices": [
            {"text": "the first", "feedback": "Only if it is slowest"},
            {"text": "the longest queue", "weight": 50},
            {"text": "the slowest", "right": True, "feedback": "Yes"},
        ],
    }


def test_weights_that_our_rule_gives_anyway_are_not_stored() -> None:
    question = one("Which are costs?{~%50%rent ~%50%wages ~%-50%sales ~%-50%profit}")
    assert question.type == "multiple_choice"
    assert [choice.get("weight") for choice in question.content["choices"]] == [None] * 4


def test_other_weights_of_several_answers_are_stored_also_where_a_wrong_pick_costs_nothing() -> None:
    choices = content("Which are costs?{~%33.333%rent ~%66.667%wages ~sales}")["choices"]
    assert [choice["weight"] for choice in choices] == [33.333, 66.667, 0]
    assert [choice.get("right", False) for choice in choices] == [True, True, False]


@pytest.mark.parametrize(
    ("braces", "right"), [("{T}", True), ("{TRUE}", True), ("{F}", False), ("{ FALSE }", False)]
)
def test_true_or_false(braces: str, right: bool) -> None:
    question = one(f"Takt time is a target.{braces}")
    assert (question.type, question.content["right"]) == ("true_false", right)


def test_feedback_of_true_and_false_and_for_everybody() -> None:
    question = one("A queue is stock.{FALSE#It waits#Right so\n####Stock is what *is* there.}")
    assert question.content["feedback"] == "It waits"
    assert question.content["explanation"] == "Stock is what \\*is\\* there."
    assert "Right so" in question.losses[0].what


def test_short_answers_with_weights_patterns_and_the_rest() -> None:
    question = one("Who made it?{=Ohno =%75%Taiichi*#Full name\n =%0%*#Look it up}")
    assert question.type == "short_text"
    assert question.content["accept"] == [
        {"text": "Ohno"},
        {"pattern": "Taiichi*", "score": 75, "feedback": "Full name"},
    ]
    assert question.content["otherwise"] == "Look it up"


@pytest.mark.parametrize(
    ("braces", "answer", "tolerance"),
    [("#3.14:0.01", "3.14", "0.01"), ("#1..5", "3", "2"), ("#-2", "-2", "0"), ("#=1e3:5", "1000", "5")],
)
def test_figures_with_tolerance_and_ranges(braces: str, answer: str, tolerance: str) -> None:
    question = one(f"How many?{{{braces}}}")
    assert question.type == "numeric"
    assert (question.content["answer"], question.content["tolerance"]) == (answer, tolerance)


def test_wrong_figures_with_feedback_become_slips_and_half_right_ones_are_named() -> None:
    question = one("How many?{#\n=12:0#Good\n=%0%24:0#Twice\n=%50%12:2#Near\n~#No}")
    assert question.content["slips"] == [{"answer": "24", "feedback": "Twice"}]
    assert [loss.what for loss in question.losses] == [
        "Feedback for the right figure: “Good”",
        "50 % for 12 ± 2: “Near”",
        "Feedback for any other figure: “No”",
    ]


def test_matching_with_a_distractor() -> None:
    assert content("Match.{=[html]<b>kg</b> -> mass =s->time =m -> length = -> speed}") == {
        "stem": "Match.",
        "pairs": [
            {"left": "**kg**", "right": "mass"},
            {"left": "s", "right": "time"},
            {"left": "m", "right": "length"},
        ],
        "distractors": ["speed"],
    }


def test_a_missing_word_leaves_a_gap() -> None:
    assert content("Takt is {~slow =demand ~fast} driven.")["stem"] == "Takt is _____ driven."


def test_an_essay_becomes_a_written_answer() -> None:
    assert one("Explain the bullwhip.{}").type == "written"


def test_escaped_signs_and_line_ends_are_text() -> None:
    question = one(r"::a\:b::What is \{x\} \= 2 \~ 3\n\# 4 \\ 5?{= \=5 ~ \~6 }")
    assert question.title == "a:b"
    assert question.content["stem"] == "What is {x} = 2 ~ 3\\\n\\# 4 \\ 5?"
    assert [choice["text"] for choice in question.content["choices"]] == ["=5", "~6"]


@pytest.mark.parametrize(
    ("mark", "stem"),
    [
        ("[html]", "a **b** < *c*"),
        ("[markdown]", "a <b>b</b> &lt; *c*"),
        ("[plain]", "a \\<b>b\\</b> \\&lt; \\*c\\*"),
        ("", "a **b** < \\*c\\*"),
    ],
)
def test_marks_of_format_hold_for_the_text(mark: str, stem: str) -> None:
    text = "a <b>b</b> &lt; <i>c</i>" if mark == "[html]" else "a <b>b</b> &lt; *c*"
    assert content(f"{mark}{text}{{T}}")["stem"] == stem


def test_comments_ids_tags_and_categories_belong_to_what_follows() -> None:
    report = read_gift(
        b"// a heading\n\n$CATEGORY: $course$/top/Flow\n\n"
        b"// question: 7  [id:my-id] [tag:flow] [tag:objective:THR-1]\n::One::Stem\n// within\nmore{T}\n\n"
        b"$CATEGORY: Other\nTwo{F}\n"
    )
    first, second = report.questions
    assert (first.slug, first.tags, first.objective) == ("my-id", ("flow",), "THR-1")
    assert (first.category, first.line) == ("$course$/top/Flow", 6)
    assert first.content["stem"] == "Stem\\\nmore"
    assert (second.category, second.line, second.tags) == ("Other", 11, ())


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Only words.", "description", "asks nothing"),
        ("Open { =a ~b", "multichoice", "do not match"),
        ("Two {=a} and {=b}", "shortanswer", "several pairs"),
        ("How many?{#many}", "numerical", "not a number"),
        ("Which?{#=1 =2}", "numerical", "one right figure"),
        ("Which?{~a}", "multichoice", "fewer than two"),
        ("Match.{=a -> b =c}", "shortanswer", "no arrow"),
        ("Type.{= =a}", "shortanswer", "empty"),
    ],
)
def test_what_is_not_imported_is_named_with_line_and_reason(text: str, kind: str, reason: str) -> None:
    report = read_gift(f"Fine{{T}}\n\n{text}\n\nFine too{{F}}".encode())
    assert len(report.questions) == 2
    [unsupported] = report.unsupported
    assert (unsupported.line, unsupported.kind) == (3, kind)
    assert reason in unsupported.reason


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_ends_of_lines_will_do(end: str) -> None:
    report = read_gift(end.join(["A?{", "=yes", "~no", "}", "", "B?{T}"]).encode())
    assert [question.line for question in report.questions] == [1, 6]


def test_an_empty_line_within_braces_parts_nothing() -> None:
    question = one("::Pace::What sets it?{\n\n=demand #Yes\n\n// [tag:pull]\n~supply\n\n}")
    assert (question.title, question.line, question.tags) == ("Pace", 1, ("pull",))
    assert [choice["text"] for choice in question.content["choices"]] == ["demand", "supply"]


@pytest.mark.parametrize("after", ["::Next::Is it?{T}", "Is it?{T}", "$CATEGORY: More\n\nIs it?{T}"])
def test_a_brace_that_is_never_closed_takes_nothing_with_it(after: str) -> None:
    report = read_gift(f"Open{{=a ~b\n\n~c\n\n{after}".encode())
    assert [question.content["stem"] for question in report.questions] == ["Is it?"]
    assert [(each.line, "asks nothing" in each.reason) for each in report.unsupported] == [
        (1, False),
        (3, True),
    ]


def test_titles_part_questions_where_empty_lines_are_missing() -> None:
    report = read_gift(
        b"// [tag:one]\n::One::A {=b\n::not a title::\n} c.\n"
        b"// [tag:two][id:second]\n::Two::D?{T}\n::Three::Only words"
    )
    assert [(question.title, question.line) for question in report.questions] == [("One", 2), ("Two", 6)]
    assert [question.tags for question in report.questions] == [("one",), ("two",)]
    assert report.questions[1].slug == "second"
    assert [(each.name, each.line) for each in report.unsupported] == [("Three", 7)]


def test_a_category_belongs_to_no_question_where_the_empty_line_is_missing() -> None:
    report = read_gift(b"A?{T}\n$CATEGORY: Flow\nB?{F}")
    assert [(question.title, question.category) for question in report.questions] == [
        ("A?", ""),
        ("B?", "Flow"),
    ]


def test_a_tilde_before_the_equals_sign_still_marks_the_right_choice() -> None:
    choices = content("Which?{~=a ~b ~ =c}")["choices"]
    assert choices == [{"text": "a", "right": True}, {"text": "b"}, {"text": "c", "right": True}]


def test_a_star_among_figures_is_any_other_figure() -> None:
    question = one("How many?{#=5:1 =%0%*#Count again.}")
    assert (question.content["answer"], question.content["tolerance"]) == ("5", "1")
    assert "Count again." in question.losses[0].what
    [refused] = read_gift(b"How many?{#=5 =%50%*}").unsupported
    assert "Any figure at all" in refused.reason


def test_all_that_is_said_of_other_figures_is_named() -> None:
    question = one("How many?{#=5:1 =%-50%*#Count again. =%0%*#Count twice. ~#Stop.}")
    assert [loss.what for loss in question.losses] == [
        "Weight -50 % of any other answer",
        "Feedback for any other figure: “Stop. Count again. Count twice.”",
    ]


def test_what_any_other_text_costs_is_named() -> None:
    question = one("Who?{=Ohno =%-10%*#Look it up}")
    assert question.content["otherwise"] == "Look it up"
    assert [loss.what for loss in question.losses] == ["Weight -10 % of any other answer"]


def test_several_right_figures_with_weights_are_refused_whole() -> None:
    [refused] = read_gift(b"How many?{#=5:0 =6:0 =%50%4..7}").unsupported
    assert "Several figures are right" in refused.reason


def test_feedback_that_is_lost_is_named_in_plain_words() -> None:
    question = one("[html]True?{T#No#<b>Yes</b>,<br>5*6*7}")
    assert question.losses[0].what == "Feedback for the right answer: “Yes, 5*6*7”"


@pytest.mark.parametrize(
    ("options", "lost"),
    [
        ("2 none", []),
        ("3 ALL VERTICAL", []),
        ("3", ["Options “3”"]),
        ("3 RANDOM HORIZONTAL ABSOLUTE_POSITION SHOW abc", ["RANDOM HORIZONTAL ABSOLUTE_POSITION SHOW abc"]),
    ],
)
def test_an_ordering_as_moodle_writes_it(options: str, lost: list[str]) -> None:
    question = one(f"::Steps::[html]Put them in order.{{>{options}\norder\n<b>make</b>\n\nship\npaid\n}}")
    assert question.type == "ordering"
    things = [item["text"] for item in question.content["items"]]
    assert things == ["order", "**make**", "ship", "paid"]
    assert len(question.losses) == len(lost)
    assert all(said in loss.what for said, loss in zip(lost, question.losses, strict=True))


@pytest.mark.parametrize("opening", [">3 ", ">", "> ", ">3 ALL "])
def test_the_first_thing_of_an_ordering_may_stand_on_its_first_line(opening: str) -> None:
    question = one(f"Put them in order.{{{opening}order\nmake\nship}}")
    assert question.type == "ordering"
    assert [item["text"] if isinstance(item, dict) else item for item in question.content["items"]] == [
        "order",
        "make",
        "ship",
    ]


def test_an_ordering_of_figures_keeps_every_figure() -> None:
    question = one("Put them in order.{>3\n10\n20\n30}")
    assert question.type == "ordering"
    assert "30" in str(question.content) and "10" in str(question.content)


def test_a_typed_answer_may_begin_with_a_larger_sign() -> None:
    assert content("Which sign?{>5}")["accept"] == [{"text": ">5"}]
