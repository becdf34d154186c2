"""What a look at a setting has found: for whoever operates the bot, with the mend where one is needed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` says what to do; with it set, `works` or not, something is missing."""

    about: str
    works: bool
    told: str
    mend: str = ""

    def __str__(self) -> str:
        mark = "ok" if self.works and not self.mend else "missing" if self.works else "wrong"
        line = f"{mark:8}{self.about}: {self.told}"
        return f"{line}\n{'':8}{self.mend}" if self.mend else line
