"""Forms, filled and sent in: errors at their fields, what comes next, and answers that take their time."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackEndpoint
from adapters.slack.screen import LOOKS, Screen
from adapters.slack.windows import form_window, line_window
from bot.messages import Answer, Event, Filled, Submitted, Typed, card
from tests.adapters.slack.driver import MISSING, SlackUser
from tests.adapters.slack.fake import FakeSlack
from tests.adapters.slack.receiver import ScriptedReceiver
from tests.adapters.slack.sample import ENGLISH, EVERYTHING, WHOLE
from tests.adapters.slack.things import Fault


def has_form(user: SlackUser) -> bool:
    return user.form is not None


async def test_ana_fills_a_form_of_every_kind_of_field(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    ben = SlackUser.joining(slack, "Ben Ode")
    receiver.script = lambda event: Answer(None if isinstance(event, Submitted) else EVERYTHING)
    await ana.command("join")
    assert await ana.fill({}) == {"Format": MISSING}
    errors = await ana.fill(
        {
            "Your path so far": "Sales,\nthen <code> & more",
            "Format": "In a group",
            "Skills": ("Python", "Design"),
            "Best hour": "14:30",
            "How sure are you?": "4",
            "Who knows you?": "Ben Ode",
        }
    )
    assert errors == {}
    assert ana.window is None
    *filled, sent = receiver.answered[1:]
    assert isinstance(sent, Submitted)
    assert sent.kept
    for event in (*filled, sent):
        assert isinstance(event, Filled | Submitted)
        assert (event.form, event.subject, event.rev) == ("joining.profile", "p1", 4)
    assert [event.begins for event in filled if isinstance(event, Filled)] == [True, False]
    assert {name: value for event in filled if isinstance(event, Filled) for name, value in event.values.items()} == {
        "focus": "Speaking up",
        "story": "Sales,\nthen <code> & more",
        "format": "group",
        "skills": ("py", "ux"),
        "zone": "z7",
        "starts": "2027-03-16",
        "hour": "14:30",
        "sure": "4",
        "buddy": ben.id,
    }


async def test_errors_stand_at_their_fields_and_the_form_stays(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    def script(event: Event) -> Answer:
        if isinstance(event, Typed):
            return Answer(WHOLE)
        return Answer(errors={"focus": "Please be more precise.", "whole": "This was changed meanwhile."})

    receiver.script = script
    await ana.command("join")
    chosen = {"Format": "One to one"}
    assert await ana.fill(chosen) == {"Your focus": "This was changed meanwhile."}
    receiver.script = lambda event: Answer(errors={"skills": "Only one?"})
    assert await ana.fill(chosen) == {"Skills": "Only one?"}
    receiver.script = lambda event: Answer()
    assert await ana.fill({"Your focus": "Speaking up in meetings"} | chosen) == {}
    assert ana.window is None
    first, second, third = receiver.answered[1:]
    assert len({first.keys, second.keys, third.keys}) == 3


async def test_a_form_may_lead_to_another_or_to_a_line(
    ana: SlackUser, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(WHOLE)
    chosen = {"Format": "One to one"}
    await ana.command("join")
    await ana.fill(chosen)
    assert has_form(ana)
    receiver.script = lambda event: Answer(card("Welcome!"))
    await ana.fill(chosen)
    assert not has_form(ana)
    assert ana.window == "Welcome!"


async def test_a_form_that_was_taken_closes_with_all_that_lies_beneath(
    ana: SlackUser, slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.show(ana.id, line_window("What it is about.", "About you"))
    slack.show(ana.id, form_window(WHOLE, ENGLISH), push=True)
    await ana.fill({"Format": "One to one"})
    assert ana.window is None


async def test_a_slow_form_keeps_what_was_typed_until_it_is_taken(
    ana: SlackUser, hasty: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    chosen = {"Format": "One to one"}
    receiver.script = lambda event: Answer(WHOLE)
    await ana.command("join")
    receiver.script = lambda event: Answer(errors={"focus": "Please be more precise."})
    receiver.ready.clear()
    assert await ana.fill(chosen) == {}
    assert ana.window is not None
    assert "One moment" in ana.window
    receiver.ready.set()
    await hasty.close()
    assert ana.window == "Your focus: Please be more precise."
    ana.close()
    assert has_form(ana)

    receiver.script = lambda event: Answer()
    receiver.ready.clear()
    await ana.fill(chosen)
    receiver.ready.set()
    await hasty.close()
    assert ana.window == "Done. You can close this."
    ana.close()
    assert ana.window is None


async def test_a_window_that_slack_has_not_opened_yet_is_looked_for_again(
    ana: SlackUser, slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.show(ana.id, {**line_window("One moment.", "Add a topic"), "external_id": "n1"})
    slack.faults["views.update"] = [Fault("not_found"), Fault("not_found")]
    await Screen(client, pause=0).update_named("n1", line_window("Done.", "Add a topic"))
    assert ana.window == "Done."
    slack.faults["views.update"] = [Fault("not_found")] * LOOKS
    await Screen(client, pause=0).update_named("n1", line_window("Never.", "Add a topic"))
    assert ana.window == "Done."
