"""Where a person's chat is: kept as text with the account, and good for writing out of the blue later."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A conversation, the service that carries it, and the tenant it belongs to.

    A chat that was never opened has no `conversation` yet; `member` is then Teams' own id of whom it will be with.
    """

    conversation: str
    service_url: str
    tenant: str
    member: str = ""

    def dump(self) -> str:
        """Return the address as text."""
        return json.dumps(asdict(self))

    @staticmethod
    def load(text: str) -> "Address":
        """Read an address from text. Raises ValueError where it is none."""
        fields = json.loads(text)
        names = ("conversation", "service_url", "tenant")
        if not isinstance(fields, dict) or not all(isinstance(fields.get(name), str) for name in names):
            raise ValueError("no address of a Teams conversation")
        return Address(*(str(fields.get(name, "")) for name in (*names, "member")))
