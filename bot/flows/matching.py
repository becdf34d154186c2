"""Finding each other: an admin proposes a pair, each is asked without hearing of the other's answer."""

from datetime import timedelta

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.mentorship import Consent, Format, Mentorship, Participant, Role, Status, decision_time
from bot.domain.people import Person, PersonStatus
from bot.domain.prompts import Prompt
from bot.messages import Button, Errors, Fact, Field, FieldKind, Form, Pressed, Say, Section, Show, Values, card
from bot.turn import Command, Drawn, Flow, FormFlow, Replies, Scene, Turn

TERM = timedelta(weeks=26)
"""How long a mentorship lasts unless something else is agreed."""


# What is asked


def invitation(scene: Scene) -> Section:
    """Ask whether somebody wants this mentorship, or say what they answered."""
    t, mentorship = scene.t, scene.facts.mentorship
    me = next(p for p in scene.facts.participants if p.person_id == scene.reader.id)
    day = t.day(mentorship.decides_at, scene.reader.zone)
    if me.consent is not Consent.OPEN or mentorship.status is not Status.PROPOSED:
        return Section(t("Thank you, noted. You will hear on {day} whatever happens.", day=day))
    ask = {
        Role.MENTOR: t("Would you be a mentor to {name}?", name=scene.partner),
        Role.MENTEE: t("{name} could be your mentor.", name=scene.partner),
        Role.PEER: t("You and {name} could be each other's mentors.", name=scene.partner),
    }[me.role]
    rhythm = t(
        "About {minutes} minutes every two weeks until {day}. Either answer is fine, and yours stays with me. "
        "You will hear on {heard} whatever happens.",
        minutes=mentorship.minutes,
        day=t.day(mentorship.ends_at - timedelta(days=1), mentorship.zone),
        heard=day,
    )
    return Section(
        f"{ask} {rhythm}",
        title=t("Shall we try?"),
        buttons=(
            Button(
                t("Yes, gladly"),
                "matching.accept",
                mentorship.id,
                style="primary",
                words=(t("yes"), t("accept"), t("yes, gladly")),
            ),
            Button(t("Not this time"), "matching.decline", mentorship.id, words=(t("no"), t("decline"))),
        ),
    )


def pair_form(turn: Turn, subject: str) -> Form:
    """Ask an admin whom to pair."""
    t = turn.t
    return Form(
        "matching.pair",
        "",
        t("Pair two people"),
        (
            Field("mentor", t("Mentor"), FieldKind.PERSON),
            Field("mentee", t("Mentee"), FieldKind.PERSON),
        ),
        intro=t("Each is asked by me and answers without hearing of the other's answer."),
        submit=t("Invite both"),
    )


# What is answered


def accept(turn: Turn, press: Pressed) -> Replies:
    """Note a yes; it is told to nobody until the day on which both hear."""
    return _answered(turn, press.subject, Consent.ACCEPTED)


def decline(turn: Turn, press: Pressed) -> Replies:
    """Note a no; it is never told to anybody."""
    return _answered(turn, press.subject, Consent.DECLINED)


def _answered(turn: Turn, mentorship_id: str, consent: Consent) -> Replies:
    facts = turn.mentorship(mentorship_id)
    if facts.mentorship.status is Status.PROPOSED:
        me = next(p for p in facts.present if p.person_id == turn.actor.id)
        me.consent = consent
    return ()


def pair(turn: Turn, text: str) -> Replies:
    """Propose a pair from `pair @mentor @mentee`; with less than two people, ask for them in a form."""
    names = _two_names(text)
    if names is None:
        return (Show(pair_form(turn, "")),)
    problems, people = _people(turn, dict(zip(("mentor", "mentee"), names, strict=True)))
    if problems:
        return (Show(card(" ".join(problems.values()))),)
    return _propose(turn, *people)


def pair_submitted(turn: Turn, form: Form, values: Values) -> Replies:
    """Propose the pair of the form."""
    problems, people = _people(turn, {name: str(values[name]) for name in ("mentor", "mentee")})
    return (Errors(problems),) if problems else _propose(turn, *people)


def _two_names(text: str) -> tuple[str, str] | None:
    """Split what stands behind `pair`: two mentions, or two names divided by a comma, 'and' or an @."""
    for mark in (",", " and ", " und "):
        if mark in text:
            first, _, second = text.partition(mark)
            return (first, second) if first.strip() and second.strip() else None
    words = [word for word in text.replace("@", " @").replace("< @", "<@").split(" @") if word.strip(" @")]
    if len(words) == 1:
        words = text.split()
    return (words[0], words[1]) if len(words) == 2 else None


def _people(turn: Turn, named: dict[str, str]) -> tuple[dict[str, str], list[Person]]:
    t, problems, people = turn.t, {}, []
    for role, name in named.items():
        person = turn.person(name)
        if person is None or person.status is PersonStatus.LEFT:
            problems[role] = t(
                "I know nobody, or several people, called {name}. A full name or an e-mail helps.", name=name.strip()
            )
        else:
            people.append(person)
    if len(people) == 2 and people[0] is people[1]:
        problems["mentee"] = t("A pair needs two people.")
    elif len(people) == 2 and _already(turn, people[0], people[1]):
        problems["mentee"] = t(
            "{a} and {b} are a pair already, or have been asked.", a=people[0].first_name, b=people[1].first_name
        )
    return problems, people


def _already(turn: Turn, mentor: Person, mentee: Person) -> bool:
    for facts in turn.unit.mentorships.of_person(mentor.id, turn.now):
        inside = {participant.person_id for participant in facts.present}
        if mentee.id in inside and facts.mentorship.status is not Status.ENDED:
            return True
    return False


def _propose(turn: Turn, mentor: Person, mentee: Person) -> Replies:
    now, org = turn.now, turn.actor.organization_id
    mentorship = Mentorship(
        id=new_id(),
        organization_id=org,
        format=Format.ONE_ON_ONE,
        status=Status.PROPOSED,
        proposed_at=now,
        decides_at=decision_time(now, mentee.zone),
        zone=mentee.zone,
        ends_on=local(now + TERM, mentee.zone).date(),
    )
    participants = [
        Participant(mentorship.id, mentor.id, org, Role.MENTOR, joined_at=now),
        Participant(mentorship.id, mentee.id, org, Role.MENTEE, joined_at=now),
    ]
    turn.unit.mentorships.add(mentorship, *participants)
    turn.begin(Facts(mentorship, participants, {mentor.id: mentor, mentee.id: mentee}))
    turn.audit("pair", mentorship.id)
    t = turn.t
    return (
        Say(
            card(
                t(
                    "I ask {mentor} and {mentee} in their working hours, each by themselves. Both hear on {day}.",
                    mentor=mentor.first_name,
                    mentee=mentee.first_name,
                    day=t.day(mentorship.decides_at, turn.actor.zone),
                ),
                facts=(Fact(t("Mentor"), mentor.name), Fact(t("Mentee"), mentee.name)),
            )
        ),
    )


FLOW = Flow(
    actions={"matching.accept": accept, "matching.decline": decline},
    forms={"matching.pair": FormFlow(pair_form, pair_submitted)},
    sections={
        Prompt.INVITATION: Drawn(invitation, "your programme proposed this mentorship"),
        Prompt.INVITATION_REMINDER: Drawn(
            invitation, "an invitation is waiting for your answer; I ask twice at most"
        ),
    },
    commands=(Command(("pair",), "pair @mentor @mentee: propose a pair", pair, admin=True),),
)
