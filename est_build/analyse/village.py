"""A made-up municipality with three places, whose numbers show what the protection is for.

Its numbers follow from the rules in force, so that the example is right whatever they are: two places
are shown, the one between them is hidden, and so is what three reports from a village would be.
"""

from __future__ import annotations

from dataclasses import dataclass

from est_build.protect.ladder import rung

PLACES = ("Norra", "Mitten", "Södra")
WHOLE = "Kommunen"
FEW = 3
"""Reports from the place that is hidden."""

_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

Ends = tuple[int, int]


def in_words(value: int) -> str:
    """``fem``; numbers above twelve are written with figures."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else str(value)


@dataclass(frozen=True, slots=True)
class Reality:
    """Counts of the three places that together fit what is shown."""

    counts: tuple[int, int, int]

    @property
    def total(self) -> int:
        """All reports of the municipality."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Village:
    """The example for a display limit and a width of steps (``limit`` is a multiple of ``step``)."""

    limit: int
    step: int

    @property
    def place(self) -> Ends:
        """What is shown of each of the two places: the first step above the limit."""
        return rung(self.limit, self.step)

    @property
    def true(self) -> Reality:
        """What was reported: in the middle too few to be shown."""
        return Reality((self.limit + 2, FEW, self.limit))

    @property
    def whole(self) -> Ends:
        """What is shown of the municipality."""
        return rung(self.true.total, self.step)

    @property
    def telling(self) -> Ends:
        """A total that would give the middle away: more than the two places can hold together."""
        return rung(2 * self.limit + 2 * self.step, self.step)

    @property
    def left(self) -> int:
        """What would have to lie in the middle then."""
        return self.telling[0] - 2 * self.place[1]

    @property
    def realities(self) -> tuple[Reality, Reality, Reality]:
        """Three that fit: an empty middle, what was reported, and a middle with many reports."""
        low, high = self.place
        return (
            Reality((high, 0, max(low, self.whole[0] - high))),
            self.true,
            Reality((low, self.whole[1] - 2 * low - 1, low)),
        )

    def fits(self, reality: Reality) -> bool:
        """True if a reality agrees with everything that is shown."""
        north, _, south = reality.counts
        low, high = self.place
        least, most = self.whole
        return low <= north <= high and low <= south <= high and least <= reality.total <= most
