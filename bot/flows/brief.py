"""Before a meeting: the others get the lead's topics in one brief, and what came of the last steps."""

from bot.attendance import asks_attendance, were_you_there
from bot.domain.meeting import MeetingKind, State
from bot.domain.prompts import Prompt
from bot.domain.records import NoteKind
from bot.flow import Drawn, Flow
from bot.follow_up import AT_ONCE, news, reach, still_open
from bot.language import N_
from bot.messages import Button, Fact, Quote, Section
from bot.scene import Scene


def brief(scene: Scene) -> Section:
    """Give the others the topics, what came of earlier steps, and two questions worth asking.

    Whoever is briefed may add a topic of their own, and tell what came of their own steps.
    """
    t, meeting = scene.t, scene.meeting
    when, links = scene.when(meeting.starts_at), scene.calendar_links(meeting)
    if asks_attendance(scene):
        return were_you_there(scene)
    if meeting.state is not State.CONFIRMED:
        return Section(t("This was about your meeting on {when}.", when=when), links=links)
    topics = scene.quotes(NoteKind.TOPIC)
    text = (
        t("{name} would like to talk about:", name=scene.partner)
        if topics
        else t("{name} has not named topics yet. These questions open most talks.", name=scene.partner)
    )
    words, about, me = scene.unit.words, scene.facts.mentorship.id, scene.reader.id
    steps, goals = words.actions(about, me), words.goals(about, me)
    mine = still_open(steps, me)[:AT_ONCE]
    add = t("Add a topic, or tell what came of it") if mine else t("Add a topic")
    write = Button(add, "agenda.open", meeting.id, opens=True, words=(t("agenda"), t("topics")))
    return Section(
        text,
        title=t("You meet {name}: {when}", name=scene.partner, when=when),
        facts=(
            *scene.where(),
            *reach(t("The goal"), (g for g in goals if g[0].owner_id != me)),
            *_worth_asking(scene),
        ),
        quotes=(
            *topics,
            *(scene.quotes(NoteKind.NOTE) if meeting.kind is MeetingKind.KICKOFF else ()),
            *news(t, scene.facts, me, steps, goals),
            *(Quote(step.text, t("this is still with you")) for step in mine),
        ),
        buttons=() if meeting.kind is MeetingKind.KICKOFF else (write,),
        links=links,
    )


def _worth_asking(scene: Scene) -> tuple[Fact, ...]:
    t = scene.t
    asked = (
        t("What have you tried since we last spoke, and what did it teach you?"),
        t("What would make the next two weeks a success?"),
        t("What is the real difficulty here for you?"),
        t("Whom could you ask who sees it differently?"),
    )
    first = scene.meeting.number % 2 * 2
    return (Fact(t("To ask"), asked[first]), Fact(t("Or"), asked[first + 1]))


FLOW = Flow(sections={Prompt.BRIEF: Drawn(brief, N_("you meet soon; this is the one brief before it"))})
