"""The diagnostic on its pages: told of, gone through without scripts, handed in, and what it says then."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Attempt, Evidence, Learner
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from concepts.models import Module
from tests.assessments import lives
from tests.assessments.diagnostics import course, give, walk
from tests.factories import AssessmentFactory, PartFactory, QuestionFactory


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def url(attempt: Attempt, position: int) -> str:
    return reverse("assessments:question", args=[attempt.pk, position])


def begin(me: Learner, diagnostic: Assessment) -> Attempt:
    return start_attempt(learner=me, assessment=diagnostic, now=timezone.now())


def post(mine: Client, attempt: Attempt, position: int, answer: str) -> str:
    revision = attempt.items.get(position=position).revision
    response = mine.post(url(attempt, position), {"answer": answer, "revision": revision})
    assert response.status_code == 302
    return str(response["Location"])


def test_the_start_says_how_long_it_may_get_and_has_no_pass_mark(mine: Client) -> None:
    page = text(mine.get(course(3, 3, intro="It finds out.").get_absolute_url()))
    assert "Two questions to begin with, one for each module." in page
    assert "At most six in all." in page
    assert "Leave blank what you do not know" in page
    assert "Pass mark" not in page
    assert "3 objectives" in page


def test_the_page_says_that_more_may_follow(mine: Client, me: Learner) -> None:
    page = text(mine.get(url(begin(me, course(3, 3)), 1)))
    assert "Question 1 of 2 so far" in page
    assert "Two questions so far; where you know a module, more follow." in page
    assert "Course diagnostic" in page
    assert "Save and go on" in page


def test_the_last_answer_of_a_round_leads_on_to_the_next_and_in_the_end_to_handing_in(
    mine: Client, me: Learner
) -> None:
    attempt = begin(me, course(3, 3))
    assert post(mine, attempt, 1, "a") == url(attempt, 2)
    assert post(mine, attempt, 2, "") == url(attempt, 3)
    assert post(mine, attempt, 3, "a") == url(attempt, 4)
    assert post(mine, attempt, 4, "a") == reverse("assessments:submit", args=[attempt.pk])
    page = text(mine.get(reverse("assessments:submit", args=[attempt.pk])))
    assert "One question is blank, which counts as not known." in page
    assert not Evidence.objects.exists()


def test_sending_the_last_answer_twice_adds_one_round(mine: Client, me: Learner) -> None:
    attempt = begin(me, course(3))
    for _ in range(2):
        mine.post(url(attempt, 1), {"answer": "a", "revision": 0})
    assert attempt.items.count() == 3


def test_a_stale_tab_changes_nothing_and_adds_nothing(mine: Client, me: Learner) -> None:
    attempt = begin(me, course(3))
    post(mine, attempt, 1, "b")
    assert mine.post(url(attempt, 1), {"answer": "a", "revision": 0}).status_code == 409
    assert attempt.items.count() == 1


def test_an_answer_saved_while_it_was_typed_is_followed_on_coming_back(mine: Client, me: Learner) -> None:
    attempt = begin(me, course(3))
    mine.post(reverse("assessments:save", args=[attempt.pk, 1]), {"answer": "a", "revision": 0})
    assert attempt.items.count() == 1
    back = mine.get(reverse("assessments:submit", args=[attempt.pk]))
    assert back["Location"] == reverse("assessments:attempt", args=[attempt.pk])
    assert mine.get(back["Location"])["Location"] == url(attempt, 2)
    assert mine.get(reverse("assessments:submit", args=[attempt.pk])).status_code == 200


def test_coming_back_leads_on_and_not_to_what_was_passed_over(mine: Client, me: Learner) -> None:
    attempt = begin(me, course(3, 3))
    post(mine, attempt, 1, "")
    post(mine, attempt, 2, "a")
    assert mine.get(attempt.get_absolute_url())["Location"] == url(attempt, 3)
    assert "Go on with question 3" in text(mine.get(attempt.assessment.get_absolute_url()))


def test_what_is_saved_when_time_runs_out_is_marked(mine: Client, me: Learner) -> None:
    attempt = begin(me, course(3, 3, time_limit=10))
    post(mine, attempt, 1, "a")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert mine.get(url(attempt, 2))["Location"] == reverse("assessments:result", args=[attempt.pk])
        page = text(mine.get(reverse("assessments:result", args=[attempt.pk])))
    assert "Time was up" in page
    assert "Begin with" in page
    assert attempt.items.count() == 2


def taken(me: Learner, *known: int) -> Attempt:
    """A diagnostic over three modules that was handed in, with some modules known."""
    attempt = begin(me, course(2, 2, 1))
    modules = list(Module.objects.order_by("position"))
    walk(attempt, known=[modules[i] for i in known])
    return finish(attempt=attempt, now=timezone.now())


def test_the_result_says_module_by_module_what_to_skip_and_where_to_begin(mine: Client, me: Learner) -> None:
    attempt = taken(me, 0, 2)
    response = mine.get(reverse("assessments:result", args=[attempt.pk]))
    page = text(response)
    lessons = [list(module.concepts.order_by("position")) for module in Module.objects.order_by("position")]
    assert f"Begin with {lessons[1][0].title}" in page
    assert "You may skip three lessons." in page
    assert f"Known: you may skip {lessons[0][0].title} , {lessons[0][1].title} ." in page
    assert f"Begin here: {lessons[1][0].title}" in page
    assert "0 of 1 right" in page
    assert "Passed" not in page and "passes" not in page
    assert f'href="{lessons[1][0].get_absolute_url()}">Start reading' in response.content.decode()


@pytest.mark.parametrize(
    ("known", "said"),
    [((), "There is no lesson to skip"), ((0, 1, 2), "You know what every lesson that was asked about")],
)
def test_the_result_of_somebody_who_knows_nothing_or_everything(
    mine: Client, me: Learner, known: tuple[int, ...], said: str
) -> None:
    assert said in text(mine.get(reverse("assessments:result", args=[taken(me, *known).pk])))


def test_only_one_place_is_named_to_begin_with(mine: Client, me: Learner) -> None:
    page = text(mine.get(reverse("assessments:result", args=[taken(me).pk])))
    assert page.count("Begin here:") == 1
    assert page.count("Read first in this module:") == 2


def test_whoever_knows_every_lesson_is_told_so_and_not_sent_back_to_the_first(
    mine: Client, me: Learner
) -> None:
    taken(me, 0, 1, 2)
    page = text(mine.get(reverse("concepts:course")))
    assert "You know the lessons that are left" in page
    assert "You are at" not in page


def test_marks_that_are_not_shown_say_nothing_of_what_is_known(mine: Client, me: Learner) -> None:
    attempt = taken(me, 0)
    Assessment.objects.update(show_marks="never")
    page = text(mine.get(reverse("assessments:result", args=[attempt.pk])))
    assert "Handed in." in page
    assert "Known" not in page
    assert "known from the diagnostic" not in text(mine.get(reverse("concepts:course")))


def test_the_course_marks_what_is_known_and_starts_after_it(mine: Client, me: Learner) -> None:
    taken(me, 0)
    page = text(mine.get(reverse("concepts:course")))
    lesson = Module.objects.order_by("position")[1].concepts.order_by("position").first()
    assert page.count("known from the diagnostic") == 2
    assert f"You are at {lesson.title}" in page
    assert "0 of 2 mastered" in page
    assert "Taken" in page
    assert lesson.title in text(mine.get(reverse("assessments:home")))
    assert "what the diagnostic found that you know is passed over" in text(
        mine.get(reverse("assessments:home"))
    )


def test_a_module_page_passes_over_what_is_known(mine: Client, me: Learner) -> None:
    diagnostic = course(3)
    module = Module.objects.get()
    *_, last = module.concepts.order_by("position")
    attempt = begin(me, diagnostic)
    walk(attempt, known=[module])
    wrong = attempt.items.get(version__objective__concept=last)
    wrong.answer = "b"
    wrong.save()
    finish(attempt=attempt, now=timezone.now())
    assert f"Go on with {last.title}" in text(mine.get(module.get_absolute_url()))


def test_a_newcomer_is_invited_on_today_and_on_the_course_until_something_is_begun(
    mine: Client, me: Learner
) -> None:
    diagnostic = course(2, 2)
    link = f'href="{diagnostic.get_absolute_url()}"'
    today, course_page = reverse("assessments:home"), reverse("concepts:course")
    assert f"{link}>Take the diagnostic first" in mine.get(today).content.decode()
    assert f"{link}>Know some of it?" in mine.get(course_page).content.decode()
    attempt = begin(me, diagnostic)
    page = text(mine.get(today))
    assert "Two questions to go: “Where do you stand?”" in page
    assert "Take the diagnostic first" not in page
    walk(attempt, other="")
    finish(attempt=attempt, now=timezone.now())
    assert "Take the diagnostic first" not in text(mine.get(today))
    assert "Know some of it?" not in text(mine.get(course_page))


def test_who_has_begun_to_learn_is_not_invited_any_more(mine: Client, me: Learner) -> None:
    course(2, 2)
    other = course(1, mode="test")
    attempt = begin(me, other)
    walk(attempt)
    finish(attempt=attempt, now=timezone.now())
    assert "Take the diagnostic first" not in text(mine.get(reverse("assessments:home")))
    assert "Know some of it?" not in text(mine.get(reverse("concepts:course")))


def test_a_test_of_the_whole_course_has_the_course_as_its_home(mine: Client, me: Learner) -> None:
    final = course(1, 1, mode="test", title="Final")
    page = mine.get(final.get_absolute_url()).content.decode()
    assert '<a href="/course/">Course</a>' in page
    assert "1 objective" in page
    attempt = begin(me, final)
    assert '<a href="/course/">Course</a>' in mine.get(url(attempt, 1)).content.decode()
    assert "The whole course" in text(mine.get(reverse("concepts:course")))
    today = reverse("assessments:home")
    assert "Final" in text(mine.get(today))  # in progress
    walk(attempt, known=Module.objects.all())
    finish(attempt=attempt, now=timezone.now())
    assert "Passed with 100" in text(mine.get(reverse("assessments:result", args=[attempt.pk])))


def test_a_final_waits_on_today_until_every_module_has_been_begun(mine: Client, me: Learner) -> None:
    course(1, 1, mode="test", title="Final")
    both = course(1, mode="test", title="Another")
    for part in Assessment.objects.get(title="Final").parts.all():
        assert "Final" not in text(mine.get(reverse("assessments:home")))
        PartFactory(assessment=both, objective=part.objective)
    attempt = begin(me, both)
    walk(attempt, known=Module.objects.all())
    finish(attempt=attempt, now=timezone.now())
    assert "Final" in text(mine.get(reverse("assessments:home")))


def test_what_cannot_begin_leads_back_to_the_course(mine: Client, me: Learner) -> None:
    final = AssessmentFactory(concept=None, mode="test", attempts_allowed=1)
    PartFactory(assessment=final, objective=QuestionFactory(publish=True).objective)
    attempt = begin(me, final)
    finish(attempt=attempt, now=timezone.now())
    assert "Back to the course" in text(mine.get(final.get_absolute_url()))


def answered(me: Learner, *right: int, answers: int = 99, other: str = "b") -> str:
    """The words of the result when the first so many questions are answered; the rest is left blank."""
    attempt = begin(me, course(2, 2, 1))
    for item in attempt.items.order_by("position")[:answers]:
        give(item, "a" if item.position in right else other)
    finish(attempt=attempt, now=timezone.now())
    client = Client()
    client.force_login(me.user)
    return text(client.get(reverse("assessments:result", args=[attempt.pk])))


def test_a_blank_one_is_told_that_it_is_blank(me: Learner) -> None:
    page = answered(me, answers=0)
    assert "You left every question blank, so there is no lesson to skip: begin at the start." in page
    assert page.count("Not known yet") == 3


def test_one_with_every_answer_wrong_is_not_told_of_blanks(me: Learner) -> None:
    page = answered(me)
    assert "There is no lesson to skip, so you miss nothing if you begin at the start." in page
    assert "blank" not in page


def test_one_handed_in_after_an_answer_says_what_the_blanks_count_for(me: Learner) -> None:
    assert "Two questions were left blank, which counts as not known." in answered(me, answers=1)


def test_what_was_only_asked_by_the_diagnostic_has_not_been_begun(mine: Client, me: Learner) -> None:
    """Today proposes to read, not to practise what was never read, and no module's test."""
    answered(me)
    modules = list(Module.objects.order_by("position"))
    tests = [AssessmentFactory(concept=None, module=module, mode="test") for module in modules]
    for module, test in zip(modules, tests, strict=True):
        first = module.concepts.order_by("position").first()
        practice = AssessmentFactory(concept=first)
        for assessment in (test, practice):
            PartFactory(assessment=assessment, objective=first.objectives.get())
    page = text(mine.get(reverse("assessments:home")))
    first = modules[0].concepts.order_by("position").first()
    assert f"{first.title}, about" in page
    assert "It comes first: the diagnostic found no lesson that you can skip." in page
    assert "Read the lesson See the whole course" in page
    assert "Practise it" not in page
    assert not [test.title for test in tests if test.title in page]
    assert "The next lessons" in page and "Where you left off" not in page


