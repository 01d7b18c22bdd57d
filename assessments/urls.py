"""The addresses of what people do: Today, attempts, reviews, progress, cohorts."""

from django.urls import path

from assessments.views import (
    analysis,
    attempt,
    check,
    cohort_learner,
    cohorts,
    grading,
    home,
    join,
    preview,
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
    path("assessments/<slug:slug>/preview/", preview.preview, name="preview"),
    path("attempts/<int:pk>/", attempt.attempt, name="attempt"),
    path("attempts/<int:pk>/clock/", attempt.clock, name="clock"),
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
    path("cohorts/<int:pk>/analysis/", analysis.analyses, name="cohort_analyses"),
    path(
        "cohorts/<int:pk>/analysis/export/",
        analysis.analyses,
        {"as_file": True},
        name="cohort_analyses_export",
    ),
    path("cohorts/<int:pk>/analysis/of/<slug:slug>/", analysis.assessment, name="cohort_analysis"),
    path(
        "cohorts/<int:pk>/analysis/of/<slug:slug>/export/",
        analysis.assessment,
        {"as_file": True},
        name="cohort_analysis_export",
    ),
    path(
        "cohorts/<int:pk>/analysis/of/<slug:slug>/<int:question_pk>/",
        analysis.question,
        name="cohort_question",
    ),
    path(
        "cohorts/<int:pk>/analysis/of/<slug:slug>/<int:question_pk>/export/",
        analysis.question,
        {"as_file": True},
        name="cohort_question_export",
    ),
    path("cohorts/<int:pk>/links/", cohorts.links, name="cohort_links"),
    path("cohorts/<int:pk>/links/<int:link_pk>/revoke/", cohorts.revoke, name="cohort_revoke"),
    path("cohorts/<int:pk>/learners/<int:learner_pk>/", cohort_learner.learner, name="cohort_learner"),
    path(
        "cohorts/<int:pk>/learners/<int:learner_pk>/extensions/<int:extension_pk>/withdraw/",
        cohort_learner.withdraw,
        name="cohort_withdraw",
    ),
    path("cohorts/<int:pk>/grading/", grading.queue, name="grading"),
    path("cohorts/<int:pk>/grading/names/", grading.names, name="grading_names"),
    path("cohorts/<int:pk>/grading/<int:item_pk>/", grading.answer, name="grading_answer"),
    path("cohorts/<int:pk>/grading/to/<slug:slug>/", grading.pile, name="grading_pile"),
]
