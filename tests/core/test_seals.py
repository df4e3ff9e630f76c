"""The chain of seals: everything that was written is sealed, and a changed, removed or inserted row is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from thuiszitters.core.log.audit import log_event
from thuiszitters.core.log.models import AuditEvent, AuditSeal, AuditSubject
from thuiszitters.core.log.seals import seal_log, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(lekstroom) -> list[AuditEvent]:
    """Six rows of two organisations and of the system, sealed."""
    events = []
    for n in range(2):
        events.append(log_event("case_viewed", by=lekstroom.officer, pupils=[10 + n, 20], case_number=f"TZ-{n}"))
        events.append(log_event("case_viewed", by=lekstroom.stranger, pupils=[30], case_number=f"TZ-{n}"))
        events.append(log_event("cases_opened", pupils=[40], count=1))
    seal_log()
    return events


def found() -> set[tuple[int, str]]:
    return {(b.event_id, b.what) for b in verify()}


def sql(statement: str, *values) -> None:
    """As somebody with the password of the owner of the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CHANGED = "de regel of het zegel is veranderd"


def test_what_was_not_touched_verifies(rows, capsys):
    assert found() == set()
    chains = {s.chain for s in AuditSeal.objects.all()}
    assert len(chains) == 3 and 0 in chains, "one chain per organisation, and one of the system"
    call_command("verify_log")
    assert capsys.readouterr().out == "3 ketens, 6 regels, 0 afwijkingen\n"


def test_sealing_again_adds_nothing_and_new_rows_go_on(rows, lekstroom):
    assert seal_log() == 0
    log_event("case_viewed", by=lekstroom.officer, pupils=[1])
    assert seal_log() == 1 and found() == set()
    chain = AuditSeal.objects.filter(chain=lekstroom.organisations["nieuwegein"].pk)
    assert list(chain.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_a_row_that_appears_later_with_a_lower_number_is_sealed_too(rows, lekstroom):
    late = log_event("case_viewed", by=lekstroom.officer, pupils=[1])
    log_event("case_viewed", by=lekstroom.officer, pupils=[2])
    sql("UPDATE core_auditevent SET id = id + 1000 WHERE id > %s", late.pk)
    assert seal_log() == 2 and found() == set()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "searched"),
        ("user_id", 99),
        ("role", "regio"),
        ("case_number", "TZ-9"),
        ("purpose", "koffie"),
        ("result", "geweigerd"),
        ("pupil_ids", "[1]"),
        ("detail", '{"x": 1}'),
        ("parts", '["verzuim"]'),
        ("request_id", "x"),
        ("at", "2020-01-01 00:00:00+00"),
        ("organisation_id", 99),
    ],
)
def test_one_changed_value_names_the_row_and_no_other(rows, column, value):
    sql(f"UPDATE core_auditevent SET {column} = %s WHERE id = %s", value, rows[1].pk)
    assert {pk for pk, _ in found()} == {rows[1].pk}
    assert (rows[1].pk, CHANGED) in found()


def test_a_removed_row_is_named(rows):
    sql("DELETE FROM core_auditevent WHERE id = %s", rows[0].pk)
    assert found() == {(rows[0].pk, "de regel is weg")}


def test_a_removed_row_with_its_seal_is_seen_at_the_next_one(rows):
    for table, column in (("core_auditevent", "id"), ("core_auditseal", "event_id")):
        sql(f"DELETE FROM {table} WHERE {column} = %s", rows[0].pk)
    assert (rows[3].pk, "er ontbreken 1 zegels ervoor") in found()


def test_a_row_with_a_seal_of_somebody_without_the_key_is_named(rows, lekstroom):
    chain, last = lekstroom.organisations["nieuwegein"].pk, 2
    false = log_event("case_viewed", by=lekstroom.officer, pupils=[1])
    AuditSeal.objects.create(event_id=false.pk, chain=chain, position=last + 1, digest="f" * 64)
    AuditSubject.objects.create(event_id=false.pk, pupil_id=1)
    assert found() == {(false.pk, CHANGED)}


def test_who_a_row_is_about_cannot_be_hidden_in_the_index(rows):
    sql("DELETE FROM core_auditsubject WHERE event_id = %s AND pupil_id = 20", rows[0].pk)
    assert found() == {(rows[0].pk, "de lijst van kinderen is veranderd")}


def test_the_command_names_the_row_and_fails(rows, capsys):
    sql("UPDATE core_auditevent SET user_id = 1 WHERE id = %s", rows[2].pk)
    with pytest.raises(CommandError):
        call_command("verify_log")
    out = capsys.readouterr()
    assert f"keten van het systeem, regel {rows[2].pk}: {CHANGED}" in out.err
    assert "1 afwijkingen" in out.out


def test_a_row_that_stays_without_a_seal_is_named(rows, lekstroom):
    late = log_event("case_viewed", by=lekstroom.officer, pupils=[1])
    sql("UPDATE core_auditevent SET at = %s WHERE id = %s", "2020-01-01 00:00:00+00", late.pk)
    assert (late.pk, "heeft na een uur nog geen zegel") in found()


@pytest.mark.parametrize("model", [AuditEvent, AuditSeal, AuditSubject])
def test_the_application_itself_changes_and_deletes_nothing(rows, model):
    row = model.objects.first()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_an_act_without_words_is_refused(lekstroom):
    with pytest.raises(ValueError, match="without words"):
        log_event("zomaar", by=lekstroom.officer)
    with pytest.raises(ValueError, match="not a result"):
        log_event("step_done", by=lekstroom.officer, result="overgeslagen")


def test_a_row_says_on_whose_behalf_and_for_what(lekstroom):
    event = log_event("case_viewed", by=lekstroom.coordinator, pupils=[1])
    assert (event.role, event.organisation_id) == ("coordinator", lekstroom.organisations["verband"].pk)
    assert event.purpose == "passende plek voor een leerling (WPO art. 18a, WVO 2020)"
    assert log_event("cases_opened").purpose == "uitvoering door de toepassing zelf"
