"""Finding children by a name as it was typed, on any database. The database gives who may be meant, by conditions that
a trigram index serves where PostgreSQL has one (migration 0013); `leerplicht.names.nearness` judges and puts in order,
so both databases find the same (docs/adr/0033)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, When

from leerplicht.law.obligation import Known
from leerplicht.models import Pupil
from leerplicht.names.nearness import SHORTEST_PART, SHORTEST_SLIP, Typed, nearness, typed, without_glued_prefix
from leerplicht.names.persons import same_last_name
from leerplicht.names.prefixes import WORDS

MOST = 1000  # so many rows are judged at once; a page that finds more says so
COLUMNS = ("search_last", "search_first")


@dataclass(frozen=True, slots=True)
class Near:
    """Children that fit, the nearest first (keys). `cut`: more may fit than were judged."""

    keys: list[int]
    cut: bool


def nearest(pupils: QuerySet[Pupil], wanted: Typed) -> Near:
    """Of these children those whose name was typed. One query."""
    rank = Case(
        When(_all(_whole, wanted), then=0), When(_all(_begins, wanted), then=1), default=2, output_field=IntegerField()
    )
    rows = pupils.filter(_may_be(wanted)).order_by(rank, "search_last", "search_first", "pk")
    found = list(rows.values_list("pk", "first_names", "prefix", "last_name")[: MOST + 1])
    judged = [(nearness(wanted, *names), place, pk) for place, (pk, *names) in enumerate(found[:MOST])]
    far = sorted((n, place, pk) for n, place, pk in judged if n is not None)
    return Near([pk for _, _, pk in far], len(found) > MOST)


def born_on(day: date) -> Q:
    """Born on a day, or perhaps: of a date of which the day is unknown each day of the month, or year, will do."""
    month, year = Q(born_known=Known.MONTH.value), Q(born_known=Known.YEAR.value)
    return Q(born=day) | month & Q(born=day.replace(day=1)) | year & Q(born=day.replace(month=1, day=1))


def same_family(pupil: Pupil, last_name: str) -> bool:
    """Whether this can be the last name of the child: with or without prefix, one part of a double name, another
    spelling, one slip. Enough to ask who it is, when the birth date agrees too."""
    wanted = typed(last_name)
    near = (nearness(Typed((word,), ()), "", pupil.prefix, pupil.last_name) for word in wanted.words)
    return same_last_name(pupil.person.last_name, last_name) or any(far is not None for far in near)


def _may_be(wanted: Typed) -> Q:
    if not wanted.words:
        return _light(wanted.light)
    return _all(_near, wanted)


def _all(condition, wanted: Typed) -> Q:
    fits = Q()
    for word in wanted.words:
        fits &= condition(word)
    return fits or Q(pk__isnull=False)


def _near(word: str) -> Q:
    """Begins so, holds it, or is one slip of the finger away, in first or last name."""
    fits = _begins(word)
    for rest in without_glued_prefix(word):
        fits |= _begins(rest)
    if len(word) >= SHORTEST_PART:
        fits |= _either(word, "contains")
    return fits | _one_slip_away(word) if len(word) >= SHORTEST_SLIP else fits


def _either(text: str, lookup: str) -> Q:
    fits = Q()
    for column in COLUMNS:
        fits |= Q(**{f"{column}__{lookup}": text})
    return fits


def _whole(word: str) -> Q:
    """A word of the name is this one. Of many who may be meant these are judged in any case."""
    return _either(word, "exact") | _either(f"{word} ", "startswith") | _either(f" {word}", "endswith")


def _begins(word: str) -> Q:
    """A word of the name begins so."""
    return _either(word, "startswith") | _either(f" {word}", "contains")


def _one_slip_away(word: str) -> Q:
    """One letter too few, too many or wrong, or two that changed places. The pattern says which words; before it halves
    of the word that an index can find: one slip leaves one of them whole, or lies between them."""
    half, fits = len(word) // 2, Q()
    pattern = rf"(^| )({'|'.join(one_slip(word))})( |$)"
    for column in COLUMNS:
        begin, end = _begins_in(column, word[:half]), _ends_in(column, word[half:])
        between = _begins_in(column, word[: half - 1]) & _ends_in(column, word[half + 1 :])
        fits |= (begin | end | between) & Q(**{f"{column}__regex": pattern})
    return fits


def _begins_in(column: str, part: str) -> Q:
    return Q(**{f"{column}__startswith": part}) | Q(**{f"{column}__contains": f" {part}"})


def _ends_in(column: str, part: str) -> Q:
    return Q(**{f"{column}__endswith": part}) | Q(**{f"{column}__contains": f"{part} "})


def one_slip(word: str) -> Iterable[str]:
    """Every way in which a name can differ from `word` by one slip, as patterns in which a dot is any letter."""
    cuts = [(re.escape(word[:i]), re.escape(word[i:])) for i in range(len(word) + 1)]
    letters = [re.escape(letter) for letter in word]
    missed = [f"{a}[^ ]{b}" for a, b in cuts]
    wrong = ["".join([*letters[:i], "[^ ]?", *letters[i + 1 :]]) for i in range(len(word))]
    turned = ["".join([*letters[:i], letters[i + 1], letters[i], *letters[i + 2 :]]) for i in range(len(word) - 1)]
    return dict.fromkeys([*missed, *wrong, *turned])


def _light(light: Iterable[str]) -> Q:
    """Only words of a prefix were typed, or a name that is a prefix elsewhere (Ben, Al, Do)."""
    ahead, named = Q(), Q()
    for word in light:
        whole = word in WORDS and len(word) > 1
        ahead &= Q(prefix__icontains=word) if whole else Q(prefix__istartswith=word[0])
        named &= _begins(word)
    return ahead | named if ahead else Q(pk__in=[])
