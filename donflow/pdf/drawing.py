"""Pictures drawn by rule: smooth shapes, tapered strokes, washes that fade, in their own units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from math import atan2, cos, radians, sin
from typing import Final, NewType

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader

from donflow.pdf.fonts import Role
from donflow.pdf.glyphs import face_of
from donflow.pdf.page import Paper, Point
from donflow.pdf.setting import POINTS_PER_MM
from donflow.pdf.spacing import Colour

Shape = NewType("Shape", str)
"""One or several outlines, in the operators of a PDF."""

WHITE: Final[Colour] = (1.0, 1.0, 1.0)
BLACK: Final[Colour] = (0.0, 0.0, 0.0)


class Blend(StrEnum):
    """How a colour meets what lies below it."""

    NORMAL = "Normal"
    MULTIPLY = "Multiply"
    SCREEN = "Screen"


def polygon(points: Sequence[Point], *, closed: bool = True) -> Shape:
    """Straight lines from point to point."""
    lines = " ".join(f"{x:.2f} {y:.2f} l" for x, y in points[1:])
    return Shape(f"{_move(points[0])} {lines}{' h' if closed else ''}")


def rectangle(x: float, y: float, width: float, height: float) -> Shape:
    """A rectangle by its top left corner."""
    return Shape(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re")


def ellipse(x: float, y: float, across: float, down: float | None = None) -> Shape:
    """An ellipse by its middle and its two radii; a circle with one."""
    down = across if down is None else down
    a, b = across * _KAPPA, down * _KAPPA
    return Shape(
        f"{x + across:.2f} {y:.2f} m "
        f"{x + across:.2f} {y + b:.2f} {x + a:.2f} {y + down:.2f} {x:.2f} {y + down:.2f} c "
        f"{x - a:.2f} {y + down:.2f} {x - across:.2f} {y + b:.2f} {x - across:.2f} {y:.2f} c "
        f"{x - across:.2f} {y - b:.2f} {x - a:.2f} {y - down:.2f} {x:.2f} {y - down:.2f} c "
        f"{x + a:.2f} {y - down:.2f} {x + across:.2f} {y - b:.2f} {x + across:.2f} {y:.2f} c h"
    )


def smooth(points: Sequence[Point], *, closed: bool = True) -> Shape:
    """A curve without corners through all points."""
    count = len(points)
    steps = count if closed else count - 1
    parts = [_move(points[0])]
    for step in range(steps):
        start, end = points[step], points[(step + 1) % count]
        before = points[step - 1] if closed or step else start
        after = points[(step + 2) % count] if closed or step + 2 < count else end
        parts.append(
            f"{start[0] + (end[0] - before[0]) / 6:.2f} {start[1] + (end[1] - before[1]) / 6:.2f} "
            f"{end[0] - (after[0] - start[0]) / 6:.2f} {end[1] - (after[1] - start[1]) / 6:.2f} "
            f"{end[0]:.2f} {end[1]:.2f} c"
        )
    return Shape(" ".join(parts) + (" h" if closed else ""))


def stroke(points: Sequence[Point], widths: Sequence[float]) -> Shape:
    """A brush stroke along a curve: its width goes evenly through `widths`, as many as one likes.

    Few points are enough: the curve through them is walked in small steps.
    """
    walked = curve_through(points)
    left, right = list[Point](), list[Point]()
    for number, (x, y) in enumerate(walked):
        before, after = walked[max(0, number - 1)], walked[min(len(walked) - 1, number + 1)]
        along = atan2(after[1] - before[1], after[0] - before[0])
        half = _between(widths, number / (len(walked) - 1)) / 2
        left.append((x + half * sin(along), y - half * cos(along)))
        right.append((x - half * sin(along), y + half * cos(along)))
    return smooth(left + right[::-1])


def curve_through(points: Sequence[Point], *, steps: int = 6) -> list[Point]:
    """The points of a smooth curve through a few, `steps` for each stretch."""
    walked = list[Point]()
    last = len(points) - 1
    for number in range(last):
        p0, p1 = points[max(0, number - 1)], points[number]
        p2, p3 = points[number + 1], points[min(last, number + 2)]
        for step in range(steps):
            t = step / steps
            walked.append(
                (_catmull(p0[0], p1[0], p2[0], p3[0], t), _catmull(p0[1], p1[1], p2[1], p3[1], t))
            )
    return [*walked, points[-1]]


def together(*shapes: Shape) -> Shape:
    """Several shapes as one: one colour, one opacity, no darker where they overlap."""
    return Shape(" ".join(shapes))


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """A colour with a share of another in it."""
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


@contextmanager
def cut_to(paper: Paper, x: float, y: float, width: float, height: float) -> Iterator[None]:
    """What is put on the paper inside is seen within the rectangle (mm) only."""
    left, foot = x * POINTS_PER_MM, (paper.height - y - height) * POINTS_PER_MM
    across, down = width * POINTS_PER_MM, height * POINTS_PER_MM
    paper._canvas.saveState()
    paper._canvas._code.append(f"{rectangle(left, foot, across, down)} W n")
    yield
    paper._canvas.restoreState()


class Drawing:
    """Part of a page in units of its own: x to the right and y down from (`x`, `y`) mm.

    `scale` is mm for a unit. To be closed before anything else is put on the paper.
    """

    def __init__(self, paper: Paper, x: float, y: float, scale: float) -> None:
        self._canvas = paper._canvas
        self._canvas.saveState()
        unit = scale * POINTS_PER_MM
        top = (paper.height - y) * POINTS_PER_MM
        self._put(f"{unit:.5f} 0 0 {-unit:.5f} {x * POINTS_PER_MM:.3f} {top:.3f} cm 1 J 1 j")

    def close(self) -> None:
        self._canvas.restoreState()

    def fill(
        self, shape: Shape, colour: Colour, opacity: float = 1.0, blend: Blend = Blend.NORMAL
    ) -> None:
        """Fill a shape with one colour."""
        self._mix(opacity, blend)
        self._put(f"{_components(colour)} rg {shape} f")

    def line(
        self,
        shape: Shape,
        colour: Colour,
        width: float,
        opacity: float = 1.0,
        blend: Blend = Blend.NORMAL,
    ) -> None:
        """Draw a shape's outline, `width` units wide with round ends."""
        self._mix(opacity, blend)
        self._put(f"{_components(colour)} RG {width:.3f} w {shape} S")

    def shade(
        self,
        shape: Shape,
        start: Point,
        end: Point,
        colours: Sequence[Colour],
        stops: Sequence[float] | None = None,
        *,
        opacity: float = 1.0,
        blend: Blend = Blend.NORMAL,
    ) -> None:
        """Fill a shape with colours that go over into each other from `start` to `end`."""
        with self.clipped(shape):
            self._mix(opacity, blend)
            self._canvas.linearGradient(*start, *end, _colours(colours), stops)

    def shade_round(
        self,
        shape: Shape,
        middle: Point,
        radius: float,
        colours: Sequence[Colour],
        stops: Sequence[float] | None = None,
        *,
        opacity: float = 1.0,
        blend: Blend = Blend.NORMAL,
    ) -> None:
        """Fill a shape with colours that go over into each other from its middle outwards."""
        with self.clipped(shape):
            self._mix(opacity, blend)
            self._canvas.radialGradient(*middle, radius, _colours(colours), stops)

    def wash(
        self, x: float, y: float, across: float, down: float, colour: Colour, opacity: float = 1.0
    ) -> None:
        """A soft spot of thin ink that fades to nothing: it darkens what lies below."""
        self._spot(x, y, across, down, (mixed(WHITE, colour, opacity), WHITE), Blend.MULTIPLY)

    def glow(
        self, x: float, y: float, across: float, down: float, colour: Colour, opacity: float = 1.0
    ) -> None:
        """A soft spot of light or mist that fades to nothing: it brightens what lies below."""
        self._spot(x, y, across, down, (mixed(BLACK, colour, opacity), BLACK), Blend.SCREEN)

    @contextmanager
    def clipped(self, shape: Shape) -> Iterator[None]:
        """What is drawn inside is seen within the shape only."""
        self._canvas.saveState()
        self._put(f"{shape} W n")
        yield
        self._canvas.restoreState()

    @contextmanager
    def placed(
        self, x: float, y: float, *, turn: float = 0.0, size: float = 1.0, mirrored: bool = False
    ) -> Iterator[None]:
        """What is drawn inside has its origin at (`x`, `y`), turned clockwise by degrees."""
        along = radians(turn)
        a, b = size * cos(along), size * sin(along)
        side = -1 if mirrored else 1
        self._canvas.saveState()
        self._put(f"{side * a:.4f} {side * b:.4f} {-b:.4f} {a:.4f} {x:.3f} {y:.3f} cm")
        yield
        self._canvas.restoreState()

    def character(
        self,
        character: str,
        x: float,
        y: float,
        size: float,
        colour: Colour,
        *,
        role: Role = Role.KAI,
        opacity: float = 1.0,
    ) -> None:
        """One character centred on (`x`, `y`), its em `size` units."""
        face = face_of(character, role)
        canvas = self._canvas
        canvas.saveState()
        self._mix(opacity, Blend.NORMAL)
        run = canvas.beginText()
        run.setFillColorRGB(*colour)
        run.setTextTransform(1, 0, 0, -1, x - face.width(character) * size / 2, y + 0.38 * size)
        run.setFont(face.name, size)
        run.textOut(character)
        canvas.drawText(run)
        canvas.restoreState()

    def image(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """A JPEG or PNG picture that fills the rectangle; what sticks out at the sides is cut."""
        reader = ImageReader(BytesIO(data))
        wide, high = reader.getSize()
        scale = max(width / wide, height / high)
        with self.clipped(rectangle(x, y, width, height)):
            self._mix(1.0, Blend.NORMAL)
            self._put(f"1 0 0 -1 {x + width / 2:.3f} {y + height / 2:.3f} cm")
            across, down = wide * scale, high * scale
            self._canvas.drawImage(reader, -across / 2, -down / 2, across, down, mask="auto")

    def _spot(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        colours: tuple[Colour, Colour],
        blend: Blend,
    ) -> None:
        self._canvas.saveState()
        self._put(f"1 0 0 {down / across:.4f} {x:.3f} {y:.3f} cm")
        inner, outer = colours
        half = mixed(inner, outer, 0.55)
        self._mix(1.0, blend)
        self._put(f"{ellipse(0, 0, across)} W n")
        colouring = _colours((inner, half, outer))
        self._canvas.radialGradient(0, 0, across, colouring, (0, 0.5, 1))
        self._canvas.restoreState()

    def _mix(self, opacity: float, blend: Blend) -> None:
        self._canvas.setFillAlpha(round(opacity, 2))
        self._canvas.setStrokeAlpha(round(opacity, 2))
        self._canvas.setBlendMode(str(blend))

    def _put(self, operators: str) -> None:
        self._canvas._code.append(operators)


_KAPPA: Final = 4 / 3 * (2**0.5 - 1)


def _move(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f} m"


def _components(colour: Colour) -> str:
    return f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f}"


def _colours(colours: Sequence[Colour]) -> list[Color]:
    return [Color(*colour) for colour in colours]


def _between(values: Sequence[float], share: float) -> float:
    place = share * (len(values) - 1)
    lower = min(int(place), len(values) - 2) if len(values) > 1 else 0
    upper = min(lower + 1, len(values) - 1)
    return values[lower] + (values[upper] - values[lower]) * (place - lower)


def _catmull(p0: float, p1: float, p2: float, p3: float, t: float) -> float:
    a, b, c = p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * (p1 - p2) + p3 - p0
    return p1 + (a * t + b * t * t + c * t**3) / 2
