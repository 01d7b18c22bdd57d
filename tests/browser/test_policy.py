"""The strict policy holds where others wrote the pages; the `page` fixture fails on whatever it refused."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect


@pytest.fixture
def administrator(transactional_db: None) -> User:
    """Somebody who may open every page of the admin."""
    return User.objects.create_superuser("root", "root@example.org", "a long enough phrase")


def test_the_admin_works_under_the_policy(
    page: Page, sign_in: Callable[[User], None], administrator: User
) -> None:
    sign_in(administrator)
    page.goto("/admin/auth/user/add/")
    page.goto(f"/admin/auth/user/{administrator.pk}/change/")
    page.locator(".field-date_joined .date-icon").click()
    expect(page.locator(".calendarbox:visible")).to_have_count(1)
    expect(page.locator("#id_user_permissions_from")).to_be_visible()  # the filter's script ran


def test_a_page_that_breaks_the_policy_is_noticed(page: Page, complaints: list[str]) -> None:
    page.goto(reverse("account_login"))
    refused = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", event => resolve(event.violatedDirective));
            const script = document.createElement("script");
            script.textContent = "window.hurt = 1";
            document.body.append(script);
        })"""
    )
    assert refused == "script-src-elem"
    assert page.evaluate("window.hurt") is None
    assert "Content Security Policy" in complaints.pop()
