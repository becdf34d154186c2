"""Sends cards to the conversations of the playground."""

from adapters.web.rooms import Rooms, Who
from bot.ports import Clock, Parcel, SendFailed


class RoomMessenger:
    """The playground's `Messenger`. An account's address is its person's id.

    A delivery that comes again is counted and not posted twice.
    """

    def __init__(self, rooms: Rooms, clock: Clock) -> None:
        self._rooms = rooms
        self._clock = clock

    async def send(self, parcel: Parcel) -> str:
        """Post a card, or draw a message anew; return the id of the message.

        Raises:
            SendFailed: the account has no address, or the message to draw anew does not exist.
        """
        earlier = self._rooms.delivered(parcel.delivery_id)
        if earlier is not None:
            self._rooms.came_again(parcel.delivery_id)
            return earlier
        if parcel.replaces is not None:
            if not self._rooms.replace(parcel.replaces, parcel.card, parcel.delivery_id):
                raise SendFailed("message_not_found")
            return parcel.replaces
        if not parcel.account.address:
            raise SendFailed("no_address")
        return self._rooms.post(parcel.account.address, Who.BOT, parcel.card, self._clock.now(), parcel.delivery_id)

    async def find(self, parcel: Parcel) -> str | None:
        """Return the id of the message that an earlier attempt made, or None where none arrived."""
        return self._rooms.delivered(parcel.delivery_id)
