"""Many requests at once, as a platform sends them, and how long each waited for its answer."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from aiohttp import ClientSession, TCPConnector

from benchmarks.figures import Figure, median_ms, p99_ms

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Request:
    """One POST."""

    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Load:
    """How long each answer took, and all together, in seconds."""

    waits: Sequence[float]
    took: float

    @property
    def per_second(self) -> float:
        return len(self.waits) / self.took


async def load(url: str, requests: Sequence[Request]) -> Load:
    """Send requests, so many at once, over connections that are kept; every one of them must be answered 200."""
    waiting, waits = iter(requests), list[float]()

    async def send() -> None:
        for request in waiting:
            began = perf_counter()
            async with http.post(request.path, data=request.body, headers=request.headers) as answer:
                text = await answer.text()
            waits.append(perf_counter() - began)
            if answer.status != 200:
                raise AssertionError(f"answered {answer.status}: {text}")

    async with ClientSession(url, connector=TCPConnector(limit=AT_ONCE)) as http:
        began = perf_counter()
        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        return Load(waits, perf_counter() - began)


def beside(name: str, ours: Sequence[Load], bare: Sequence[Load], what: str, rate: str = "") -> list[Figure]:
    """Return the medians of some rounds, ours beside those of something bare; `rate` is the target of the rate."""

    def both(figure: str, unit: str, measured: Callable[[Load], float], target: str) -> Figure:
        value, base = median(map(measured, ours)), median(map(measured, bare))
        compared = f"{what} {base:,.1f} {unit}, {value / base:.2f}×{target}"
        return Figure(f"{name}.{figure}", value, unit, compared)

    return [
        both("p50", "ms", lambda one: median_ms(one.waits), ""),
        both("p99", "ms", lambda one: p99_ms(one.waits), "; target ≤ 1.5×"),
        both("rate", "/s", lambda one: one.per_second, rate),
    ]
