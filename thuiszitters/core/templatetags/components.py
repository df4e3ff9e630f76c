"""Building blocks of pages: the child's clock, the pager, the list of errors above a form."""

from dataclasses import dataclass, replace

from django import template

register = template.Library()


@register.simple_block_tag
def twice(content):
    """`{% twice as name %}...{% endtwice %}`: what a page fills in once, for more than one place of the frame."""
    return content


@dataclass(frozen=True)
class Room:
    """Shares of the width of a clock: two marks nearer than `near` write away from each other, `edge` is too near to
    the end to write towards it, and a letter takes `letter`."""

    near: float
    edge: float
    letter: float


NARROW, WIDE = Room(near=0.16, edge=0.1, letter=0.031), Room(near=0.13, edge=0.08, letter=0.006)


@dataclass(frozen=True)
class Mark:
    label: str
    x: str
    anchor: str
    shift: int


@register.inclusion_tag("components/clock.html")
def clock(clock, size="", words=True):
    """`{% clock c size="large" %}` on a page of one child, on a scale of its own; `words=False` where the page has its
    own sentence."""
    return {
        "clock": clock,
        "large": size == "large",
        "words": words,
        "width": _percent(max(clock.fraction, 0.02) if clock.days else 0),
        "marks": place(clock.marks, NARROW),
        # On a wide page there is room for the day as well, and for marks that would crowd together on a telephone.
        "dated": place([replace(m, label=f"{m.label} · {m.on}") for m in clock.marks], WIDE) if size == "large" else [],
    }


@register.inclusion_tag("components/clock_scaled.html")
def scaled_clock(clock, words=True):
    """In a list: each on the same scale, with the lines of `scale_of_clocks` in the head of its column."""
    scaled = clock.scaled
    return {
        "clock": clock,
        "words": words,
        "width": _percent(max(scaled.fraction, 0.01) if clock.days else 0),
        "lessons": _percent(scaled.lessons) if scaled.lessons is not None else "",
    }


@register.inclusion_tag("components/clock_scale.html")
def scale_of_clocks():
    """The words above a column of `scaled_clock`."""
    return {}


def place(marks, room) -> list[Mark]:
    """Where each label goes. When a child is at home so long that marks crowd together, the later label stays."""
    placed, taken_until = [], -1.0
    for i, mark in enumerate(marks):
        before = i > 0 and mark.position - marks[i - 1].position < room.near
        after = i + 1 < len(marks) and marks[i + 1].position - mark.position < room.near
        anchor, shift = _anchor(mark.position, before, after, room.edge)
        width = len(mark.label) * room.letter
        start = mark.position - {"start": 0, "middle": width / 2, "end": width}[anchor]
        if start < taken_until:
            placed[-1] = replace(placed[-1], label="")
        taken_until = start + width
        placed.append(Mark(mark.label, _percent(mark.position), anchor, shift))
    return placed


def _anchor(position, before, after, edge) -> tuple[str, int]:
    """On which side of its mark a label stands, and how many pixels away from it."""
    if position > 1 - edge:
        return "end", -4
    if position < edge or before:
        return "start", 4
    return ("end", -4) if after else ("middle", 0)


def _percent(fraction) -> str:
    return f"{min(max(fraction, 0), 1) * 100:.1f}%"


LOAD_LEVELS = ("longest", "over", "near", "ok", "none")
NARROWEST_WITH_NUMBER = 0.045


@register.inclusion_tag("components/load_bar.html")
def load_bar(counts, most):
    """How much somebody has, in pieces from the most to the least urgent, on one scale with the others: `most` is the
    largest total. A piece tells its number where that fits; the table beside it tells all."""
    pieces, start = [], 0.0
    for level, count in zip(LOAD_LEVELS, counts, strict=True):
        share = count / max(most, 1)
        shown = count if share >= NARROWEST_WITH_NUMBER else ""
        if count:
            middle = _percent(start + share / 2)
            pieces.append({"level": level, "x": _percent(start), "width": _percent(share), "at": middle, "n": shown})
        start += share
    return {"pieces": pieces}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, page):
    """Links to the other pages of a Django Page; the other parameters in the address stay."""
    return {
        "request": context["request"],
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """What went wrong in one or more forms, with a link to each field. `{{ form }}` brings its own."""
    errors = []
    for form in forms:
        errors += [("", "", text) for text in form.non_field_errors()]
        for field in form:
            errors += [(_target(field), field.label, text) for text in field.errors]
    return {"errors": errors}


def _target(field) -> str:
    """The id to jump to; a group of choices has its focus on the first one."""
    if field.is_hidden:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def alert_level(message) -> str:
    """The name that the design system has for the level of a message."""
    return {"success": "ok", "warning": "warning", "error": "error"}.get(message.level_tag, "info")
