"""Item analysis looked at: by an editor and by an instructor, light and dark, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Question
from tests.assessments.views.test_analysis import sit
from tests.factories import CohortFactory, MembershipFactory, make_editor, practice_set

pytestmark = pytest.mark.django_db(transaction=True)


def test_analysis_is_readable_by_everybody(
    page: Page, sign_in: Callable[[User], None], look: Callable[[Page], None], visit: Callable[..., Page]
) -> None:
    cohort, test = CohortFactory(), practice_set(3, mode="test")
    for n in range(12):
        learner = MembershipFactory(cohort=cohort).learner
        sit(learner, test, *["a" if n >= 4 * k else "b" if n % 2 else None for k in range(3)])
    sign_in(make_editor())
    question = Question.objects.filter(objective__parts__assessment=test).latest("pk")
    page.goto(reverse("admin:assessments_question_changelist"))
    page.locator(f"a[href='{reverse('admin:assessments_question_analysis', args=[question.pk])}']").click()
    page.get_by_text("The figures").click()
    expect(page.get_by_role("cell", name="right", exact=True)).to_be_visible()
    look(page)
    teacher = MembershipFactory(cohort=cohort, role="instructor").learner.user
    desk = visit(teacher)
    desk.goto(cohort.get_absolute_url())
    desk.get_by_role("link", name="Analysis of questions").click()
    desk.get_by_role("link", name=test.title).click()
    expect(desk.get_by_text("Cronbach’s α", exact=False).first).to_be_visible()
    look(desk)
