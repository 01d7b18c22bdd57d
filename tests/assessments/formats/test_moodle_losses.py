"""What of Moodle XML is not carried over: all of it is named, and nothing else is."""

import pytest

from tests.assessments.formats.moodle_xml import BOTH_TRUTHS, answer, bare, lost, one, own, question, quiz


@pytest.mark.parametrize(
    ("kind", "inside", "named"),
    [
        ("truefalse", BOTH_TRUTHS + "<text>lost</text>", "<text>: “lost”"),
        ("truefalse", BOTH_TRUTHS + "<tags><text>lost</text></tags>", "<text> in <tags>: “lost”"),
        ("truefalse", BOTH_TRUTHS + "<penalty>0.125</penalty>", "Penalty “0.125”"),
        ("truefalse", answer(100, "true") + answer(20, "false"), "Weight 20 %"),
        (
            "truefalse",
            answer(100, "true", "", "<file name='a.png'>AA</file>") + answer(0, "false"),
            "File “a.png”",
        ),
        ("shortanswer", answer(100, "pull", "", "<file name='a.png'>AA</file>"), "File “a.png”"),
        ("shortanswer", answer(100, "pull", "", "<tolerance>2</tolerance>"), "<tolerance> in <answer>: “2”"),
        ("shortanswer", answer(100, "pull") + answer(-20, "*", "No"), "Weight -20 % of any other answer"),
        (
            "shortanswer",
            answer(100, "pull") + "<usecase>0</usecase><usecase>1</usecase>",
            "A second <usecase>: “1”",
        ),
        ("essay", "<maxwordlimit>few</maxwordlimit>", "Limit of words “few”"),
        (
            "essay",
            "<responsetemplate><text>I <b>think</b></text></responsetemplate>",
            "<responsetemplate>: “I <b>think</b>”",
        ),
        ("essay", "<attachments>-1</attachments>", "<attachments>: “-1”"),
        ("essay", "<image>plan.png</image>", "<image>: “plan.png”"),
        ("essay", "<hint format='wiki_like'><text>= A =</text></hint>", "Text format “wiki_like”"),
        ("essay", "<hint><text>one</text><text>two</text></hint>", "A second <text>: “two”"),
        (
            "multichoice",
            answer(100, "a", "", "<fraction>50</fraction>") + answer(0, "b"),
            "<fraction> in <answer>: “50”",
        ),
        ("numerical", answer(100, "5") + answer(-10, "*"), "Weight -10 % of any other answer"),
    ],
)
def test_whatever_is_not_carried_over_is_named_once(kind: str, inside: str, named: str) -> None:
    assert lost(kind, inside) == [named]


@pytest.mark.parametrize("penalty", ["0.3333333", "0.25", "1.0000000", "0"])
def test_penalties_of_whole_per_cent_and_the_usual_third_are_no_loss(penalty: str) -> None:
    assert lost("truefalse", f"{BOTH_TRUTHS}<penalty>{penalty}</penalty>") == []


def test_all_feedback_for_other_figures_is_named() -> None:
    rest = answer(0, "*", "Count again.") + answer(0, "*", "Slowly.")
    assert lost("numerical", answer(100, "5") + rest) == [
        "Feedback for any other figure: “Count again. Slowly.”"
    ]


def test_a_second_answer_and_feedback_of_a_pair_are_named() -> None:
    pair = "<subquestion><text>{}</text><answer><text>{}</text>{}</answer>{}</subquestion>"
    pairs = pair.format(
        "kg", "mass", "<feedback><text>So</text></feedback>", "<answer><text>load</text></answer>"
    )
    losses = lost("matching", pairs + pair.format("s", "time", "", ""))
    assert losses == ["A second <answer>: “load”", "<feedback> in <answer>: “<text>So</text>”"]


