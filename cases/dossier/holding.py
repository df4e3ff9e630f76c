from django.db.models import F

from cases.dossier.models import Case
from cases.dossier.rules import NotNow

OVERTAKEN = (
    "Een collega heeft dit dossier net bijgewerkt of overgedragen. Kijk wat er veranderde en probeer het opnieuw."
)


class Overtaken(NotNow):
    """Somebody else saved in between: what is asked is a decision on what stands there now."""


def hold(case: Case) -> None:
    """Keep the dossier still until the transaction ends; NotNow when it was closed or handed over since it was read.
    (On SQLite the transaction itself is the lock.)"""
    rows = Case.objects.select_for_update().filter(pk=case.pk)
    if rows.values_list("municipality", "state").get() != (case.municipality_id, case.state):
        raise NotNow(OVERTAKEN)


CHANGED = "Een collega heeft dit intussen aangepast. Uw tekst staat er nog: vergelijk en bewaar opnieuw."


def claim_version(row, **still) -> bool:
    """Compare the version that was read in the UPDATE, so that of two who save the second is told; `still`: what must
    hold besides. False: somebody was first. A new row has nothing to compare."""
    if not row.pk:
        return True
    if not type(row).objects.filter(pk=row.pk, version=row.version, **still).update(version=F("version") + 1):
        return False
    row.version += 1
    return True
