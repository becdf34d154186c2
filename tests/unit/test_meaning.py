"""What words stand for: buttons and commands, in English and in the reader's language, exactly or with a slip."""

import pytest

from bot.engine.meaning import Offer, command, did_you_mean, exactly, nearly, plain, which
from bot.engine.tables import Tables
from bot.flow import RUN, Command
from bot.language import translator
from bot.messages import Button

T = translator("en")
GERMAN = {"end": "beenden", "another time": "andere Zeit", "yes": "ja"}


def says(sentence: str) -> str:
    return GERMAN.get(sentence, sentence)


def spoken(*words: str, opens: bool = False, admin: bool = False) -> Command:
    return Command(words, f"{words[0]}: help", lambda turn, text: (), admin=admin, opens=opens)


COMMANDS = (spoken("move", "another time"), spoken("end"), spoken("status", opens=True), spoken("snooze"))
YES = Offer(Button("Yes, gladly", "matching.accept", "m1", words=("yes", "accept")), "Ben")
NO = Offer(Button("Not this time", "matching.decline", "m1", words=("no",)), "Ben")
MET = Offer(Button("Yes, we met", "meeting.yes", "k1", words=("yes", "we met")), "Chris")


@pytest.mark.parametrize(
    ("said", "words", "behind"),
    [
        ("move", "move", ""),
        ("  Move   to Thursday 3pm ", "move", "to Thursday 3pm"),
        ("Another time please", "move", "please"),
        ("andere Zeit", "move", ""),
        ("End!", "end", ""),
        ("beenden", "end", ""),
    ],
)
def test_a_command_is_found_in_either_language_with_what_stands_behind_it(said: str, words: str, behind: str) -> None:
    found = command(COMMANDS, said, says)
    assert found is not None
    assert (found[0].words[0], found[1]) == (words, behind)


@pytest.mark.parametrize("said", ["anothertime", "ending", "please move", ""])
def test_half_a_word_is_no_command(said: str) -> None:
    assert command(COMMANDS, said, says) is None


def test_the_longer_words_win() -> None:
    commands = (spoken("pair"), spoken("pair me with"))
    found = command(commands, "pair me with Ben", says)
    assert found is not None
    assert found[1] == "Ben"


def test_words_name_a_button_by_its_label_or_its_words_once_however_many_cards_hold_it() -> None:
    assert exactly([YES, YES, NO], "yes!") == [YES]
    assert exactly([YES, MET], "Yes") == [YES, MET]
    assert exactly([YES, NO], "not this time.") == [NO]
    assert exactly([YES, NO], "perhaps") == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [("edn", "end"), ("statsu", "status"), ("snoze until Monday", "snooze until Monday"),
     ("beendne", "beenden"), ("another tiem tomorrow", "another time tomorrow")],
)  # fmt: skip
def test_a_slip_in_a_command_is_found_with_what_stands_behind_it(said: str, meant: str) -> None:
    (offer,) = nearly([YES, NO], COMMANDS, said, says)
    assert (offer.button.action, offer.button.value) == (RUN, meant)
    assert offer.button.opens is (meant == "status"), "only what shows something may run at once"


@pytest.mark.parametrize("said", ["and how are you", "emd of story", "the state of things", "good morning", "", "?"])
def test_a_sentence_that_begins_like_a_short_command_is_none(said: str) -> None:
    assert nearly([YES, NO], COMMANDS, said, says) == []


def test_a_slip_in_the_words_of_a_button_comes_before_commands() -> None:
    assert nearly([YES, NO, MET], COMMANDS, "we mett", says) == [MET]
    assert nearly([YES, NO], COMMANDS, "acept", says) == [YES]
    assert nearly([YES, NO], COMMANDS, "on", says) == [], "'on' is not 'no' with a slip"


def test_asking_back_keeps_the_button_and_changes_only_its_name() -> None:
    yes, no = did_you_mean(MET, T).buttons
    assert (yes.label, yes.action, yes.subject) == ("Yes", "meeting.yes", "k1")
    assert no.label == "No"


def test_several_are_told_apart_by_whom_they_are_about() -> None:
    assert [button.label for button in which([YES, MET], T).buttons] == ["Yes, gladly: Ben", "Yes, we met: Chris"]
    assert [button.label for button in which([YES, NO], T).buttons] == ["Yes, gladly", "Not this time"]


def test_nothing_of_a_line_is_compared_but_its_words() -> None:
    assert plain("  We   MET!? ") == "we met"


def test_what_is_grave_never_runs_by_a_misspelt_word() -> None:
    grave = {"end", "erase me", "new match", "pause", "move"}
    marked = {one.words[0]: one.opens for one in Tables().commands}
    assert grave <= marked.keys()
    assert not any(marked[word] for word in grave)
