"""Questions can be moved to another objective, as long as no answer hangs on them."""

from django.utils.translation import gettext_lazy

from assessments.models import Question
from assessments.services.moving import held_by_answers, live_elsewhere
from concepts.admin.moving import offer_moving
from concepts.models import Objective
from concepts.moving import MOVES, Move

MOVES[Question] = Move(
    "objective", Objective, gettext_lazy("Move to another objective"), held_by_answers, live_elsewhere
)
offer_moving(Question)
