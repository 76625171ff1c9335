"""Pictures as files, from plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.views.colours import CURVE_COLOURS, FILE_INK, FILE_PAPER, GREY


def sheet_svg(rows: Sequence[tuple[str, Strokes]], px_per_unit: float = 7.0) -> str:
    """Lines of ink one below the other, each with a label, as one SVG."""
    parts, y, width = [], 0.0, 400.0
    for label, strokes in rows:
        points = strokes.points * px_per_unit
        low, high = points.min(axis=0), points.max(axis=0)
        left, top = 20 - low[0], y + 30 - low[1]
        paths = ("M" + "L".join(f"{px + left:.1f},{py + top:.1f}" for px, py in line * px_per_unit) for line in to_polylines(strokes))
        parts.append(f'<text x="20" y="{y + 18:.0f}" font-size="12" fill="{GREY}" stroke="none">{label}</text><path d="{"".join(paths)}"/>')
        y, width = y + high[1] - low[1] + 50, max(width, high[0] - low[0] + 40)
    style = f'fill="none" stroke="{FILE_INK}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" font-family="sans-serif"'
    size = f'width="{width:.0f}" height="{y:.0f}" viewBox="0 0 {width:.0f} {y:.0f}"'
    paper = f'<rect width="100%" height="100%" fill="{FILE_PAPER}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{paper}<g {style}>{"".join(parts)}</g></svg>\n'


def curve_svg(curves: Mapping[str, Sequence[tuple[float, float]]], x_label: str, y_label: str, size: tuple[int, int] = (640, 300)) -> str:
    """Learning curves, each a list of (x, y), as one SVG."""
    width, height = size
    xs, ys = zip(*(point for curve in curves.values() for point in curve), strict=True)
    left, right, top, bottom = 60, width - 90, 15, height - 40

    def place(x: float, y: float) -> str:
        across, down = (x - min(xs)) / (max(xs) - min(xs) or 1), (max(ys) - y) / (max(ys) - min(ys) or 1)
        return f"{left + across * (right - left):.1f},{top + down * (bottom - top):.1f}"

    parts = [f'<path d="M{left},{top}V{bottom}H{right}" stroke="{GREY}"/>']
    for value, y in ((max(ys), top + 4), (min(ys), bottom)):
        parts.append(f'<text x="{left - 6}" y="{y}" text-anchor="end">{value:.2f}</text>')
    for value, x in ((min(xs), left), (max(xs), right)):
        parts.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{value:,.0f}</text>')
    parts.append(f'<text x="{(left + right) / 2}" y="{bottom + 30}" text-anchor="middle">{x_label}</text>')
    parts.append(f'<text transform="translate(14 {(top + bottom) / 2}) rotate(-90)" text-anchor="middle">{y_label}</text>')
    for (name, curve), colour in zip(curves.items(), CURVE_COLOURS, strict=False):
        parts.append(f'<polyline points="{" ".join(place(*point) for point in curve)}" stroke="{colour}" stroke-width="1.5"/>')
        across, down = place(*curve[-1]).split(",")
        parts.append(f'<text x="{float(across) + 5}" y="{down}" style="fill:{colour}">{name}</text>')
    style = f'<style>text{{font:12px sans-serif;fill:{GREY};stroke:none}}</style><rect width="100%" height="100%" fill="{FILE_PAPER}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill="none">{style}{"".join(parts)}</svg>\n'
