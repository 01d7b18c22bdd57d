"""Every element of Moodle XML that Moodle documents, in questions of our own."""

import pytest

from assessments.formats.moodle_read import read_moodle_xml
from tests.assessments.formats.moodle_xml import BOTH_TRUTHS, answer, bare, one, own, question, quiz


def test_one_choice_with_half_credit() -> None:
    answers = answer(100, "a", "Yes") + answer(50, "b") + answer(-25, "c", "No") + answer(0, "d")
    assert own(one("multichoice", f"<single>true</single>{answers}")) == {
        "choices": [
            {"text": "a", "right": True, "feedback": "Yes"},
            {"text": "b", "weight": 50},
            {"text": "c", "weight": -25, "feedback": "No"},
            {"text": "d"},
        ]
    }


def test_several_choices_with_the_shares_of_our_rule_and_others() -> None:
    rule = answer(33.33333, "a") * 3 + answer(-100, "b")
    assert "weight" not in str(own(one("multichoice", f"<single>false</single>{rule}")))
    other = answer(50, "a") * 2 + answer(-33.33333, "b") + answer(0, "c")
    choices = own(one("multichoice", f"<single>false</single>{other}"))["choices"]
    assert [choice["weight"] for choice in choices] == [50, 50, -33.33333, 0]


def test_true_or_false_with_feedback_of_both() -> None:
    parsed = one("truefalse", answer(0, "true", "Not so") + answer(100, "false", "Right"))
    assert own(parsed) == {"right": False, "feedback": "Not so"}
    assert "Right" in parsed.losses[0].what


def test_short_answers_with_case_and_the_rest() -> None:
    parsed = one(
        "shortanswer",
        "<usecase>1</usecase>" + answer(100, "Takt") + answer(80, "T*t", "Near") + answer(0, "*", "No"),
    )
    assert own(parsed) == {
        "accept": [{"text": "Takt"}, {"pattern": "T*t", "score": 80, "feedback": "Near"}],
        "otherwise": "No",
        "case": True,
    }


def test_figures_with_tolerance_and_units() -> None:
    tolerance = "<tolerance>0.05</tolerance>"
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
    )
    parsed = one(
        "numerical", answer(100, "3.140", "", tolerance) + answer(0, "314", "Metres", tolerance) + units
    )
    assert own(parsed) == {
        "answer": "3.14",
        "tolerance": "0.05",
        "unit": "m",
        "slips": [{"answer": "314", "feedback": "Metres"}],
    }
    assert [loss.what for loss in parsed.losses] == ["Unit “cm” (times 100)"]


def test_matching_and_ordering() -> None:
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("kg", "mass"), ("s", "time"), ("", "speed"))
    )
    assert own(one("matching", pairs)) == {
        "pairs": [{"left": "kg", "right": "mass"}, {"left": "s", "right": "time"}],
        "distractors": ["speed"],
    }
    items = own(one("ordering", answer(1, "first") + answer(1, "second") + answer(0, "third")))["items"]
    assert [item["text"] for item in items] == ["first", "second", "third"]


def test_an_essay_keeps_its_length_and_names_the_notes_for_graders() -> None:
    notes = "<graderinfo><text>Look for queues.</text></graderinfo>"
    parsed = one("essay", f"{notes}<minwordlimit>50</minwordlimit>")
    assert (parsed.type, own(parsed)) == ("written", {"words": {"from": 50}})
    assert "Look for queues." in parsed.losses[0].what


def test_tags_of_a_course_are_tags_and_accents_stay() -> None:
    tags = (
        "<coursetags><tag><text>Été</text></tag></coursetags><tags><tag><text>flux tiré</text></tag></tags>"
    )
    parsed = one("truefalse", BOTH_TRUTHS + tags)
    assert (parsed.tags, parsed.losses) == (("flux tiré", "Été"), ())


def test_thirds_are_kept_as_they_are_or_by_our_rule() -> None:
    thirds = answer(33.33333, "a") + answer(33.33333, "b") + answer(33, "c") + answer(-50, "d") * 2
    choices = own(one("multichoice", f"<single>false</single>{thirds}"))["choices"]
    assert [choice["weight"] for choice in choices] == [33.33333, 33.33333, 33, -50, -50]


def test_texts_of_every_format_and_their_files() -> None:
    answers = (
        '<answer fraction="100" format="markdown"><text>**a**</text></answer>'
        '<answer fraction="0" format="plain_text"><text><![CDATA[<b> & *c*]]></text>'
        '<feedback format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/n.png" alt="No">Never.]]></text>'
        '<file name="n.png" encoding="base64">AAAA</file></feedback></answer>'
        '<answer fraction="0" format="moodle_auto_format"><text>d &lt;i&gt;e&lt;/i&gt;\nf</text></answer>'
    )
    parsed = one("multichoice", f"<single>true</single>{answers}")
    assert own(parsed)["choices"] == [
        {"text": "**a**", "right": True},
        {"text": "\\<b> & \\*c\\*", "feedback": "No Never."},
        {"text": "d *e*\\\nf"},
    ]
    assert [loss.what for loss in parsed.losses] == ["Picture “No”", "File “n.png”"]


