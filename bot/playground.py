"""Who plays in the playground, and what is coming for them."""

from adapters.web.ports import PersonLine, PlanLine
from bot.app import App


class Cast:
    """The people of the playground's company, and its plan."""

    def __init__(self, app: App, organization_id: str) -> None:
        self._app = app
        self._organization_id = organization_id

    def people(self) -> list[PersonLine]:
        """Return everybody, whoever runs the programme first, with a word on who they are."""
        with self._app.store.unit() as unit:
            everybody = unit.people.everybody(self._organization_id)
        ordered = sorted(everybody, key=lambda person: not person.is_admin)
        return [
            PersonLine(p.id, p.name, f"runs the programme, {p.zone}" if p.is_admin else p.zone, p.language)
            for p in ordered
        ]

    def plan(self) -> list[PlanLine]:
        """Return what is coming, the next first."""
        return [
            PlanLine(one.at, one.person, one.kind.replace("_", " "), one.why, one.pair)
            for one in self._app.engine.coming(self._organization_id)
        ]

    def zone(self) -> str:
        """Return the zone of whoever runs the programme, for the clock above the conversations."""
        with self._app.store.unit() as unit:
            everybody = unit.people.everybody(self._organization_id)
        return next((person.zone for person in everybody if person.is_admin), "UTC")