def test_after_a_first_lesson_today_goes_on_as_without_a_diagnostic(mine: Client, me: Learner) -> None:
    answered(me)
    module = Module.objects.order_by("position")[0]
    test = AssessmentFactory(concept=None, module=module, mode="test", title="The test of it")
    objective = module.concepts.order_by("position")[0].objectives.get()
    PartFactory(assessment=test, objective=objective)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        lives.answered(me, objective.questions.first(), 0, days=0)
        page = text(mine.get(reverse("assessments:home")))
    assert "The test of it" in page
    assert "Where you left off" in page
    assert "It comes first" not in page


@pytest.mark.parametrize("place", ["course", "module"])
def test_the_pages_of_the_course_lead_on_with_the_open_one_as_today_does(
    mine: Client, me: Learner, place: str
) -> None:
    attempt = begin(me, course(2, 2))
    module = Module.objects.order_by("position")[0]
    other = AssessmentFactory(concept=None, module=module, mode="test", title="The test of it")
    lesson = module.concepts.order_by("position")[0]
    PartFactory(assessment=other, objective=lesson.objectives.get())
    address = reverse("concepts:course") if place == "course" else module.get_absolute_url()
    html = mine.get(address).content.decode()
    primary = re.findall(r'<a class="btn btn-primary[^"]*" href="([^"]+)"', html)
    assert primary == [attempt.get_absolute_url()]
    page = " ".join(text(mine.get(address)).split())
    assert "Two questions to go: “Where do you stand?”" in page
    assert "Once you hand it in, it says where to begin and what you can skip." in page
    assert "Take the module test" not in page
    assert f'class="btn btn-link" href="{lesson.get_absolute_url()}"' in html
    assert "Two questions to go" in text(mine.get(reverse("assessments:home")))
    finish(attempt=attempt, now=timezone.now())
    assert "Two questions to go" not in text(mine.get(address))


