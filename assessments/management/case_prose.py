"""What made-up people expect and recommend in the case of the late machine shop, and what a grader said."""

from dataclasses import dataclass, field

CASE = "late-machine-shop"

# Why somebody expects what they forecast, by stage; people take turns.
REASONS = {
    "monday": (
        "Every third order is late now, and the queue is the first thing that we can change for nothing.",
        "One good week does not mend twelve bad ones, so I expect a small step.",
    ),
    "grinder": (
        "The grinder lost about thirteen hours a week in the table; some of them can be won back.",
        "As long as it stops without warning, the pile will not get much smaller.",
    ),
    "returns": (
        "Most of what came back was ground late in the life of the wheel, so it should fall fast.",
        "People take a few weeks to get used to a new rule.",
    ),
    "jam": ("Less in the aisle means that the right job is found at once.", "I think it gets worse first."),
    "friday": (
        "They have our word on the date, so the share depends on one lorry.",
        "Not much can change in a day.",
    ),
    "claim": ("They want to see causes and not excuses.", "One claim stays in the record whatever we do."),
    "rhythm": ("Ten minutes a day keep what we have won.", "The last two weeks were steady."),
}
ANY_REASON = "It has moved that way since the start, and nothing that we decided speaks against it."


@dataclass(frozen=True)
class Page:
    """One recommendation, and what a person made of it."""

    text: str
    ticks: dict[str, str] = field(default_factory=dict)
    comment: str = ""


GRADED = Page(
    "The shop is not slow, it loses time. The grinder ran 750 of its 912 planned hours in the twelve "
    "weeks of [E1], and the sales office fills the diary as if it ran them all. That is the first "
    "cause. The second is the order of work: the six jobs of [E3] come out with 62 hours of delay as "
    "they lie there, and with none if they are sorted by date. The third came to light later: 38 of the "
    "53 shafts in the inspector’s notes were ground on a wheel that had done more than forty. Each of "
    "them goes over the grinder a second time, and it has no second time to give.\n\n"
    "From Monday the foreman dresses the wheel after every fortieth shaft and gauges the next one. It "
    "costs twelve minutes; we watch the returns of the week. He also takes jobs by date, from one list "
    "that he and the sales office share. From the week after, the production manager has the grinder "
    "serviced every four weeks, and the hours lost are written up at the machine. The operations "
    "manager promises sixty hours a week and no more until they are kept for a month.\n\n"
    "I would not rent a second grinder: we would only feed it with bad shafts. I would not pay by the "
    "piece either, because that is how the dull wheel stayed on.\n\n"
    "When doubtful shafts lie on a desk again, the production manager says what may leave, the "
    "operations manager rings Norpump before noon and offers the rest with a date that holds. Neither "
    "of them decides alone, and nothing leaves that we know to be wrong.",
    {
        "causes": "Found and shown",
        "together": "Linked",
        "plan": "Ordered, owned, measured",
        "friday": "Both roles",
    },
    "Your second time over the grinder says in six words why dates and quality are one problem. Who "
    "keeps the list when the foreman is ill?",
)
WAITING = (
    Page(
        "I would begin with the promises. In [E1] the shop has between 22 and 29 orders due a week, and "
        "it fell behind when it passed 25. The sales office does not know what the grinder can do, so "
        "it says yes. Let it promise sixty hours of grinding a week and write each promise into one "
        "book that the foreman sees as well. The order book shows sixteen orders of which five are past "
        "their date; two of those were ready or nearly ready and nobody had looked.\n\n"
        "Next I would ring the customers. Joost van Rijn says it in his mail: he wants to hear of it "
        "while he can still do something. One call a day with a date that holds costs less than one "
        "express van.\n\n"
        "The grinder itself is for the production manager: a service every four weeks, and dressing the "
        "wheel by count and not by ear. I would not buy Saturday hours for orders that have passed "
        "their date already, they only feel better.\n\n"
        "As to Friday: what is good leaves at four, the rest on Monday, and Norpump knows by two. The "
        "production manager says which are good, I make the call.",
    ),
    Page(
        "We must be more careful and faster at the same time. The returns went up because people hurry. "
        "I would put a second inspector at the end, who checks everything, and I would keep the "
        "Saturday work until the backlog in [E1] is gone. Norpump is the most important customer, so "
        "its orders should always go first, whatever the others say. In three months we should look "
        "again at a second grinder.\n\n"
        "The foreman should talk with his people about quality every week. The sales office should talk "
        "with us before it promises a date, for example on Mondays. If both do this, the dates will "
        "hold, and the customers will see that we take them seriously.\n\n"
        "If doubtful shafts lie there on a Friday again, they should be checked as fast as possible and "
        "the lorry should wait, since it is better to be an hour late than to send something wrong. "
        "Somebody should tell the customer.",
    ),
)
