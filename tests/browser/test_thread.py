"""The demo itself, in a real browser: a pair is made, says yes, introduces itself and books its first meeting."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_playground import of, say

pytestmark = pytest.mark.browser


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "bot", "demo", "--data", str(tmp_path / "data"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the demo did not start"
        try:
            yield found[0]
        finally:
            process.terminate()


def until(page: Page, name: str, label: str) -> None:
    """Go from event to event until somebody has a button, on one message or several."""
    button = of(page, name).get_by_role("button", name=label).first
    for _ in range(6):
        try:
            expect(button).to_be_visible(timeout=2_500)
            break
        except AssertionError:
            step = page.get_by_role("button", name="Next event")
            step.click()
            expect(step).to_be_enabled(timeout=20_000)
    expect(button).to_be_visible()


def test_a_form_speaks_the_language_of_whoever_reads_it(demo: str, page: Page) -> None:
    page.goto(demo)
    name = "Ben Sample"
    say(page, name, "/mentoring language de")
    expect(of(page, name)).to_contain_text("Ich schreibe dir jetzt auf Deutsch.")
    say(page, name, "/mentoring arbeitszeiten")
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("(freiwillig)")
    expect(of(page, name).get_by_role("tab", name="Nachrichten")).to_be_attached()
    form.get_by_role("button", name="Abbrechen").click()
    expect(form).to_be_hidden()
    say(page, name, "/mentoring sprache en")
    expect(of(page, name).get_by_role("tab", name="Messages")).to_be_visible()


def test_the_sample_company_pairs_ana_with_ben(demo: str, page: Page, tmp_path: Path) -> None:
    page.goto(demo)
    say(page, "Ada Sample (admin)", "/mentoring pair @Ben Sample @Ana Sample")
    expect(of(page, "Ada Sample (admin)")).to_contain_text("I ask Ben and Ana in their working hours")
    for name in ("Ana Sample", "Ben Sample"):
        until(page, name, "Yes, gladly")
        of(page, name).get_by_role("button", name="Yes, gladly").click()
        expect(of(page, name)).to_contain_text("Thank you, noted")
    until(page, "Ana Sample", "Introduce myself")
    of(page, "Ana Sample").get_by_role("button", name="Introduce myself").click()
    form = page.get_by_role("dialog")
    form.get_by_label("What brought you to where you are?").fill("Support, then testing")
    form.get_by_label("On which day?").fill(str(date(2020, 1, 1)))
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("Please fill this in.")
    form.get_by_label("What would make these months worth your time?").fill("<b>Leading</b> a project")
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("This hour is over.")
    expect(form.get_by_label("What brought you to where you are?")).to_have_value("Support, then testing")
    form.get_by_label("On which day?").fill(str(datetime.now(UTC).date() + timedelta(days=21)))
    form.get_by_role("button", name="Send").click()
    expect(of(page, "Ana Sample")).to_contain_text("Ben can read your introduction")
    until(page, "Ben Sample", "Works for me")
    expect(of(page, "Ben Sample")).to_contain_text("<b>Leading</b> a project")
    of(page, "Ben Sample").get_by_role("button", name="Works for me").last.dblclick()
    expect(of(page, "Ben Sample")).to_contain_text("Booked:")
    with page.expect_download() as brought:
        of(page, "Ben Sample").get_by_role("link", name="Add to my calendar").click()
    assert brought.value.suggested_filename == "mentoring.ics"
    assert "SUMMARY:Mentoring: Ben and Ana" in brought.value.path().read_text(encoding="utf-8")
    expect(page.get_by_text("this is the one brief before it").first).to_be_visible()
    page.screenshot(path=tmp_path / "playground.png")
    page.reload()
    expect(of(page, "Ana Sample")).to_contain_text("Ben can read your introduction")
