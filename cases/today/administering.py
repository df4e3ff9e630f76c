"""What an administrator sees of today: numbers and machinery, no child."""

from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from cases.dossier.models import Case
from cases.messages.models import DigestSent
from cases.owners.queries import codes_of_administrator
from leerplicht.models import Municipality
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.words import counted


def failed_jobs() -> QuerySet[Job]:
    """Work that was tried often enough; it waits until somebody asks for another try."""
    return Job.objects.filter(state=Job.State.FAILED).order_by("ended_at", "pk")


def failed(user: User, today: date) -> set[int]:
    rights = access_of(user).rights
    return set(failed_jobs().values_list("pk", flat=True)) if Right.ADMIN in rights else set()


def every_failed(today: date) -> dict[int, str]:
    return dict.fromkeys(failed_jobs().values_list("pk", flat=True), "")


def in_numbers(user: User, today: date) -> list[tuple[str, str]]:
    """Sentences with the page where something can be done about it."""
    found = []
    codes = codes_of_administrator(user)
    alone = Case.objects.open().filter(municipality__in=codes)
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    for code, count in alone.values_list("municipality").annotate(Count("pk")).order_by("municipality"):
        dossiers = counted(count, "open dossier", "open dossiers")
        found.append((f"In {names[code]} werkt niemand, en er zijn {dossiers}.", reverse("admin:core_membership_add")))
    working = Membership.objects.filter(Period.covers(today)).values("user")
    if without := User.objects.filter(is_active=True).exclude(pk__in=working).count():
        sentence = f"{counted(without, 'account heeft', 'accounts hebben')} geen rol."
        found.append((sentence, reverse("admin:core_user_changelist")))
    if parked := DigestSent.objects.filter(state=DigestSent.State.PARKED).count():
        sentence = f"{counted(parked, 'bericht kon', 'berichten konden')} niet worden verstuurd. Kijk het mailadres na."
        found.append((sentence, reverse("admin:core_user_changelist")))
    return found
