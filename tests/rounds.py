"""What people do about matching rounds in stories: they join, and whoever runs the programme waits for a round."""

from bot.app import App
from bot.domain.mentorship import Format
from bot.messages import Card
from tests.platforms import Settled
from tests.world import Fingers, World, read

PART = "What would you like to be?"
OFFERS = "What can you help others with?"
WANTS = "What do you want to learn, the most wanted first?"
MENTOR = "Mentor: I want to help others"


async def offers(hands: Fingers | Settled, skills: str) -> None:
    """Join as a mentor."""
    await _opens(hands)
    assert await hands.fill({PART: MENTOR, OFFERS: skills}) == {}


async def wants(hands: Fingers | Settled, skills: str) -> None:
    """Join as a mentee."""
    await _opens(hands)
    assert await hands.fill({WANTS: skills}) == {}


async def _opens(hands: Fingers | Settled) -> None:
    """Open the form of those who join, as everywhere; where one only types, 'join' asks line by line."""
    await hands.command("profile")
    await hands.press("Take part")


async def takes_part(hands: Fingers, form: Format, part: str, *, offered: str = "", wanted: str = "") -> None:
    """Join for one form of mentoring, as 'mentor', 'mentee' or 'both'."""
    await hands.command("join")
    assert hands.form
    answers: dict[str, str | tuple[str, ...]] = {one.name: one.initial for one in hands.form.fields}
    answers |= {"part": part, "offers": offered, "wants": wanted, "formats": (form.value,)}
    assert await hands.submit(hands.form, answers) == {}


async def gives_seats(hands: Fingers | Settled, seats: int) -> None:
    """Take more than one mentee at a time, and give the hours for it."""
    await hands.command("profile")
    await hands.press("Time and goals")
    values = {"How many mentees at a time, at most?": str(seats), "How many hours a month can you give?": "8"}
    assert await hands.fill(values) == {}


async def carried_on(app: App) -> None:
    """Let rounds go as far as they go by themselves, and what they say arrive; a tick under way ends first."""
    async with app._rounds._working:
        pass
    await app.run_rounds()
    await app.tick()


async def found(company: World, name: str = "Ada", *, form: str = "") -> Fingers:
    """Begin a round of the only programme, and wait until its pairs are there."""
    hands = company.hands(name)
    await hands.command("match")
    assert await hands.fill({"In which form?": form} if form else {}) == {}
    await carried_on(company.app)
    return hands


async def approved(company: World, hands: Fingers) -> None:
    """Approve the round that was found, and let everybody be invited."""
    await hands.press("Approve")
    await hands.press("Yes, invite them")
    await carried_on(company.app)


async def decided(company: World, day: str) -> None:
    """Let a day come on which all hear, and the round end."""
    await company.until(day, "09:30")
    await carried_on(company.app)
    await company.until(day, "10:00")


def shown(hands: Fingers) -> str:
    """Return what is shown to somebody alone."""
    assert isinstance(hands.shown, Card)
    return read(hands.shown)


async def pairs(hands: Fingers) -> set[tuple[str, str]]:
    """Return the first names of the pairs that the newest round proposes, as its first page lists them."""
    await hands.press("The pairs")
    assert hands.shown
    titles = (section.title.rpartition(":")[0] for section in hands.shown.sections)
    return {(one.split()[0], other.split()[0]) for one, other in (title.split(" – ") for title in titles if title)}
