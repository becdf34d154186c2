"""Sends cards to people's conversations with the bot, one attempt a call, and finds those whose answer was lost."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.pace import Pace
from adapters.slack.render import messages
from bot.domain.people import Account
from bot.ports import InDoubt, Parcel, SendFailed

EVENT_TYPE = "mentronome_delivery"
"""What our messages' metadata calls itself. Anybody in the conversation can read it: it holds ids only."""

SOON = 30.0
"""Seconds to wait where Slack says that it could not, and not for how long."""

LOOKED_BACK = 200
"""Messages looked through for a lost one: the most that Slack advises to ask for at once."""

# Slack documents of these that 'some aspect of the operation' may have succeeded.
UNCERTAIN = frozenset({"internal_error", "fatal_error"})
TEMPORARY = frozenset({"service_unavailable", "request_timeout", "team_added_to_org", "org_login_required"})

LIMITED = "ratelimited"
"""Our code for that Slack is asked too often; it has two of its own."""

REFUSED_TOKENS = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""Slack's codes for that it does not take our token: what waits may still leave once the operator has mended it."""

MENDED_WITHIN = 900.0
"""Seconds until a send that failed for the token is tried again."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a card stands: a channel and the times of its messages, by which Slack names them."""

    channel: str
    stamps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.channel}:{'+'.join(self.stamps)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read again what str made of one."""
        channel, _, stamps = text.partition(":")
        return cls(channel, tuple(stamps.split("+")))


class SlackMessenger:
    """A `Messenger` for one workspace. A card that is too long for one message is sent as several.

    `pace` is kept by new messages; Slack counts drawing anew apart, and more kindly.
    """

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def send(self, parcel: Parcel) -> str:
        """Send a card, or draw an earlier one anew; return where it stands.

        Of a card in several messages those that arrived in an earlier attempt are not sent again.

        Raises:
            SendFailed: Slack refused it, or could not be reached. `paced`: it would be faster than Slack allows, and
                was not tried.
            InDoubt: whether it arrived is not known.
        """
        parts = messages(parcel.card, parcel.delivery_id)
        before = Posted.read(parcel.replaces) if parcel.replaces else None
        standing = dict(enumerate(before.stamps)) if before else {}
        if (new := len(parts) - len(standing)) > 0:
            self._pace.keep(parcel.workspace.external_id, parcel.account.external_id, new)
        channel = before.channel if before else await self._channel(parcel.account)
        if len(parts) > max(1, len(standing)):
            standing |= await self._arrived(channel, parcel.delivery_id)
        for number, part in enumerate(parts):
            content = {**part, "metadata": _metadata(parcel.delivery_id, number)}
            if number not in standing:
                standing[number] = await self._post(channel, content)
            elif parcel.replaces:
                await _called(self._client.chat_update(channel=channel, ts=standing[number], **content))
        for number in range(len(parts), len(standing)):
            await _called(self._client.chat_delete(channel=channel, ts=standing[number]))
        return str(Posted(channel, tuple(standing[number] for number in range(len(parts)))))

    async def find(self, parcel: Parcel) -> str | None:
        """Return where an earlier attempt stands, if all of it arrived and reading the conversation was granted.

        Raises:
            InDoubt: Slack could not say just now.
        """
        try:
            channel = await self._channel(parcel.account)
            standing = await self._arrived(channel, parcel.delivery_id)
        except SendFailed as failed:
            if failed.retry_after is None:
                return None
            raise InDoubt(failed.code) from None
        if len(standing) < len(messages(parcel.card, parcel.delivery_id)):
            return None
        return str(Posted(channel, tuple(standing[number] for number in sorted(standing))))

    async def _post(self, channel: str, content: dict[str, Any]) -> str:
        call = self._client.chat_postMessage(channel=channel, **content, unfurl_links=False, unfurl_media=False)
        stamp: str = (await _called(call))["ts"]
        return stamp

    async def _channel(self, account: Account) -> str:
        """Posting would take a person's id for a channel, updating and reading would not."""
        if account.address:
            return account.address
        opened = await _called(self._client.conversations_open(users=account.external_id), harmless=True)
        channel: str = opened["channel"]["id"]
        return channel

    async def _arrived(self, channel: str, delivery_id: str) -> dict[int, str]:
        """Return the times of a delivery's messages by their number; none where we may not read."""
        try:
            page = await _called(
                self._client.conversations_history(channel=channel, include_all_metadata=True, limit=LOOKED_BACK),
                harmless=True,
            )
        except SendFailed as failed:
            if failed.retry_after is None:
                return {}
            raise
        found = ((message["ts"], _payload(message)) for message in page["messages"])
        return {payload["part"]: ts for ts, payload in found if payload.get("delivery") == delivery_id}


async def _called(calling: Awaitable[AsyncSlackResponse], *, harmless: bool = False) -> AsyncSlackResponse:
    """Await a call in the terms of a messenger; a `harmless` one may be repeated whatever became of it."""
    try:
        return await calling
    except SlackApiError as error:
        failure = _failure(error)
    except (ClientConnectorError, ConnectionTimeoutError):
        failure = SendFailed("unreachable", SOON)
    except (ClientError, TimeoutError):
        failure = InDoubt("no_answer")
    if harmless and isinstance(failure, InDoubt):
        failure = SendFailed(str(failure), SOON)
    raise failure from None


def _failure(error: SlackApiError) -> SendFailed | InDoubt:
    """Slack's message is left out: it repeats what was sent."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in (LIMITED, "rate_limited"):
        return SendFailed(LIMITED, _seconds(response.headers.get("Retry-After")), busy=True)
    if code is None or code in UNCERTAIN:
        return InDoubt(code or f"http_{status}")
    if code in REFUSED_TOKENS:
        return SendFailed(code, MENDED_WITHIN)
    return SendFailed(code, SOON if code in TEMPORARY else None)


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdecimal() else SOON


def _metadata(delivery_id: str, part: int) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": delivery_id, "part": part}}


def _payload(message: dict[str, Any]) -> dict[str, Any]:
    metadata = message.get("metadata") or {}
    return metadata.get("event_payload", {}) if metadata.get("event_type") == EVENT_TYPE else {}
