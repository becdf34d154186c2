"""Two accounts with one e-mail address: whether they are one person's is asked in both, and a no ends it for good."""

from bot.domain.own import Tie
from bot.domain.people import Person, Platform
from bot.domain.prompts import Prompt
from bot.flow import DrawnAlone, Flow
from bot.language import N_
from bot.messages import Button, Pressed, Section
from bot.scene import NotThere, OwnScene
from bot.turn import Replies, Turn

SAID = ("roles", "formats", "languages", "aims", "capacity", "hours_a_month", "joined_at")
"""What of a profile somebody says who joins; the rest a roster tells, or it is kept apart."""

NAMES = {Platform.SLACK: "Slack", Platform.TEAMS: "Microsoft Teams", Platform.PLAYGROUND: "Mentronome"}

# What is asked


def same_person(scene: OwnScene) -> Section:
    """Ask whether somebody has the other account too, and tell nothing of it but where it is."""
    t, reader = scene.t, scene.reader
    tie = next((one for one in scene.unit.ties.of_person(reader.id) if one.id == scene.about), None)
    if tie is None or (tie.known_yes_at and tie.new_yes_at):
        return Section(t("Both accounts are yours, and all that is yours can be reached from either."))
    if tie.ended_at:
        return Section(t("Noted: these are two people, and neither learns anything of the other."))
    platform = _platform(scene, tie.other(reader.id))
    if tie.yes_of(reader.id):
        return Section(t("Thank you. I ask on {platform} too: after a yes there, both are one.", platform=platform))
    asked = t(
        "Somebody with your e-mail address uses me on {platform}. Is that you? Then I take both for one person, and "
        "all that is yours can be reached from either. Nothing is shown across before you have said yes in both.",
        platform=platform,
    )
    yes = Button(t("Yes, that is me"), "tying.yes", tie.id, style="primary", words=(t("yes"), t("that is me")))
    no = Button(t("No"), "tying.no", tie.id, words=(t("no"),))
    return Section(asked, title=t("Are you also on {platform}?", platform=platform), buttons=(yes, no))


def _platform(scene: OwnScene, other_id: str) -> str:
    other = scene.unit.people.accounts(other_id)
    return next((NAMES[account.platform] for account in other), "")


# What is answered


def yes(turn: Turn, press: Pressed) -> Replies:
    """Note a yes. After the second one both are one person."""
    tie = _tie(turn, press)
    if tie.ended_at is None:
        if tie.confirm(turn.actor.id, turn.now):
            _join(turn, tie)
        else:
            turn.unit.touches.look_by(tie.organization_id, tie.other(turn.actor.id), turn.now)
    return ()


def no(turn: Turn, press: Pressed) -> Replies:
    """Note that these are two people, for good."""
    _tie(turn, press).end(turn.now)
    return ()


def _tie(turn: Turn, press: Pressed) -> Tie:
    """Return the tie that was asked about, locked; both who were asked see then what became of it."""
    tie = turn.unit.ties.get(turn.actor.organization_id, press.subject)
    if tie is None or turn.actor.id not in (tie.known_id, tie.new_id):
        raise NotThere(press.subject)
    for person_id in (tie.known_id, tie.new_id):
        for touch, said in turn.unit.ties.own(person_id).said.items():
            turn.stale |= {said.delivery_id} if touch.about == tie.id and said.delivery_id else set()
    return tie


def _join(turn: Turn, tie: Tie) -> None:
    """Make both one person, unless one guides the other: that nobody can do for themselves."""
    people, org = turn.unit.people, tie.organization_id
    keep, gone = people.get(org, tie.known_id), people.get(org, tie.new_id)
    if keep is None or gone is None or turn.unit.ties.share_a_mentorship(keep.id, gone.id):
        tie.end(turn.now)
        return
    _hold_the_more_careful(keep, gone)
    _join_profiles(turn, keep, gone)
    keep.account_id = turn.account.id
    turn.audit("same_person", keep.id)
    turn.unit.ties.join(keep, gone)
    turn.unit.touches.look_by(org, keep.id, turn.now)


def _hold_the_more_careful(keep: Person, gone: Person) -> None:
    """Let days off, pauses and limits of either hold; who runs the programme in one account does so in both."""
    keep.is_admin = keep.is_admin or gone.is_admin
    keep.away = (*keep.away, *gone.away)
    keep.paused_until = max((at for at in (keep.paused_until, gone.paused_until) if at), default=None)
    keep.unasked_a_week = min((most for most in (keep.unasked_a_week, gone.unasked_a_week) if most), default=None)


def _join_profiles(turn: Turn, keep: Person, gone: Person) -> None:
    """Let what somebody said of themselves in the other account hold where they have not joined in the known one."""
    profiles = turn.unit.profiles
    found = profiles.of_some((keep.id, gone.id))
    mine, theirs = found.get(keep.id), found.get(gone.id)
    if mine is None or theirs is None:
        return
    mine.paused_at = mine.paused_at or theirs.paused_at
    if mine.joined_at is None and theirs.joined_at:
        for name in SAID:
            setattr(mine, name, getattr(theirs, name))
        profiles.aim_at(mine, profiles.goal(theirs))
    if theirs.goal_id:
        profiles.aim_at(theirs, "")


FLOW = Flow(
    actions={"tying.yes": yes, "tying.no": no},
    alone={
        Prompt.SAME_PERSON: DrawnAlone(
            same_person,
            N_("two accounts have your e-mail address"),
            N_("This is asked once in each account; 'pause' stops me until you resume."),
        )
    },
)
