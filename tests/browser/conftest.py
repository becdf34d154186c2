"""A real Chromium, and a playground to open in it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

SYSTEM = Path("/usr/bin/chromium")
MISSING = "NO BROWSER: the playground is NOT tested. `make chromium` gets one; with CI=true this is a failure."


# Not of the whole session: while Playwright runs, no other test can run an event loop in this process.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = _launched(playwright)
        yield chromium
        chromium.close()


def _launched(playwright: Playwright) -> Browser:
    path = SYSTEM if SYSTEM.exists() else None
    try:
        return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    except BrowserError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{MISSING}\n{error}", pytrace=False)
        sys.__stderr__ and print(f"\n{MISSING}", file=sys.__stderr__)
        pytest.skip(MISSING)


@contextmanager
def playing(folder: Path) -> Iterator[str]:
    """Serve the scripted playground on the data of a folder, and give its address."""
    command = [sys.executable, "-m", "tests.browser.scripted", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address, "the playground did not start"
        try:
            yield address
        finally:
            process.terminate()
        assert process.wait() == 0, "the playground did not stop in order"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with playing(tmp_path_factory.mktemp("playground")) as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window in which nothing may go wrong unnoticed."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert troubles == []
