"""What a made-up learner says of their own skills, twice, so that Progress can show what changed."""

from datetime import datetime, timedelta

from assessments.models import Learner
from assessments.services.skills import Mark, rate_skills
from concepts.models import Skill

FIRST, SECOND = timedelta(weeks=7), timedelta(days=5)
# At first, and the second time: the level and the example.
SAID = {
    "technical-skill": (Mark(3, "Found the worn guide on filler 2 by its sound, before it stopped."), None),
    "it-skill": (Mark(2), Mark(3, "Built the scrap sheet that reads the line’s own counts.")),
    "project-management": (Mark(2), None),
    "communication": (Mark(3), None),
    "confidence": (Mark(1), Mark(2, "Held a pallet back on Tuesday, after I had rung the quality desk.")),
    "leadership": (Mark(2), None),
    "organisation": (Mark(3), Mark(4, "Showed Idris how I plan the breaks.")),
    "decision-making": (Mark(2), Mark(3)),
    "conflict-management": (Mark(1), None),
}


def rate_twice(learner: Learner, now: datetime) -> None:
    """Rate most skills once, and some of them again some weeks later."""
    keys = dict(Skill.objects.filter(slug__in=SAID).values_list("slug", "pk"))
    for place, at in enumerate((now - FIRST, now - SECOND)):
        marks = {keys[slug]: mark for slug, said in SAID.items() if slug in keys and (mark := said[place])}
        rate_skills(learner=learner, marks=marks, now=at)
