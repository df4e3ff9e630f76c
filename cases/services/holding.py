from cases.models import Case
from cases.policies import NotNow

OVERTAKEN = (
    "Een collega heeft dit dossier net bijgewerkt of overgedragen. Kijk wat er veranderde en probeer het opnieuw."
)


def hold(case: Case) -> None:
    """Keep the dossier still until the transaction ends; NotNow when it was closed or handed over since it was read.
    (On SQLite the transaction itself is the lock.)"""
    rows = Case.objects.select_for_update().filter(pk=case.pk)
    if rows.values_list("municipality", "state").get() != (case.municipality_id, case.state):
        raise NotNow(OVERTAKEN)