def test_what_cannot_be_carried_over_is_named_and_defaults_are_not() -> None:
    parsed = one(
        "truefalse",
        answer(100, "true")
        + answer(0, "false")
        + "<defaultgrade>2</defaultgrade><hidden>0</hidden><correctfeedback><text>Well done</text>"
        + "</correctfeedback><shuffleanswers>false</shuffleanswers><penalty>0.3333333</penalty>",
    )
    assert [loss.what for loss in parsed.losses] == [
        "<defaultgrade>: “2”",
        "<correctfeedback>: “Well done”",
        "<shuffleanswers>: “false”",
    ]
    assert "penalty" not in parsed.content


def test_files_and_pictures_are_named() -> None:
    stem = (
        '<question type="truefalse"><questiontext format="html"><text>&lt;img src="@@PLUGINFILE@@/a.png" '
        'alt="A line"&gt; Look.</text><file name="a.png" encoding="base64">AAAA</file></questiontext>'
        f"{answer(100, 'true')}{answer(0, 'false')}</question>"
    )
    parsed = quiz(stem).questions[0]
    assert parsed.content["stem"] == "A line Look."
    assert [loss.what for loss in parsed.losses] == ["Picture “A line”", "File “a.png”"]


def test_empty_elements_say_nothing_and_are_no_loss() -> None:
    empty = "<responsetemplate format='html'><text></text></responsetemplate><filetypeslist></filetypeslist>"
    assert one("essay", empty).losses == ()


def test_every_option_of_a_hint_is_named() -> None:
    hint = "<hint><text>Look again.</text><options>1</options><clearwrong>0</clearwrong></hint>"
    parsed = one("truefalse", answer(100, "true") + answer(0, "false") + hint)
    assert [loss.what for loss in parsed.losses] == ["Option <options> of a hint"]


def test_the_id_of_a_category_is_named() -> None:
    category = (
        '<question type="category"><category><text>Flow</text></category><idnumber>F-1</idnumber></question>'
    )
    [remark] = quiz(category).remarks
    assert remark.message == "The id of the category “Flow” was left out: “F-1”."


def test_feedback_on_things_to_put_in_order_is_named() -> None:
    things = answer(1, "order", "First.") + answer(2, "invoice")
    parsed = one("ordering", things)
    assert own(parsed) == {"items": [{"text": "order"}, {"text": "invoice"}]}
    assert [loss.what for loss in parsed.losses] == ["Feedback for “order”: “First.”"]


def test_what_a_second_element_says_otherwise_is_named() -> None:
    again = "<name><text>A name</text></name><penalty>0.5</penalty><penalty>0.1</penalty>"
    losses = [loss.what for loss in one("truefalse", answer(100, "true") + answer(0, "false") + again).losses]
    assert losses == ["A second <penalty>: “0.1”"]


def test_text_beside_the_elements_of_a_question_is_named() -> None:
    inside = (
        "lost here<questiontext>and here<text>Stem</text></questiontext>"
        "<answer fraction='100'>there<text>A</text></answer><answer fraction='0'><text>B</text></answer>"
        "<single>true</single>"
    )
    said = [loss.what for loss in bare("multichoice", inside).losses]
    assert any("lost here" in each for each in said)
    assert any("and here" in each for each in said)
    assert any("there" in each for each in said)
    assert len(said) == 3


def test_text_between_questions_is_named() -> None:
    report = quiz("stray words", question("essay", "<questiontext><text>Why?</text></questiontext>"))
    assert len(report.questions) == 1
    assert any("stray words" in remark.message for remark in report.remarks)


def test_an_element_within_an_answer_that_nothing_reads_is_named() -> None:
    inside = (
        "<questiontext><text>Stem</text></questiontext><single>true</single>"
        "<answer fraction='100'><text>A</text><weight>7</weight></answer>"
        "<answer fraction='0'><text>B</text></answer>"
    )
    (loss,) = bare("multichoice", inside).losses
    assert "<weight> in <answer>: “7”" in loss.what


def test_how_many_things_are_picked_says_nothing_where_all_are() -> None:
    inside = (
        "<questiontext><text>Order</text></questiontext><selecttype>ALL</selecttype><selectcount>2</selectcount>"
        + "".join(f"<answer fraction='{n}'><text>{n}</text></answer>" for n in range(1, 4))
    )
    assert bare("ordering", inside).losses == ()
