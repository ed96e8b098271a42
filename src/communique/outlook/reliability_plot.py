"""The reliability of a backtest as a picture: a plain SVG that any browser or document shows, made without a library."""

from __future__ import annotations

import math

from communique.outlook.backtest import Backtest
from communique.outlook.scores import ReliabilityBin

_LEFT, _TOP, _SIDE = 64.0, 44.0, 400.0
_GAP, _COUNTS = 62.0, 90.0
_INK, _FAINT, _BLUE = "#222222", "#bbbbbb", "#1f5a99"
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def reliability_svg(result: Backtest) -> str:
    """Draw what was foreseen against what came, with the range of each share; below, how many forecasts there were.

    A point on the diagonal is a probability that kept its word. The bars below are on a scale of powers of ten.
    """
    count = sum(each.count for each in result.reliability)
    title = f"Reliability: {count:,} forecasts of {result.horizon_days} days from {len(result.origins)} origins"
    width, height = _LEFT + _SIDE + 24.0, _TOP + _SIDE + _GAP + _COUNTS + 44.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" font-family="sans-serif" font-size="12" fill="{_INK}" role="img">',
        f"<title>{title}</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="white"/>',
        _text(_LEFT, 24, title, size=13),
        *_axes(),
        *(_point(each) for each in result.reliability),
        *_bars(result.reliability),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _across(probability: float) -> float:
    return _LEFT + probability * _SIDE


def _up(share: float) -> float:
    return _TOP + (1.0 - share) * _SIDE


def _axes() -> list[str]:
    parts = [
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_FAINT}"/>',
        _line(_across(0), _up(0), _across(1), _up(1), _FAINT, dashed=True),
    ]
    for tick in _TICKS:
        parts.append(_text(_across(tick), _up(0) + 16, f"{tick:.0%}", anchor="middle"))
        parts.append(_text(_LEFT - 6, _up(tick) + 4, f"{tick:.0%}", anchor="end"))
    parts.append(_text(_across(0.5), _up(0) + 34, "foreseen", anchor="middle"))
    middle = _TOP + _SIDE / 2
    parts.append(f'<text x="16" y="{middle:g}" transform="rotate(-90 16 {middle:g})" text-anchor="middle">came</text>')
    return parts


def _point(each: ReliabilityBin) -> str:
    across = _across(each.foreseen)
    words = f"foreseen {each.foreseen:.1%}, came {each.came:.1%} of {each.count:,}"
    return (
        f"<g><title>{words}</title>"
        + _line(across, _up(each.share_low), across, _up(each.share_high), _BLUE)
        + f'<circle cx="{across:.1f}" cy="{_up(each.came):.1f}" r="4" fill="{_BLUE}"/></g>'
    )


def _bars(bins: tuple[ReliabilityBin, ...]) -> list[str]:
    if not bins:
        return []
    floor = _TOP + _SIDE + _GAP + _COUNTS
    highest = max(1.0, math.log10(max(each.count for each in bins)))
    parts = [_text(_LEFT - 6, floor, "forecasts", anchor="end", size=11)]
    for each in bins:
        tall = _COUNTS * math.log10(max(1, each.count)) / highest
        left, wide = _across(each.low), max(1.0, (each.high - each.low) * _SIDE - 1.0)
        parts.append(
            f'<rect x="{left:.1f}" y="{floor - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{_BLUE}"'
            f' fill-opacity="0.5"><title>{each.low:.0%}–{each.high:.0%}: {each.count:,}</title></rect>'
        )
    parts.append(_text(_across(0.5), floor + 18, "how many, in powers of ten", anchor="middle"))
    return parts


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{words}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, color: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}"{dashes}/>'
