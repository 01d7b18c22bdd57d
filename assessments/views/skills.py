"""The self-assessment of skills: one's own, and nobody else's to see."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.forms.skills import SkillsForm
from assessments.models import Learner
from assessments.selectors.skills import skills_of
from assessments.services.skills import rate_skills
from assessments.wording import begin_sentence, count_word
from concepts.kept import shelf_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """Every skill with four levels; what is refused is kept as it was chosen and typed."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    now = timezone.now()
    mine = skills_of(shelf_for(request), learner, now)
    form = SkillsForm(mine, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        count = rate_skills(learner=learner, marks=form.marks(), now=now)
        if count:
            saved = ngettext("%(count)s rating is saved.", "%(count)s ratings are saved.", count)
            messages.success(request, saved % {"count": begin_sentence(count_word(count))})
        else:
            messages.info(request, _("Nothing was changed: your ratings stand as they were."))
        return redirect("assessments:skills")
    context = {"form": form, "mine": mine}
    return render(request, "assessments/skills.html", context, status=422 if form.errors else 200)
