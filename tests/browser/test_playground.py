"""The playground in a real browser: what people see in it and do with it."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import playing
from tests.browser.scripted import TYPED_AS_IS

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def opened(page: Page, address: str) -> None:
    page.goto(address)


def of(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Conversation of {name}", exact=True)


def say(page: Page, name: str, text: str) -> None:
    line = page.get_by_label(f"Write as {name}")
    expect(line).to_have_value("")
    line.fill(text)
    line.press("Enter")


def last(page: Page, name: str) -> Locator:
    return of(page, name).locator(".message").last


def brief(page: Page, name: str) -> Locator:
    """Have the bot send its brief, and return that message."""
    before = of(page, name).locator(".message").count()
    say(page, name, "brief")
    expect(of(page, name).locator(".message")).to_have_count(before + 2)
    return of(page, name).locator(".message").nth(before + 1)


def events(page: Page) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = page.request.get(page.url.split("?")[0] + "test/events").json()
    return heard


def shown(page: Page) -> list[str | None]:
    """Load the page again and return whose conversations it shows."""
    page.reload()
    columns = page.get_by_role("region", name="Conversation of")
    columns.first.wait_for()
    return [column.get_attribute("aria-label") for column in columns.all()]


def conversations(*names: str) -> list[str]:
    return [f"Conversation of {name}" for name in names]


def test_three_people_are_shown_at_first_and_others_by_choice_which_a_reload_keeps(page: Page) -> None:
    assert shown(page) == conversations("Ada Admin", "Ben Mentor", "Ana Mentee")

    of(page, "Ada Admin").get_by_label("Whose conversation").fill("nov")
    page.get_by_role("option", name="Dana Novak").click()
    expect(of(page, "Dana Novak")).to_be_visible()
    expect(page).to_have_url(re.compile("who=dana%2Cben%2Cana$"))
    assert shown(page) == conversations("Dana Novak", "Ben Mentor", "Ana Mentee")

    page.get_by_label("Close the conversation of Ben Mentor").click()
    expect(of(page, "Ben Mentor")).to_have_count(0)
    expect(page).to_have_url(re.compile("who=dana%2Cana$"))
    assert shown(page) == conversations("Dana Novak", "Ana Mentee")

    page.get_by_role("button", name="Show another person").click()
    expect(of(page, "Ada Admin")).to_be_visible()
    expect(page).to_have_url(re.compile("who=dana%2Cana%2Cada$"))
    assert shown(page) == conversations("Dana Novak", "Ana Mentee", "Ada Admin")


def test_who_was_written_to_last_is_shown_next(page: Page, tmp_path: Path) -> None:
    with playing(tmp_path) as served:
        page.goto(f"{served}?who=chris,dana")
        say(page, "Dana Novak", "hello")
        page.get_by_label("Close the conversation of Dana Novak").click()
        page.get_by_role("button", name="Show another person").click()
        expect(of(page, "Dana Novak")).to_be_visible()
        page.goto("about:blank")


def test_an_empty_conversation_says_what_to_type_until_something_is_said(page: Page, tmp_path: Path) -> None:
    with playing(tmp_path) as served:
        page.goto(served)
        for name, line in (("Ana Mentee", "good morning"), ("Ben Mentor", "/mentoring help")):
            expect(of(page, name).get_by_text("Type 'help'")).to_be_visible()
            say(page, name, line)
            expect(of(page, name).get_by_text("Type 'help'")).to_be_hidden()
        expect(of(page, "Ada Admin").get_by_text("Type 'help'")).to_be_visible()
        page.goto("about:blank")


def test_what_a_press_brings_is_in_sight_even_from_far_above(page: Page) -> None:
    above = brief(page, "Ana Mentee")
    for number in range(6):
        say(page, "Ana Mentee", f"line {number}")
        expect(last(page, "Ana Mentee")).to_contain_text(f"You said: line {number}")
    above.get_by_role("button", name="Not this week").click()
    expect(last(page, "Ana Mentee")).to_contain_text("Noted.")
    expect(last(page, "Ana Mentee")).to_be_in_viewport()


def test_a_fact_with_a_long_name_leaves_its_value_room(page: Page) -> None:
    shown = brief(page, "Ben Mentor")
    shown.locator("dt").first.evaluate(
        "element => element.textContent = 'From different teams or functions, ' + 'and more'"
    )
    value = shown.locator("dd").first.bounding_box()
    assert value and value["width"] > 80


def test_a_typed_line_and_its_answer_stand_in_the_conversation_and_stay_there(page: Page) -> None:
    say(page, "Ana Mentee", "good morning")
    expect(last(page, "Ana Mentee")).to_contain_text("You said: good morning")
    expect(page.get_by_label("Write as Ana Mentee")).to_have_value("")
    page.reload()
    expect(of(page, "Ana Mentee").locator(".message.person").last).to_contain_text("good morning")
    expect(last(page, "Ana Mentee")).to_contain_text("You said: good morning")
    sender = events(page)[-1]["sender"]
    assert (sender["platform"], sender["workspace"]) == ("playground", "play")
    assert sender["user"] == sender["address"] == "ana"


def test_peoples_words_are_shown_exactly_as_typed_and_apart_from_the_bots(page: Page) -> None:
    shown = brief(page, "Ben Mentor")
    quote = shown.get_by_role("blockquote").locator(".quoted")
    assert quote.evaluate("element => element.textContent") == TYPED_AS_IS
    assert quote.evaluate("element => getComputedStyle(element).whiteSpace") == "pre-wrap"
    expect(shown.locator("cite")).to_have_text("Ana Mentee")
    expect(shown.locator("dl")).to_contain_text("Room 4")
    expect(shown.locator(".note")).to_have_text("Only the two of you see this.")


def test_what_follows_the_command_is_answered_for_ones_own_eyes(page: Page) -> None:
    say(page, "Ada Admin", "/mentoring pair @Ben Mentor @Ana Mentee")
    expect(last(page, "Ada Admin")).to_contain_text("Only you see this")
    expect(last(page, "Ada Admin")).to_contain_text("The answer to 'pair <@ben> <@ana>'.")
    assert events(page)[-1]["slash"] is True
    last(page, "Ada Admin").get_by_role("button", name="And then?").click()
    expect(last(page, "Ada Admin")).to_contain_text("Noted.")
    last(page, "Ada Admin").get_by_role("button", name="Dismiss").click()
    expect(last(page, "Ada Admin")).to_contain_text("The answer to")
    page.reload()
    expect(of(page, "Ada Admin")).to_be_visible()
    expect(of(page, "Ada Admin").locator(".only-you")).to_have_count(0)


def test_a_pressed_card_is_drawn_anew_with_the_buttons_that_make_sense_now(page: Page) -> None:
    shown = brief(page, "Ana Mentee")
    shown.get_by_role("button", name="I'll be there").click()
    expect(shown).to_contain_text("You said you'll be there.")
    expect(shown.get_by_role("button")).to_have_text(["I can't after all"])
    pressed = events(page)[-1]
    assert (pressed["action"], pressed["subject"], pressed["value"]) == ("confirm", "m1", "yes")
    assert len(pressed["card"]) == 32


def test_a_link_opens_beside_the_page_and_the_bot_hears_nothing_of_it(page: Page) -> None:
    link = brief(page, "Ana Mentee").get_by_role("link", name="What the bot heard")
    before = len(events(page))
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value).to_have_url(re.compile("/test/events$"))
    expect(of(page, "Ana Mentee")).to_be_visible()
    assert len(events(page)) == before
    opened.value.close()


def test_other_windows_see_what_happens(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    expect(of(other, "Ana Mentee")).to_be_visible()
    say(page, "Ana Mentee", "do you see me?")
    expect(last(other, "Ana Mentee")).to_contain_text("You said: do you see me?")


def test_pressing_twice_is_one_press(page: Page) -> None:
    shown = brief(page, "Ben Mentor")
    before = len(events(page))
    slow = shown.get_by_role("button", name="Take your time")
    slow.dblclick()
    expect(slow).to_be_disabled()
    page.request.post(page.url + "test/release")
    page.request.post(page.url + "test/release")
    expect(last(page, "Ben Mentor")).to_contain_text("Noted.")
    expect(slow).to_be_enabled()
    say(page, "Ben Mentor", "afterwards")
    expect(last(page, "Ben Mentor")).to_contain_text("You said: afterwards")
    assert [event.get("action") for event in events(page)[before:]] == ["slow", None]


def test_what_fails_is_told_and_the_page_goes_on(page: Page) -> None:
    shown = brief(page, "Ana Mentee")
    shown.get_by_role("button", name="Cancel it").click()
    expect(last(page, "Ana Mentee")).to_contain_text("This did not reach the bot. Please try again.")
    expect(shown.get_by_role("button", name="Cancel it")).to_be_enabled()
    say(page, "Ana Mentee", "fail")
    expect(of(page, "Ana Mentee").get_by_text("This did not reach the bot.")).to_have_count(2)


def test_a_form_keeps_what_was_filled_in_while_something_is_wrong(page: Page) -> None:
    brief(page, "Ana Mentee").get_by_role("button", name="Move it").click()
    window = page.get_by_role("dialog", name="Move check-in 2")
    window.get_by_label("New day").fill("2027-03-09")
    window.get_by_label("Why does it move?").fill("ill")
    window.get_by_label("What should Ben know?").fill("two\nlines")
    window.get_by_role("radio", name="By call").click()
    window.get_by_role("checkbox", name="People").click()
    window.get_by_role("radio", name="4").click()
    window.get_by_label("Who else comes?").fill("weber")
    page.get_by_role("option", name="Chris Weber").click()
    window.get_by_role("button", name="Propose").click()

    question = window.locator(".question").filter(has_text="Why does it move?")
    expect(question.get_by_role("alert")).to_have_text("Please say a little more.")
    expect(window.get_by_role("alert").filter(has_text="Please")).to_have_count(1)
    expect(window.get_by_label("Why does it move?")).to_be_focused()
    expect(window.get_by_label("New day")).to_have_value("2027-03-09")
    window.get_by_label("Why does it move?").fill("I am ill")
    window.get_by_role("button", name="Propose").click()

    expect(window).to_have_count(0)
    expect(last(page, "Ana Mentee")).to_contain_text("Ben is asked.")
    sent = events(page)[-1]
    assert (sent["form"], sent["subject"], sent["rev"]) == ("move", "m1", 3)
    assert sent["values"] == {
        "day": "2027-03-09",
        "hour": "10:00",
        "why": "I am ill",
        "more": "two\nlines",
        "where": "call",
        "topics": ["goals", "people"],
        "mood": "4",
        "guest": "chris",
    }


def test_a_form_can_be_closed_by_keyboard_and_nothing_is_sent(page: Page) -> None:
    opener = brief(page, "Ana Mentee").get_by_role("button", name="Move it")
    opener.press("Enter")
    expect(page.get_by_role("dialog", name="Move check-in 2")).to_be_visible()
    before = len(events(page))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_enabled()
    assert len(events(page)) == before


def test_the_clock_moves_and_brings_what_was_planned(page: Page) -> None:
    clock = page.get_by_role("group", name="Clock")
    expect(clock).to_contain_text("Mon, Mar 1, 2027, 09:30 Europe/Berlin")
    clock.get_by_role("button", name="+1 hour").click()
    expect(clock).to_contain_text("Mon, Mar 1, 2027, 10:30")
    clock.get_by_role("button", name="+1 day").click()
    expect(clock).to_contain_text("Tue, Mar 2, 2027, 10:30")
    coming = page.get_by_role("region", name="What is coming")
    for cell in ("Thu, Mar 4, 09:00", "Ana Mentee", "Ask for the agenda", "two working days before", "Ana and Ben"):
        expect(coming.get_by_role("cell", name=cell, exact=True)).to_be_visible()
    clock.get_by_role("button", name="Next event").click()
    expect(clock.get_by_role("status")).to_have_text("Ask for the agenda: Ana Mentee")
    expect(last(page, "Ana Mentee")).to_contain_text("What shall you talk about?")
    expect(clock).to_contain_text("Fri, Mar 5, 2027, 10:30")
    expect(coming).to_contain_text("Nothing is planned.")
    clock.get_by_role("button", name="Next event").click()
    expect(clock.get_by_role("status")).to_have_text("Nothing is planned.")


def test_a_narrow_window_has_no_loose_ends(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    say(page, "Ada Admin", "on the phone")
    expect(last(page, "Ada Admin")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    of(page, "Ana Mentee").scroll_into_view_if_needed()
    expect(of(page, "Ana Mentee").get_by_label("Write as Ana Mentee")).to_be_in_viewport()


def test_a_restart_shows_every_message_again(page: Page, tmp_path: Path) -> None:
    with playing(tmp_path) as served:
        page.goto(served)
        brief(page, "Ben Mentor")
        page.goto("about:blank")
    with playing(tmp_path) as served:
        page.goto(served)
        expect(of(page, "Ben Mentor").locator(".message.person")).to_contain_text("brief")
        expect(last(page, "Ben Mentor").get_by_role("button", name="I'll be there")).to_be_visible()
        page.goto("about:blank")


def test_of_a_long_conversation_the_earlier_part_comes_on_request(page: Page) -> None:
    for number in range(21):
        say(page, "Ada Admin", f"line {number}")
        expect(last(page, "Ada Admin")).to_contain_text(f"You said: line {number}")
    page.reload()
    expect(of(page, "Ada Admin").locator(".message")).to_have_count(40)
    of(page, "Ada Admin").get_by_role("button", name="Earlier messages").click()
    expect(of(page, "Ada Admin").get_by_text("line 0", exact=True)).to_have_count(1)


def test_the_home_view_stands_beside_the_messages_and_is_always_current(page: Page) -> None:
    column = of(page, "Ana Mentee")
    home = page.get_by_role("region", name="Home of Ana Mentee")
    expect(home).to_be_hidden()
    say(page, "Ana Mentee", "good morning")
    column.get_by_role("tab", name="Home").click()
    expect(column.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(home).to_contain_text("Heard from you:")
    expect(page.get_by_label("Messages of Ana Mentee")).to_be_hidden()
    before = home.inner_text()

    home.get_by_role("button", name="I'll be there").click()
    expect(home).not_to_have_text(before)
    expect(home, "what is answered there stays there").to_be_visible()

    home.get_by_role("button", name="Move it").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(home).to_be_visible()

    home.get_by_role("button", name="Say it").click()
    expect(home, "what is said is read among the messages").to_be_hidden()
    expect(last(page, "Ana Mentee")).to_contain_text("Noted.")

    before = shown_at_home(page)
    say(page, "Ana Mentee", "and on")
    expect(home).not_to_have_text(before)


def shown_at_home(page: Page) -> str:
    of(page, "Ana Mentee").get_by_role("tab", name="Home").click()
    home = page.get_by_role("region", name="Home of Ana Mentee")
    expect(home).to_contain_text("Heard from you:")
    return home.inner_text()


def test_somebody_whom_the_bot_does_not_know_is_told_so_at_home(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?who=dana")
    of(page, "Dana Novak").get_by_role("tab", name="Home").click()
    expect(page.get_by_role("region", name="Home of Dana Novak")).to_contain_text("write to the bot first")
