"""Written answers of made-up people to the questions of the written case.

Each answer stands with the levels that a grader ticked and a comment, or with none while it waits.
"""

from dataclasses import dataclass, field

CASE = "written-foundations"
SMALLER_BOX, MONDAY, SAW = "rel-2-explain-the-smaller-box", "syn-1-monday-sheet", "syn-2-faster-line"


@dataclass(frozen=True)
class Prose:
    """One answer, and what a person made of it."""

    question: str
    text: str
    ticks: dict[str, str] = field(default_factory=dict)
    comment: str = ""


MAREN = (
    Prose(
        SMALLER_BOX,
        "Think of everything that has to be managed here so that a customer gets a bicycle. We "
        "forecast what people will buy in spring, we order tubes and tyres, we weld and paint the "
        "frames, we send the bicycles to the shops and we repair them later. All of that together "
        "is operations management.\n\n"
        "Welding the frames and planning which colour goes through the paint shop first are about "
        "making the bicycle itself. That is production management. But making is one of the things "
        "on the long list, so both of these are operations management too. Choosing the carrier for "
        "the shops is on the list as well, and nobody makes a bicycle by doing it. So it is "
        "operations management only.",
        {"reason": "Complete", "examples": "All fit", "newcomer": "Yes"},
        "Clear from the first sentence. The long list is a picture that a newcomer will keep.",
    ),
    Prose(
        MONDAY,
        "The workshop writes how many hours of welding and of galvanising are free in this week and "
        "the three after it, and beside each week the earliest date for a gate that is ordered now. "
        "It also writes which parts have not arrived.\n\n"
        "The order desk writes every order that is due with its date and marks two that may not "
        "slip. Below that stand inquiries that will probably become orders.\n\n"
        "During the week the order desk promises nothing before the dates on the sheet. The "
        "workshop looks at the marked orders and puts them first.",
        {"from_production": "Usable", "from_operations": "Usable", "use": "Both ways"},
        "You could print this and use it tomorrow. What would you do if a part for a marked order "
        "is missing?",
    ),
    Prose(
        SAW,
        "The saw will cut more, but the vans are the same, so the worktops will wait longer in "
        "front of them. Customers will still get them late. The director mixed up production and "
        "operations. The firm loses the 80,000 euros.",
        {"effect": "Both", "confusion": "Named", "cost": "Money only"},
        "The prediction is right. Show in this firm where operations is more than production: which "
        "step is it?",
    ),
)
ANNEKE = (
    Prose(
        SMALLER_BOX,
        "Production is when we build the frames and paint them. Operations is everything, so it "
        "contains production. It is like a kitchen and a restaurant. The kitchen is in the "
        "restaurant, but the restaurant also has waiters, a cellar and a telephone for the "
        "bookings. If you close the kitchen you may still have a bar. In our factory the welding "
        "line is the kitchen, and the delivery to the shops and the repair service are the rest of "
        "the restaurant. Painting belongs to the kitchen too. So when somebody says that they are "
        "two departments I would answer that one of them is a room in the other.",
    ),
    Prose(
        MONDAY,
        "On the left side of the sheet the workshop fills in how busy it is: green, yellow or red "
        "for each of the next weeks, and which machines are down. On the right side the order desk "
        "fills in the new orders with the name of the customer and the date.\n\n"
        "In a red week the order desk tells customers that it will take longer. The workshop can "
        "see which orders are coming, and if there are many gates of the same kind it makes them "
        "together, because then the jig has to be set up only once. After four weeks they compare "
        "what was promised with what was delivered, and talk about the three worst cases.",
    ),
    Prose(
        SAW,
        "Nothing gets better for the customer. Orders do not wait at the saw, they wait for the "
        "vans. If the saw is faster, the pile in the yard becomes higher, and perhaps some worktops "
        "are scratched because they are moved around. After three months the director will ask why "
        "there are even more complaints although the plant makes a record number of worktops.\n\n"
        "He thought that operations means the plant. But bringing the worktop to the kitchen is "
        "operations as well, and it is not production, because nothing is made on the road. He "
        "should have hired a van with a driver. He has lost the money for the saw, and the fitters "
        "who recommend the firm to their customers will choose another.",
    ),
)
LEILA = (
    Prose(
        SMALLER_BOX,
        "They are two different things and both are needed. Production makes the bicycles, for "
        "example the frames, and operations makes sure that there is material and that the bicycles "
        "are sold. Without operations production would stop, and without production operations "
        "would have nothing to do. Therefore they have to talk to each other every day, which is "
        "why people think that they are the same department.",
    ),
    Prose(
        MONDAY,
        "The workshop writes: capacity per week in gates (not hours, because the order desk does "
        "not know how many hours a gate takes), gates already planned, gates still free, and the "
        "first free week for a gate with a motor. The order desk writes: orders confirmed with the "
        "due date, offers that expire this week, and one line for the aim, for example “this month "
        "speed comes before choice”.\n\n"
        "With the first line the order desk answers the offers that expire: either it offers the "
        "free week or it offers a simpler gate for which there is room. With the line for the aim "
        "the workshop stops making special colours for stock and uses the days for the confirmed "
        "orders. On Friday each side crosses out what happened.",
    ),
    Prose(
        SAW,
        "In the first weeks there will be a feeling of success, because everybody can see the new "
        "saw and the number of worktops per day goes up. Then the space in front of the loading bay "
        "is full. Somebody has to rent a hall or stop the saw. The deliveries are not one hour "
        "faster. Since the customers hear of the investment and still wait, they are more annoyed "
        "than before.\n\n"
        "The director mixed up the part and the whole. Cutting is production. Delivery is "
        "operations, too, and the trouble was there.",
    ),
)
IDRIS = (
    Prose(
        SMALLER_BOX,
        "Operations management is about all resources of the factory and production management is "
        "about the line. The line is a resource, so it is inside. Checking welds and servicing the "
        "paint robot: both. Planning the shifts of the telephone service: only operations. You "
        "cannot turn it around because the telephone service welds nothing.",
        {"reason": "Complete", "examples": "All fit"},
    ),
)
EVERYBODY = {"maren": MAREN, "anneke": ANNEKE, "leila": LEILA, "idris": IDRIS}
