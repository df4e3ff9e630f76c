"""Something that the law or practice asks for, and whether it is there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """`why`: what is wrong, empty when met."""

    label: str
    met: bool
    why: str


def require(label: str, met: object, why: str) -> Requirement:
    """`why` is said only when it is not met."""
    return Requirement(label, bool(met), "" if met else why)
