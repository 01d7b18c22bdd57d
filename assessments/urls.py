"""The addresses of what people do: Today, attempts, reviews, progress, cohorts."""

from django.urls import path

from assessments.views import (
    attempt,
    check,
    cohorts,
    home,
    join,
    progress,
    questions,
    reviews,
    settings,
    start,
)

app_name = "assessments"

urlpatterns = [
    path("", home.home, name="home"),
    path("assessments/<slug:slug>/", start.start, name="start"),
    path("attempts/<int:pk>/", attempt.attempt, name="attempt"),
    path("attempts/<int:pk>/submit/", attempt.submit, name="submit"),
    path("attempts/<int:pk>/result/", attempt.result, name="result"),
    path("attempts/<int:pk>/<int:position>/", questions.question, name="question"),
    path("attempts/<int:pk>/<int:position>/save/", questions.save, name="save"),
    path("attempts/<int:pk>/<int:position>/variant/", questions.variant, name="variant"),
    path("check/<slug:slug>/", check.check, name="check"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("progress/", progress.progress, name="progress"),
    path("progress/how/", progress.mastery_rule, name="mastery_rule"),
    path("progress/objectives/<slug:code>/", progress.objective, name="objective"),
    path("settings/", settings.settings, name="settings"),
    path("join/<str:token>/", join.join, name="join"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/<int:pk>/", cohorts.cohort, name="cohort"),
    path("cohorts/<int:pk>/export/", cohorts.export, name="cohort_export"),
    path("cohorts/<int:pk>/links/", cohorts.links, name="cohort_links"),
    path("cohorts/<int:pk>/links/<int:link_pk>/revoke/", cohorts.revoke, name="cohort_revoke"),
    path("cohorts/<int:pk>/learners/<int:learner_pk>/", cohorts.learner, name="cohort_learner"),
]
