"""Scan: the picture of a page flows in; set straight, with its ruling lines apart from its letters, it flows out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.loaders.pages.layout import Box

DPI = 200
"""Dots an inch at which letters are recognised; at 300 tables come out worse."""
POINT = 72 / DPI
"""Points a dot."""
INK = 160
"""Brightness (of 255) below which a dot is ink."""
PALE_INK = 190
"""The same for ruling lines, which are thin and often grey."""
SHORTEST_RULE = 100
"""Dots; no stroke of a letter is as long."""
THICKEST_RULE = 12
"""Dots; what is thicker is a filled area."""
STEEPEST = 0.05
"""Slope up to which a page that was laid askew is set straight (about 3 degrees)."""
_BLOCK = 32
_SLOPES = np.linspace(-STEEPEST, STEEPEST, 51)
_STRAIGHTER = 1.05
"""How much sharper the lines of a page must stand for it to be taken as askew."""

Picture = NDArray[np.uint8]
"""Brightness of each dot, row by row; 255 is paper."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scan:
    """A page of letters without its ruling lines, and those lines in points."""

    letters: Picture
    edges: tuple[Box, ...]


def scanned(picture: Picture) -> Scan:
    """The page set straight, its ruling lines taken out."""
    straight = _straightened(picture)
    dark = straight < PALE_INK
    level, upright = _rules(dark), _rules(dark.T).T
    letters = straight.copy()
    letters[_grown(level | upright)] = 255
    turned = ((top, left, bottom, right) for left, top, right, bottom in _edges(upright.T))
    return Scan(letters, (*_edges(level), *turned))


def lies_on_side(letters: Picture) -> bool:
    """Whether the lines of writing run upright rather than level: across them ink and paper change more sharply."""
    dark = letters < INK
    level, upright = (float((np.diff(dark.mean(axis=axis)) ** 2).sum()) for axis in (1, 0))
    return bool(upright * dark.shape[0] > level * dark.shape[1])


def _straightened(picture: Picture) -> Picture:
    slope = _slope(picture < INK)
    return _sheared(_sheared(picture, slope).T, -slope).T if slope else picture


def _slope(dark: Mask) -> float:
    """How far the lines of writing fall for each dot they run to the right; 0 where none stand out."""
    height, width = dark.shape
    blocks = [dark[:, left : left + _BLOCK].sum(axis=1) for left in range(0, width, _BLOCK)]

    def sharpness(slope: float) -> float:
        profile = np.zeros(height)
        for at, block in enumerate(blocks):
            profile += np.roll(block, -round(slope * at * _BLOCK))
        return float((np.diff(profile) ** 2).sum())

    best = max(_SLOPES, key=sharpness)
    return float(best) if sharpness(best) > _STRAIGHTER * sharpness(0.0) else 0.0


def _sheared(picture: Picture, slope: float) -> Picture:
    """The picture with each column moved up by `slope` times its place."""
    done = np.full_like(picture, 255)
    height, width = picture.shape
    moves = np.rint(slope * np.arange(width)).astype(int)
    for move in np.unique(moves):
        columns = moves == move
        if move >= 0:
            done[: height - move, columns] = picture[move:, columns]
        else:
            done[-move:, columns] = picture[:move, columns]
    return done


def _rules(dark: Mask) -> Mask:
    """The long thin lines that run level, also where they lean or break off by a dot."""
    near = dark.copy()
    near[1:] |= dark[:-1]
    near[:-1] |= dark[1:]
    near[:, 1:] |= near[:, :-1].copy()
    return _opened(near, SHORTEST_RULE) & ~_opened(near.T, THICKEST_RULE).T


def _opened(dark: Mask, length: int) -> Mask:
    """What lies in a level run of at least so many dots."""
    if dark.shape[1] < length:
        return np.zeros_like(dark)
    starts, size = dark, 1
    while size < length:
        step = min(size, length - size)
        starts, size = starts[:, :-step] & starts[:, step:], size + step
    done, size = np.pad(starts, ((0, 0), (0, length - 1))), 1
    while size < length:
        step = min(size, length - size)
        done[:, step:] |= done[:, :-step].copy()
        size += step
    return done


def _grown(mask: Mask) -> Mask:
    """The mask and the dots around it, where a line fades into the paper."""
    done = mask.copy()
    done[1:] |= done[:-1].copy()
    done[:-1] |= done[1:].copy()
    done[:, 1:] |= done[:, :-1].copy()
    done[:, :-1] |= done[:, 1:].copy()
    return done


def _edges(rules: Mask) -> list[Box]:
    """The level runs in points; a thick line gives several."""
    padded = np.pad(rules, ((0, 0), (1, 1))).astype(np.int8)
    rows, places = np.nonzero(np.diff(padded, axis=1))
    runs = np.column_stack([rows[::2], places[::2], places[1::2]])
    long = runs[runs[:, 2] - runs[:, 1] >= THICKEST_RULE]
    return [(float(a) * POINT, float(y) * POINT, float(b) * POINT, float(y) * POINT) for y, a, b in long]
