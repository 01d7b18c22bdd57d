"""What to do next, and why: one rule after the other, and the first that fits gives the headline of Today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.mastery import Level
from assessments.models import Attempt
from assessments.selectors.facts import Facts
from assessments.selectors.open_work import by, conditions
from assessments.selectors.steps import Link, Step, on_with_the_diagnostic
from assessments.wording import begin_sentence, count_word
from concepts.selectors.outline import Lesson


def next_step(facts: Facts) -> Step:
    """What Today opens with."""
    rules = (_running_test, _closing_test, _reviews, _diagnostic, _started_practice, _beginning, _lesson)
    return next((step for rule in rules if (step := rule(facts))), None) or _nothing(facts)


def _running_test(facts: Facts) -> Step | None:
    attempt = facts.running
    if attempt is None or attempt.deadline is None:
        return None
    title = _("%(test)s ends %(when)s") % {"test": attempt.title, "when": by(attempt.deadline, facts.now)}
    if attempt.left:
        reason = ngettext(
            "%(left)s of its %(total)s questions has no answer yet. What you have saved counts, "
            "also if the time runs out.",
            "%(left)s of its %(total)s questions have no answer yet. What you have saved counts, "
            "also if the time runs out.",
            attempt.left,
        ) % {"left": begin_sentence(count_word(attempt.left)), "total": count_word(attempt.total)}
    else:
        reason = _("Every question has an answer. Look them over and hand in, or let the time run out.")
    action = _("Go back to the test") if attempt.kind == Attempt.Kind.TEST else _("Go back to it")
    return Step(title, reason, Link(action, attempt.url))


def _closing_test(facts: Facts) -> Step | None:
    test = next((one for one in facts.tests if one.closes_soon(facts.now) and one.can_start(facts.now)), None)
    if test is None or test.closes_at is None:
        return None
    title = _("%(test)s closes %(when)s") % {"test": test.line.title, "when": by(test.closes_at, facts.now)}
    reason = _("After that it cannot be taken. %(conditions)s.") % {
        "conditions": conditions(test.line, facts.learner)
    }
    action = Link(_("Look at the test"), test.line.url)
    return Step(title, reason, action, _review_link(facts) or _lesson_link(facts))


def _reviews(facts: Facts) -> Step | None:
    reviews = facts.reviews
    if not reviews.count:
        return None
    size = {"count": begin_sentence(count_word(reviews.count)), "time": about(reviews.minutes)}
    if reviews.is_begun:
        title = ngettext(
            "%(count)s review to go, %(time)s", "%(count)s reviews to go, %(time)s", reviews.count
        )
    else:
        title = ngettext("%(count)s review, %(time)s", "%(count)s reviews, %(time)s", reviews.count)
    label = _("Go on with the reviews") if reviews.is_begun else _("Start the reviews")
    action = Link(label, reverse("assessments:reviews"), posts=True)
    return Step(title % size, " ".join(_why_review(facts)), action, _lesson_link(facts))


def _why_review(facts: Facts) -> Iterator[str]:
    """What has faded, what can rise, and what has to wait."""
    fading = sum(row.is_fading(facts.now) for row in facts.reviewed)
    rising = sum(row.level == Level.PROFICIENT for row in facts.reviewed)
    if fading:
        yield ngettext(
            "%(count)s of them is fading: you mastered it, and the chance that you would recall it today has "
            "slipped below 80 %%.",
            "%(count)s of them are fading: you mastered them, and the chance that you would recall them "
            "today has slipped below 80 %%.",
            fading,
        ) % {"count": begin_sentence(count_word(fading))}
    if fading and not rising:
        yield _("A short look now saves learning it again.")
    if rising:
        yield ngettext(
            "%(count)s of them is proficient: a success today makes it mastered.",
            "%(count)s of them are proficient: a success today makes them mastered.",
            rising,
        ) % {"count": begin_sentence(count_word(rising))}
    if not fading and not rising:
        yield _("The chance that you would recall them is slipping. Asked just now, they stay for longer.")
    if facts.reviews.waiting:
        yield ngettext(
            "%(count)s more waits for tomorrow, as you review at most %(cap)s a day.",
            "%(count)s more wait for tomorrow, as you review at most %(cap)s a day.",
            facts.reviews.waiting,
        ) % {
            "count": begin_sentence(count_word(facts.reviews.waiting)),
            "cap": count_word(facts.learner.reviews_a_day),
        }


def _diagnostic(facts: Facts) -> Step | None:
    """On with a diagnostic that was left in the middle."""
    attempt = facts.diagnosed
    return on_with_the_diagnostic(attempt, _lesson_link(facts)) if attempt else None


def _started_practice(facts: Facts) -> Step | None:
    attempt = facts.started
    if attempt is None:
        return None
    title = _("%(practice)s, %(left)s of %(total)s to go") % {
        "practice": attempt.title,
        "left": count_word(attempt.left),
        "total": count_word(attempt.total),
    }
    reason = _("You left it in the middle, and everything that you answered is kept. %(due)s") % {
        "due": _due(facts)
    }
    other = Link(_("See the whole course"), reverse("concepts:course"))
    return Step(title, reason, Link(_("Go on with the practice"), attempt.url), other)


def _beginning(facts: Facts) -> Step | None:
    lesson = facts.lesson
    if lesson is None or not facts.standing.is_empty:
        return None
    reason = ngettext(
        "It takes about %(minutes)s minute to read and ends with a quick check. What you answer shows here, "
        "and decides what comes back for review.",
        "It takes about %(minutes)s minutes to read and ends with a quick check. What you answer shows here, "
        "and decides what comes back for review.",
        lesson.minutes,
    ) % {"minutes": count_word(lesson.minutes)}
    other = Link(_("See the whole course"), reverse("concepts:course"))
    if facts.invited:
        reason += " " + _("Know some of the course already? The diagnostic finds out what you can skip.")
        other = Link(_("Take the diagnostic first"), facts.invited.url)
    if facts.teaches:
        other = Link(_("Look at your cohorts"), reverse("assessments:cohorts"))
    title = _("Begin with %(lesson)s") % {"lesson": lesson.title}
    return Step(title, reason, Link(_("Start reading"), lesson.url), other)


def _lesson(facts: Facts) -> Step | None:
    """Read what comes next, or practise what was read and has not settled."""
    lesson, practice = facts.lesson, facts.practice
    if lesson is None:
        return None
    read = Link(_("Read the lesson"), lesson.url)
    if practice is None or not facts.practises:
        title = _("%(lesson)s, %(time)s") % {"lesson": lesson.title, "time": about(lesson.minutes)}
        reason = f"{_due(facts)} {_why_next(facts)}"
        return Step(title, reason, read, Link(_("See the whole course"), reverse("concepts:course")))
    size = ngettext("%(count)s question", "%(count)s questions", practice.questions) % {
        "count": count_word(practice.questions)
    }
    title = _("%(lesson)s: %(size)s, %(time)s") % {
        "lesson": lesson.title,
        "size": size,
        "time": about(practice.minutes),
    }
    reason = f"{_due(facts)} {_why_practise(facts, lesson)}"
    other = Link(_("Read the lesson again"), lesson.url)
    return Step(title, reason, Link(_("Practise it"), practice.url), other)


def _why_next(facts: Facts) -> str:
    """By what order a lesson comes next."""
    way = facts.route.way
    if facts.known.lessons:
        return _("It comes next: what the diagnostic found that you know is passed over.")
    if facts.known.at and facts.learnt.is_empty:
        return _("It comes first: the diagnostic found no lesson that you can skip.")
    if way is None:
        return _("It comes next in the course.")
    return _("It comes next on your path, “%(path)s”.") % {"path": way.title}


def _why_practise(facts: Facts, lesson: Lesson) -> str:
    """What the objectives of a lesson still lack, the widest gap first."""
    levels = [facts.standing.of(line.pk).level for line in lesson.objectives]
    missed = [line for line in lesson.objectives if facts.standing.of(line.pk).level == Level.ATTEMPTED]
    if missed:
        return ngettext(
            "Your latest answer on “%(title)s” scored below 70 %%.",
            "Your latest answers on %(count)s of its objectives scored below 70 %%.",
            len(missed),
        ) % {"title": missed[0].title, "count": count_word(len(missed))}
    if lesson in facts.known:
        return _("The diagnostic found that you know it. Success here and at a review shows that it stays.")
    untouched = levels.count(Level.NOT_STARTED.value)
    if untouched:
        return ngettext(
            "%(count)s of its objectives has no answer yet.",
            "%(count)s of its objectives have no answer yet.",
            untouched,
        ) % {"count": begin_sentence(count_word(untouched))}
    familiar = levels.count(Level.FAMILIAR.value)
    return ngettext(
        "%(count)s of its objectives is familiar: further success makes it proficient.",
        "%(count)s of its objectives are familiar: further success makes them proficient.",
        familiar,
    ) % {"count": begin_sentence(count_word(familiar))}


def _nothing(facts: Facts) -> Step:
    """Nothing is left to do today; or there is no course at all."""
    if not facts.tally.total:
        return Step(
            _("There is nothing to learn here yet"),
            _("No lesson has been published. As soon as one is, this page says where to begin."),
        )
    title = _("Nothing to do today")
    upcoming = [
        row.next_review for row in facts.held.values() if row.next_review and row.next_review > facts.now
    ]
    if upcoming:
        day = date_format(localtime(min(upcoming)), "l j F")
        title = _("Nothing to do until %(day)s") % {"day": day}
    reason = _done(facts)
    if facts.reviews.waiting:
        title, reason = _("Enough for today"), _due(facts)
    return Step(title, reason, Link(_("See your progress"), reverse("assessments:progress")))


def _done(facts: Facts) -> str:
    """That no lesson is left, and no review is due."""
    way = facts.route.way
    if way is None:
        return _(
            "Everything in the course is proficient or mastered, and no review is due. "
            "Asking earlier would teach you little."
        )
    return _(
        "All that your path “%(path)s” asks for is done, and no review is due. "
        "Asking earlier would teach you little."
    ) % {"path": way.title}


def _due(facts: Facts) -> str:
    """How it stands with reviews when there is none to do now."""
    waiting = facts.reviews.waiting
    if not waiting:
        return _("No review is due today.")
    return ngettext(
        "You have done your reviews for today; %(count)s more waits for tomorrow.",
        "You have done your reviews for today; %(count)s more wait for tomorrow.",
        waiting,
    ) % {"count": count_word(waiting)}


def _review_link(facts: Facts) -> Link | None:
    if not facts.reviews.count:
        return None
    return Link(_("See the reviews of today"), reverse("assessments:reviews"))


def _lesson_link(facts: Facts) -> Link | None:
    """On to the practice that was left in the middle, else to the lesson that comes next."""
    if facts.started:
        return Link(_("Go on with your practice"), facts.started.url)
    lesson = facts.lesson
    return Link(_("Go on with %(lesson)s") % {"lesson": lesson.title}, lesson.url) if lesson else None


def about(minutes: int) -> str:
    """An estimate in words: `about six minutes`."""
    return ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {
        "count": count_word(minutes)
    }
