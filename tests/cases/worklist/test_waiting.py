"""What waits for whom: counted where it may be seen, and each sentence leads to exactly what it counts."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.clock.models import Deadline
from cases.dossier.models import Assignment, Case, Task
from cases.proposals.models import Proposal
from cases.sharing.models import Referral
from cases.sight.queries import reads_course
from cases.sight.seats import sight_of
from cases.steps.models import EscalationStep
from cases.worklist.waiting import ORDER, STANDS, WAITS, count_new, waiting_for
from leerplicht.models import IdentityQuestion, RejectedLine
from tests import world
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)
NAME = re.compile(r"Kanarie|Geelvink|TZ-\d{4}")


def found(who) -> dict[str, int]:
    return {w.code: w.count for w in waiting_for(User.objects.get(pk=who.pk), TODAY)}


@pytest.fixture
def busy(lekstroom, friday) -> Case:
    """A dossier of the officer with one of everything; two tasks are of the samenwerkingsverband and of the school."""
    child = world.pupil(first_names="Kanarie", last_name="Geelvink")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    Case.objects.filter(pk=case.pk).update(handler=lekstroom.officer, opened_on=date(2026, 9, 1))
    Assignment.objects.create(case=case, handler=lekstroom.officer)
    for title, owner, organisation in (("a", "officer", None), ("b", None, "verband"), ("c", None, "school")):
        Task.objects.create(
            case=case,
            title=title,
            due_on=TODAY,
            owner=owner and lekstroom.users[owner],
            owner_organisation=organisation and lekstroom.organisations[organisation],
        )
    Deadline.objects.filter(case=case, term_code="3-maanden").update(warns_from=TODAY)
    Referral.objects.create(
        case=case,
        kind="verwijzing",
        from_municipality=case.municipality,
        question="x",
        asked_by=lekstroom.officer,
        from_organisation=lekstroom.organisations["nieuwegein"],
        to_organisation=lekstroom.organisations["jeugdteam"],
    )
    Proposal.objects.create(
        case=case,
        task=case.tasks.get(title="a"),
        text="Gebeld.",
        by=lekstroom.teacher,
        organisation=lekstroom.organisations["school"],
    )
    IdentityQuestion.objects.create(
        kind="naam", pupil=child, known=child, sent_first_names="Kanarie", sent_last_name="Mus", sent_born=child.born
    )
    return case


@pytest.mark.parametrize(
    ("who", "parts", "expected"),
    [
        ("officer", [], {"nieuw", "wie", "voorstellen", "aanmij", "overschreden", "nadert", "staplaat", "stil"}),
        ("leader", [], {"wie"}),
        ("colleague", ["verloop"], set()),
        ("coordinator", ["verzuim", "verloop"], {"voorons"}),
        ("coordinator", ["verzuim"], set()),
        ("coordinator", None, set()),
        ("teacher", ["verloop"], {"voorons"}),
        ("teacher", [], set()),
        ("nurse", [], {"verzoeken"}),
        ("holder", ["verzuim", "verloop"], set()),
        ("partner_elsewhere", ["verloop"], set()),
        ("boa", ["verloop"], set()),
        ("region", ["verloop"], set()),
        ("stranger", ["verloop"], set()),
    ],
)
def test_what_waits_for_whom(busy, lekstroom, who, parts, expected):
    """`parts`: what is shared with samenwerkingsverband and school; None: they do not take part."""
    for key in ("verband", "school") if parts is not None else ():
        world.involve(busy, lekstroom.organisations[key], parts=parts)
    assert found(lekstroom.users[who]) == dict.fromkeys(expected, 1)


def test_a_late_step_of_a_shared_dossier_is_for_its_handler_only(busy, lekstroom, as_user):
    world.involve(busy, lekstroom.organisations["verband"], parts=["verzuim"])
    assert EscalationStep.objects.filter(case=busy, due_on__lt=TODAY, result="", stopped_on=None).exists()
    path = "/werkvoorraad/?lijst=alle&stand=staplaat"
    shown = as_user("coordinator").get(path).content.decode()
    assert "Kanarie" not in shown and "<b>0</b> stappenplan te laat" in shown
    busy.involvements.update(parts=["verloop"])
    assert "Kanarie" in as_user("coordinator").get(path).content.decode()
    assert "stappenplan te laat" not in as_user("boa").get("/werkvoorraad/?lijst=alle").content.decode()


@pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "teacher", "nurse", "holder", "boa", "stranger"])
@pytest.mark.parametrize("parts", [["verloop"], ["verzuim"], []])
def test_the_condition_on_dossiers_says_what_the_sight_of_one_says(busy, lekstroom, who, parts):
    for key in ("verband", "school", "jeugdteam"):
        world.involve(busy, lekstroom.organisations[key], parts=parts)
    user = lekstroom.users[who]
    assert Case.objects.filter(reads_course(user)).exists() == sight_of(busy, user).course


@pytest.mark.parametrize("lose", ["share", "role", "closed"])
def test_what_is_lost_waits_no_more(busy, lekstroom, lose):
    share = world.involve(busy, lekstroom.organisations["verband"], parts=["verloop"])
    assert found(lekstroom.coordinator) == {"voorons": 1}
    if lose == "share":
        type(share).objects.update(until=TODAY - timedelta(days=1))
    elif lose == "role":
        Membership.objects.filter(user=lekstroom.coordinator).update(valid_until=TODAY - timedelta(days=1))
    else:
        Case.objects.filter(pk=busy.pk).update(state="afgesloten", closed_on=TODAY, result="VERHUISD")
    assert found(lekstroom.coordinator) == {}


@pytest.mark.parametrize(("days", "counts"), [(-3, True), (7, True), (8, False)])
def test_a_step_of_mine_waits_a_week_before_its_day(busy, lekstroom, days, counts):
    busy.tasks.filter(owner=lekstroom.officer).update(due_on=TODAY + timedelta(days=days))
    assert ("aanmij" in found(lekstroom.officer)) == counts


def test_each_sentence_leads_to_the_list_where_exactly_these_stand(busy, lekstroom, as_user):
    world.open_case(world.pupil(last_name="Anders"), lekstroom.schools["99AA00"])
    client = as_user("officer")
    rows = waiting_for(lekstroom.officer, TODAY)
    assert len(rows) == 8
    for row in rows:
        if row.code == "nieuw":  # looking at the list is not looking at the dossier
            client.get(row.url)
        shown = client.get(row.url).content.decode()
        assert len(re.findall(r'<a class="name"', shown)) == row.count == 1 and "Kanarie" in shown, row.code
    (asked,) = waiting_for(lekstroom.nurse, TODAY)
    assert as_user("nurse").get(asked.url).content.decode().count('class="name"') == 1


# For whoever answers for another organisation, or judges for it; of a gemeente that ends (tests/cases/redivision); for
# who divides the work, and who administers.
NOT_HERS = {"herindeling", "vrijstellingen", "besluiten", "voorons", "verzoeken", "opschalingen", "antwoorden"}
NOT_HERS |= {"verdelen", "klok", "afsluiten", "losse-regels", "terugkoppelingen", "uitnodigingen"}


def test_the_page_says_all_of_them_and_who_was_seen_stands_in_the_log(busy, as_user, lekstroom):
    some = world.report(world.pupil(last_name="Kanarie"), lekstroom.schools["99AA00"], all_lessons=False, kind="O")
    world.take_in([some], today=TODAY)
    RejectedLine.objects.create(line=2, field="brin", reason="leeg", sealed_row="x", municipality_code="0356")
    response = as_user("officer").get("/vandaag/")
    html = response.content.decode()
    assert all(w.sentence(1) in html for w in (*STANDS, *WAITS) if w.code not in NOT_HERS)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.case_number) == ("waiting_viewed", "")
    assert set(event.pupil_ids) == {busy.pupil_id, some.pupil_id} and NAME.search(html)
    sentences = " ".join(w.sentence for w in waiting_for(lekstroom.officer, TODAY))
    assert not NAME.search(sentences), "these go into mail"


def test_nothing_waits(lekstroom, friday, as_user):
    assert "Er wacht niets op u" in as_user("officer").get("/vandaag/").content.decode()


@pytest.mark.parametrize("say", [w.sentence for w in (*STANDS, *WAITS)])
def test_one_and_more(say):
    assert "1 " in say(1) and "3 " in say(3) and say(1) != say(3).replace("3", "1")


class TestTheMenu:
    def test_the_number_goes_by_looking(self, busy, as_user, lekstroom):
        client = as_user("officer")
        assert "1<span" in client.get("/vandaag/").content.decode()
        client.get(f"/dossiers/{busy.number}/")
        assert "nieuw</span>" not in client.get("/vandaag/").content.decode()
        assert count_new(User.objects.get(pk=lekstroom.nurse.pk)) == 1
        assert count_new(User.objects.get(pk=lekstroom.stranger.pk)) == 0

    def test_a_form_that_is_sent_does_not_ask_for_it(self, busy, as_user):
        client, path = as_user("officer"), "/berichten/"

        def asked(method) -> int:
            with CaptureQueriesContext(connection) as caught:
                method(path)
            return sum("to_organisation" in q["sql"] for q in caught.captured_queries)

        assert (asked(client.get), asked(client.post)) == (1, 0)


def test_whatever_can_wait_has_its_place_on_the_page():
    """A room that counts something that is not in the list would be on nobody's page of today."""
    assert sorted(ORDER) == sorted(w.code for w in (*STANDS, *WAITS))
