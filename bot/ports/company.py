"""Who is there: people and their accounts, programmes, and mentorships with all that deciding about them needs."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.facts import Facts
from bot.domain.meeting import Answer as MeetingAnswer
from bot.domain.meeting import Meeting
from bot.domain.mentorship import Mentorship, Participant
from bot.domain.people import Account, Organization, Person, Workspace
from bot.domain.profile import Profile
from bot.domain.program import Program
from bot.messages import Sender


class People(Protocol):
    """The people of a company and their accounts."""

    def get(self, organization_id: str, person_id: str) -> Person | None:
        """Return one person of a company."""

    def some(self, organization_id: str, person_ids: Collection[str]) -> Mapping[str, Person]:
        """Return those of some people who are of a company, by their ids."""

    def by_account(self, sender: Sender) -> tuple[Person, Account] | None:
        """Return who this is, if the bot knows the account."""

    def account(self, organization_id: str, account_id: str) -> Account | None:
        """Return one account of a company."""

    def accounts(self, person_id: str) -> Sequence[Account]:
        """Return the accounts of a person, in no order that matters."""

    def workspace(self, platform: str, external_id: str) -> Workspace | None:
        """Return the workspace of a platform by the platform's own id."""

    def find(self, organization_id: str, text: str) -> Sequence[Person]:
        """Return the active people whose name or e-mail is `text`, in any case; else those with it in the name."""

    def everybody(self, organization_id: str) -> Sequence[Person]:
        """Return the active people of a company, by name."""

    def by_external_id(self, workspace_id: str, external_id: str) -> Person | None:
        """Return the person behind a platform's user id in one workspace."""

    def by_email(self, organization_id: str, email: str) -> Person | None:
        """Return who has an e-mail address, in any case, whether they still belong to the company or not."""

    def is_in(self, workspace_id: str, person_id: str) -> bool:
        """Tell whether a person has an account in a workspace."""

    def managers(self, person_ids: Collection[str]) -> Mapping[str, str]:
        """Return the e-mail addresses of some people's managers by person id, where they are known."""

    def above(self, organization_id: str, person_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return everybody above some people in the company's hierarchy, their own manager first, as far as known."""

    def add(self, *rows: Organization | Workspace | Person | Account | Profile) -> None:
        """Save new rows."""


class Programs(Protocol):
    """The programmes of a company."""

    def all(self, organization_id: str) -> Sequence[Program]:
        """Return the programmes of a company, the oldest first."""

    def main(self, organization_id: str, now: datetime) -> Program:
        """Return the oldest programme of a company; one with the usual settings is made where there is none."""

    def add(self, program: Program) -> None:
        """Save a new programme."""


class Mentorships(Protocol):
    """Mentorships with all that deciding about them needs. Loading one locks it until the unit of work ends."""

    def facts(self, organization_id: str, mentorship_id: str) -> Facts | None:
        """Load and lock one mentorship of a company."""

    def of_meeting(self, organization_id: str, meeting_id: str) -> Facts | None:
        """Load and lock the mentorship of a meeting."""

    def of_person(self, person_id: str, now: datetime) -> Sequence[Facts]:
        """Load and lock all mentorships that a person is in and that are not long over, in the order of their ids.

        Long over is what ended 30 days ago or earlier. What a person has left is among them while it is news.
        """

    def former(self, person_id: str, before: datetime) -> str | None:
        """Return the id of the mentorship that somebody who was guided in it may hand over, from before a moment.

        It is the last one that ended because another left it, or for a new match.
        """

    def of_organization(self, organization_id: str, now: datetime) -> Sequence[Facts]:
        """Load all mentorships of a company that are not long over, without locks, oldest first."""

    def at_a_glance(self, organization_id: str, now: datetime) -> Sequence[Facts]:
        """Load the same mentorships, but nothing of what was said, put off or written.

        Answers are loaded where they left a meeting unsettled.
        """

    def some_at_a_glance(self, organization_id: str, mentorship_ids: Collection[str]) -> Sequence[Facts]:
        """Load some mentorships of a company in the same way, however long they are over, in no certain order."""

    def add(self, *rows: Mentorship | Participant | Meeting | MeetingAnswer) -> None:
        """Save new rows."""