def test_who_handed_in_a_blank_one_is_not_sent_to_a_module_test(mine: Client, me: Learner) -> None:
    answered(me, answers=0)
    module = Module.objects.order_by("position").first()
    test = AssessmentFactory(concept=None, module=module, mode="test")
    PartFactory(assessment=test, objective=module.concepts.first().objectives.get())
    page = text(mine.get(reverse("concepts:course")))
    assert "Read the first lesson" in page
    assert "Take the module test" not in page


def test_a_tab_that_saves_after_the_other_has_handed_in_is_told_so_and_changes_nothing(
    mine: Client, me: Learner
) -> None:
    attempt = begin(me, course(3, 3))
    post(mine, attempt, 1, "b")
    mine.post(reverse("assessments:submit", args=[attempt.pk]))
    late = {"answer": "a", "revision": 0}
    response = mine.post(url(attempt, 2), late)
    assert response.status_code == 409
    page = " ".join(text(response).split())
    assert "Handed in already" in page
    assert "What you sent just now, not saved It rises See the result" in page
    saved = mine.post(reverse("assessments:save", args=[attempt.pk, 2]), late)
    assert saved.status_code == 409
    assert saved.json()["outcome"] == "closed"
    assert saved.json()["url"] == reverse("assessments:result", args=[attempt.pk])
    assert attempt.items.get(position=2).answer is None
    assert Evidence.objects.count() == 1