def test_tags_hints_penalty_and_id_are_kept() -> None:
    parsed = one(
        "truefalse",
        answer(100, "true")
        + answer(0, "false")
        + "<idnumber>my-id</idnumber><penalty>0.25</penalty><hint><text>Think.</text></hint>"
        + "<tags><tag><text>flow</text></tag><tag><text>objective:THR-1</text></tag></tags>",
    )
    assert (parsed.slug, parsed.tags, parsed.objective) == ("my-id", ("flow",), "THR-1")
    assert (parsed.content["hints"], parsed.content["penalty"]) == (["Think."], 25)


def test_categories_belong_to_what_follows_and_their_description_is_named() -> None:
    category = (
        '<question type="category"><category><text>top/Flow</text></category>'
        "<info><text>All of flow</text></info></question>"
    )
    both = answer(100, "true") + answer(0, "false")
    report = quiz(question("truefalse", both), category, question("truefalse", both))
    assert [parsed.category for parsed in report.questions] == ["", "top/Flow"]
    assert "All of flow" in report.remarks[0].message


@pytest.mark.parametrize(
    "kind",
    [
        "cloze",
        "calculated",
        "calculatedsimple",
        "calculatedmulti",
        "ddmarker",
        "ddwtos",
        "ddimageortext",
        "gapselect",
        "description",
        "random",
        "randomsamatch",
        "stack",
        "coderunner",
        "multichoiceset",
        "gapfill",
        "regexp",
        "oumultiresponse",
        "essayautograde",
        "multianswerwiris",
    ],
)
def test_types_without_a_counterpart_are_named_one_by_one(kind: str) -> None:
    [unsupported] = quiz("", question(kind, "")).unsupported
    assert (unsupported.name, unsupported.kind, unsupported.line) == ("A name", kind, 4)
    assert unsupported.reason


@pytest.mark.parametrize(
    ("kind", "inside", "reason"),
    [
        ("multichoice", answer(100, "a"), "fewer than two"),
        ("multichoice", answer("much", "a") * 2, "not a weight"),
        ("truefalse", answer(100, "yes") + answer(0, "no"), "not “true” and “false”"),
        ("truefalse", answer(100, "true") + answer(0, "false") * 2, "not “true” and “false”"),
        ("truefalse", answer(0, "true") + answer(0, "false"), "worth the same"),
        ("numerical", answer(100, "many"), "not a number"),
        ("shortanswer", answer(100, ""), "empty"),
        ("matching", "", "fewer than two pairs"),
        ("", "", "of which type"),
    ],
)
def test_broken_questions_are_named_with_the_reason(kind: str, inside: str, reason: str) -> None:
    [unsupported] = quiz(question(kind, inside)).unsupported
    assert reason in unsupported.reason


def test_texts_without_a_format_have_that_of_the_question() -> None:
    answers = "".join(
        f'<answer fraction="{worth}"><text><![CDATA[<i>so\nmuch</i> {worth}]]></text></answer>'
        for worth in (100, 0)
    )
    stem = '<questiontext format="{}"><text>Which?</text></questiontext><single>1</single>'
    texts = []
    for form in ("html", "moodle_auto_format", "plain_text"):
        report = quiz(f'<question type="multichoice">{stem.format(form)}{answers}</question>')
        texts.append(report.questions[0].content["choices"][0]["text"])
    assert texts == ["*so much* 100", "*so\\\nmuch* 100", "\\<i>so\\\nmuch\\</i> 100"]


def test_a_text_that_is_not_wrapped_is_read() -> None:
    report = quiz('<question type="essay"><questiontext format="html">Say why.</questiontext></question>')
    assert report.questions[0].content["stem"] == "Say why."
    feedback = "<feedback>Yes</feedback>"
    assert own(one("shortanswer", f'<answer fraction="100">pull {feedback}</answer>'))["accept"] == [
        {"text": "pull", "feedback": "Yes"}
    ]
    assert (
        own(one("numerical", '<answer fraction="100"> 4 <tolerance>1</tolerance></answer>'))["answer"] == "4"
    )
    two = '<answer fraction="100">true</answer><answer fraction="0">false</answer>'
    assert own(one("truefalse", two)) == {"right": True}


@pytest.mark.parametrize("multiplier", ["1", "1.0", "1.0000000", ""])
def test_the_unit_times_one_is_the_unit(multiplier: str) -> None:
    unit = f"<unit><multiplier>{multiplier}</multiplier><unit_name>min</unit_name></unit>"
    parsed = one("numerical", f"{answer(100, '4')}<units>{unit}</units>")
    assert (own(parsed)["unit"], parsed.losses) == ("min", ())


def test_a_single_question_needs_no_quiz_around_it() -> None:
    report = read_moodle_xml(question("truefalse", answer(100, "true") + answer(0, "false")).encode())
    assert [parsed.type for parsed in report.questions] == ["true_false"] and report.remarks == []


def test_markup_in_a_text_without_wrapping_is_kept() -> None:
    parsed = bare("essay", "<questiontext>What is <b>takt</b> time?</questiontext>")
    assert parsed.content["stem"] == "What is **takt** time?"
    assert parsed.losses == ()
