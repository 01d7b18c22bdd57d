"""The addresses of the course."""

from django.urls import path

from concepts.views import comparison, course, glossary, metric

app_name = "concepts"

urlpatterns = [
    path("", course.course, name="course"),
    path("modules/<slug:slug>/", course.module, name="module"),
    path("concepts/<slug:slug>/", course.concept, name="concept"),
    path("comparisons/<slug:slug>/", comparison.comparison, name="comparison"),
    path("comparisons/<slug:slug>/sort/", comparison.sort, name="sort"),
    path("measures/", metric.metrics, name="metrics"),
    path("measures/<slug:slug>/", metric.metric, name="metric"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("sources/", glossary.sources, name="sources"),
]
