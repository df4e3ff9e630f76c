"""Finding a school by a part of its name, its place or its code, without knowing the code."""

import re

from django.db.models import Case, F, Q, QuerySet, When

from leerplicht.models import School
from thuiszitters.core.words import folded

MOST = 20
# As a choice is written (School.label): "De Lindeboom, Houten (99AB00)", perhaps with ", gesloten sinds ..." behind it.
CODE = re.compile(r"(?:^|\()([0-9]{2}[A-Z]{2}[0-9]{2})(?:$|\)(?:, gesloten sinds [^()]*)?$)", re.ASCII)


def by_code(text: str) -> School | None:
    """The school of which the code was typed, alone or as it is offered; None when there is no such school."""
    code = code_in(text)
    return School.objects.filter(code=code).first() if code else None


def code_in(text: str) -> str:
    """The code in what was typed: "25pl 00" or "De Linde, Houten (25PL00)"; empty when there is none."""
    found = CODE.search(re.sub(r"\s", "", text).upper()) or CODE.search(text.strip())
    return found[1] if found else ""


def matching(text: str) -> QuerySet[School]:
    """Schools of which name, place or code hold every word: open ones first, then those in which the first word begins
    a word. None for no words."""
    words = folded(text).split()[:10]
    if not words:
        return School.objects.none()
    schools = School.objects.all()
    for word in words:
        schools = schools.filter(search__contains=word)
    begins = Q(search__startswith=words[0]) | Q(search__contains=f" {words[0]}")
    return schools.order_by(F("closed_on").asc(nulls_first=True), Case(When(begins, then=0), default=1), "name", "code")
