"""The addresses of the course."""

from django.urls import path

from concepts.views import comparison, course, glossary, metric, paths, picture, worksheets

app_name = "concepts"

urlpatterns = [
    path("", course.course, name="course"),
    path("modules/<slug:slug>/", course.module, name="module"),
    path("concepts/<slug:slug>/", course.concept, name="concept"),
    path("paths/", paths.paths, name="paths"),
    path("paths/<slug:slug>/", paths.path, name="path"),
    path("comparisons/<slug:slug>/", comparison.comparison, name="comparison"),
    path("comparisons/<slug:slug>/sort/", comparison.sort, name="sort"),
    path("measures/", metric.metrics, name="metrics"),
    path("measures/<slug:slug>/", metric.metric, name="metric"),
    path("worksheets/", worksheets.worksheets, name="worksheets"),
    path("worksheets/one-machine/", worksheets.one_machine, name="one_machine"),
    path("worksheets/two-machines/", worksheets.two_machines, name="two_machines"),
    path("worksheets/forecast/", worksheets.forecast, name="forecast"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("pictures/<slug:slug>/", picture.picture, name="picture"),
    path("sources/", glossary.sources, name="sources"),
]
