"""A company on Teams, with the whole application behind it: installed, paired, blocked, back again."""

from tests.adapters.teams.elsewhere import CHANNEL, TEAM
from tests.adapters.teams.office import Office


async def test_whoever_installs_is_welcomed_once_and_sees_all_on_one_card(office: Office) -> None:
    # Monday: Ana installs the app; Teams tells it twice.
    await office.hall("Ana").install()
    ana = office.people["Ana"]
    welcome, home = ana.messages()
    assert "Who sees it" in welcome
    assert "You are in no mentorship now" in home
    assert office.known() == [("Ana Sample", "ana-sample@sample.example")]

    # She writes from Berlin, which installing did not tell: nobody greets her again, and she is asked where she is.
    await ana.type("home")
    assert len([text for text in ana.messages() if "Who sees it" in text]) == 1
    assert "Your device is on Berlin time" in ana.messages()[-1]
    await ana.press("Use Berlin")

    # She takes it off and installs it anew: nothing was to be said meanwhile, so nothing is said now.
    said = len(ana.messages())
    await office.hall("Ana").take_off()
    await office.hall("Ana").install()
    assert len(ana.messages()) == said


async def test_a_team_is_known_from_the_day_it_has_the_app_and_is_written_to_when_there_is_something_to_say(
    office: Office,
) -> None:
    # Monday: Ada adds the app to the team of mentors. Nobody but the channel hears of it.
    await office.hall("Ada").add_to_team(*office.ids)
    assert len(office.microsoft.chats[CHANNEL]) == 1
    assert [name for name, _ in office.known()] == ["Ada Sample", "Ana Sample", "Ben Sample"]
    assert all(not user.messages() for user in office.people.values())

    # She runs the programme, and pairs two who have never heard of the bot.
    office.appoint("Ada")
    await office.people["Ada"].type("pair Ben Sample and Ana Sample")
    for label in ("Propose it", "Yes"):
        if label in office.people["Ada"].buttons():
            await office.people["Ada"].press(label)
    await office.world.until("2027-03-02", "16:00")

    # Both are asked, and the first thing that they read says what is kept.
    for name in ("Ana", "Ben"):
        first = office.people[name].messages()[0]
        assert first.startswith("Hello. I keep mentoring going")
        assert "Who sees it" in first
        assert office.people[name].buttons(), "and asks them, on the same card"


async def test_who_has_blocked_the_bot_counts_as_not_reached_until_they_have_it_back(office: Office) -> None:
    # Monday: a pair begins, and Ben takes the app off without having answered.
    await office.hall("Ada").add_to_team(*office.ids)
    office.appoint("Ada")
    ada, ben = office.people["Ada"], office.people["Ben"]
    await ada.type("pair Ben Sample and Ana Sample")
    office.microsoft.directory.teams[TEAM].remove(f"29:{ben.user_id}")
    await office.hall("Ben").take_off()
    await office.world.until("2027-03-02", "16:00")
    assert not ben.messages()

    # Ada reads a count, and nothing of who it is.
    await ada.type("status")
    assert "cannot be reached: 1" in ada.messages()[-1]

    # Ben has it back: he is greeted, and counts as anybody.
    await office.hall("Ben").install()
    assert ben.messages()
    await ada.type("status")
    assert "cannot be reached" not in ada.messages()[-1]


async def test_who_was_noted_as_gone_and_comes_into_the_team_anew_is_back(office: Office) -> None:
    await office.hall("Ada").add_to_team(*office.ids)
    office.appoint("Ada")
    await office.people["Ada"].type("left Ben Sample")
    await office.people["Ada"].press("Yes, Ben has left")
    assert await office.teams.rosters.read_all() == 1
    assert [name for name, _ in office.known()] == ["Ada Sample", "Ana Sample"], "no night brings him back"
    await office.hall("Ada").joins(f"29:{office.people['Ben'].user_id}")
    assert [name for name, _ in office.known()] == ["Ada Sample", "Ana Sample", "Ben Sample"]
