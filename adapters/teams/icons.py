"""The app's two icons, drawn by the code: a metronome whose arm swings, in colour and as an outline."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import hypot

BLUE, WHITE, GREY, AMBER = (0x1F, 0x3A, 0x5F), (255, 255, 255), (0xC9, 0xD6, 0xE6), (0xF2, 0xA5, 0x41)
COLOR_SIZE, OUTLINE_SIZE = 192, 32
"""Pixels to a side (Microsoft Learn, 'Create Teams app package')."""

GRID = 4
"""Points to a side that are looked at for each pixel, so that edges are smooth."""

Point = tuple[float, float]
Colour = tuple[int, int, int]
Paint = Callable[[float, float], Colour | None]
"""Tells the colour of a point from (0, 0), at the upper left, to (1, 1); None is transparent."""

_TOP, _BOTTOM, _BASE = 0.2, 0.84, 0.68
_HALF_TOP, _HALF_BOTTOM = 0.1, 0.27
_PIVOT, _TIP, _WEIGHT = (0.5, 0.68), (0.75, 0.13), (0.64, 0.372)


@cache
def color_icon() -> bytes:
    """Return the icon in colour, as PNG."""
    return _png(COLOR_SIZE, _in_colour)


@cache
def outline_icon() -> bytes:
    """Return the white outline on transparent ground, as PNG."""
    return _png(OUTLINE_SIZE, _in_outline)


def _in_colour(x: float, y: float) -> Colour:
    if _near((x, y), _PIVOT, _TIP, 0.017) or hypot(x - _WEIGHT[0], y - _WEIGHT[1]) < 0.055:
        return AMBER
    if _TOP <= y <= _BOTTOM and abs(x - 0.5) <= _half_width(y):
        return GREY if y > _BASE else WHITE
    return BLUE


def _in_outline(x: float, y: float) -> Colour | None:
    left, right = 0.5 - _HALF_TOP, 0.5 + _HALF_TOP
    feet = (0.5 - _HALF_BOTTOM, _BOTTOM), (0.5 + _HALF_BOTTOM, _BOTTOM)
    corners = (left, _TOP), (right, _TOP), feet[1], feet[0], (left, _TOP)
    base = (0.5 - _half_width(_BASE), _BASE), (0.5 + _half_width(_BASE), _BASE)
    drawn = any(_near((x, y), begin, end, 0.032) for begin, end in (*pairwise(corners), base, (_PIVOT, _TIP)))
    return WHITE if drawn or hypot(x - _WEIGHT[0], y - _WEIGHT[1]) < 0.075 else None


def _half_width(y: float) -> float:
    """Return how far the body reaches from the middle at a height."""
    return _HALF_TOP + (_HALF_BOTTOM - _HALF_TOP) * (y - _TOP) / (_BOTTOM - _TOP)


def _near(point: Point, begin: Point, end: Point, within: float) -> bool:
    """Tell whether a point is at most so far from a line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, begin, end
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
    along = min(max(along, 0.0), 1.0)
    return hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= within


def _png(size: int, paint: Paint) -> bytes:
    """Return a square picture as PNG: colours of eight bits with transparency, unfiltered (RFC 2083)."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y, size, paint) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = _chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _pixel(x: int, y: int, size: int, paint: Paint) -> bytes:
    steps = [(number + 0.5) / GRID for number in range(GRID)]
    found = [paint((x + right) / size, (y + down) / size) for down in steps for right in steps]
    seen = [colour for colour in found if colour is not None]
    if not seen:
        return bytes(4)
    mixed = (round(sum(colour[part] for colour in seen) / len(seen)) for part in range(3))
    return bytes((*mixed, round(255 * len(seen) / len(found))))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
