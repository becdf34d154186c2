"""The people of a channel, a user group or a team are brought in: each is asked once whether to take part."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.ids import new_id
from bot.domain.own import Enrolment
from bot.domain.people import Account, Person, PersonStatus, Workspace
from bot.domain.records import AuditEntry
from bot.engine.directory import take_note
from bot.engine.newcomers import workspace_of
from bot.engine.speaking import Speaker
from bot.engine.tables import Tables
from bot.flows.enrolling import done, not_done
from bot.language import translator
from bot.messages import Sender, Wanted
from bot.ports import Clock, Links, Member, Store, UnitOfWork, Unlisted


class Enrolling:
    """What becomes of a wish to bring in the people of a place, a unit of work at a time.

    Whoever does not run a programme any more brings in nobody, and is told nothing.
    """

    def __init__(self, tables: Tables, store: Store, clock: Clock, links: Links | None) -> None:
        self._tables = tables
        self._store = store
        self._clock = clock
        self._links = links

    def bring_in(self, wanted: Wanted, members: Sequence[Member]) -> int:
        """Let some people of a place be asked whether to take part, and whoever joins it later; return how many."""
        with self._store.unit() as unit:
            if _admin(unit, wanted) is None:
                return 0
            now, found = self._clock.now(), workspace_of(unit, wanted.platform, wanted.workspace)
            unit.enrolments.keep_place(found, wanted.place, now)
            count = bring_in(unit, self._speaker(unit), found, members, now)
            unit.commit()
        return count

    def tell(self, wanted: Wanted, found: int | Unlisted) -> None:
        """Tell who wished for it how many people of the place are asked, or why nobody could tell who they are."""
        with self._store.unit() as unit:
            if (admin := _admin(unit, wanted)) is None:
                return
            (person, account), org, now = admin, wanted.organization_id, self._clock.now()
            t = translator(person.language)
            if not isinstance(found, Unlisted):
                unit.audit(AuditEntry(new_id(), org, person.id, "enrolled", wanted.place, now))
            told = not_done(t, found) if isinstance(found, Unlisted) else done(t, found)
            self._speaker(unit).queue(told, account.id, org)
            unit.commit()

    def _speaker(self, unit: UnitOfWork) -> Speaker:
        return Speaker(self._tables, unit, self._clock.now(), self._links)


def _admin(unit: UnitOfWork, wanted: Wanted) -> tuple[Person, Account] | None:
    """Return whose wish it is, as long as they run a programme."""
    account = unit.people.account(wanted.organization_id, wanted.account_id)
    person = unit.people.get(wanted.organization_id, account.person_id) if account else None
    return (person, account) if person and account and person.is_admin else None


def bring_in(
    unit: UnitOfWork, speaker: Speaker, workspace: Workspace, members: Iterable[Member], now: datetime
) -> int:
    """Let everybody be asked who belongs, was not asked before and takes no part yet; return how many these are.

    Doing it twice changes nothing. The asking itself is up to each person's hours and budget.
    """
    count = 0
    for member in members:
        take_note(unit, speaker, workspace, member, now)
        known = unit.people.by_account(Sender(workspace.platform, workspace.external_id, member.user))
        if known is None or not member.belongs or known[0].status is not PersonStatus.ACTIVE:
            continue
        person = known[0]
        if unit.enrolments.get(person.id) is None and not unit.enrolments.takes_part(person.id):
            unit.enrolments.add(Enrolment(person.id, person.organization_id, now))
            unit.touches.look_by(person.organization_id, person.id, now)
            count += 1
    return count
