"""Who sees which button on the page of a dossier: asked of the function itself, without a page."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.course.summary import summary
from cases.course.whole import fetch_whole
from cases.dossier.models import Case
from cases.dossier.taking_part import EmergencyAccess
from cases.escalation.models import Review
from cases.handling.acts import assign
from cases.page.buttons import Buttons, buttons_of
from cases.sight.seats import sight_of

OWNER = {
    "may_work",
    "may_lead",
    "may_share",
    "may_letter",
    "can_pdf",
    "can_take",
    "can_show_pgn",
    "may_edit_pupil",
    "may_propose",
    "may_ask_decision",
}
PARTNER = {"may_work", "may_letter", "can_pdf", "may_ask_decision"}


def buttons(case: Case, user) -> Buttons:
    """As the page asks it, with everything of the dossier as it stands now."""
    case = Case.objects.select_related("pupil", "handler", "municipality").get(pk=case.pk)
    fetch_whole([case])
    sight = sight_of(case, user)
    return buttons_of(case, user, sight, summary(case, sight, timezone.localdate()).decisions)


def seen(case: Case, user) -> set[str]:
    """The names of the buttons that show."""
    found = buttons(case, user)
    return {f.name for f in fields(found) if getattr(found, f.name)}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("officer", OWNER),
        ("leader", OWNER | {"can_assign"}),
        ("coordinator", PARTNER),
        ("boa", {"may_enforce"}),
        ("colleague", set()),
        ("stranger", set()),
    ],
)
def test_what_each_of_them_may_do(shared_case, lekstroom, who, names):
    assert seen(shared_case, lekstroom.users[who]) == names


def test_without_a_share_a_partner_may_nothing(case, lekstroom):
    assert seen(case, lekstroom.coordinator) == set()


def test_an_emergency_is_for_reading_only(case, lekstroom):
    now = timezone.now()
    EmergencyAccess.objects.create(
        case=case,
        user=lekstroom.stranger,
        organisation=lekstroom.organisations["zwolle"],
        reason="Kind zwerft op straat.",
        started_at=now,
        ends_at=now + timedelta(hours=4),
    )
    assert sight_of(case, lekstroom.stranger).emergency
    assert seen(case, lekstroom.stranger) <= {"may_propose"}


def test_who_has_it_takes_it_no_more(case, lekstroom):
    assign(case, lekstroom.officer, by=lekstroom.officer)
    assert not buttons(case, lekstroom.officer).can_take and buttons(case, lekstroom.leader).can_take


def test_of_a_closed_dossier_the_gemeente_may_reopen(shared_case, lekstroom, friday):
    Case.objects.filter(pk=shared_case.pk).update(state="afgesloten", closed_on=friday, result="VERHUISD")
    gone = {"may_work", "may_lead", "can_take", "may_ask_decision"}
    assert seen(shared_case, lekstroom.officer) == OWNER - gone | {"may_reopen"}
    assert seen(shared_case, lekstroom.coordinator) == PARTNER - gone


def test_while_a_decision_is_prepared_there_is_no_asking_for_another(presented, lekstroom):
    assert not buttons(presented.case, lekstroom.officer).may_ask_decision
    presented.state = "niet_genomen"
    presented.dropped_because = "Toch niet nodig."
    presented.save()
    assert buttons(presented.case, lekstroom.officer).may_ask_decision


def test_an_escalation_opens_for_the_organisation_that_was_asked(shared_case, lekstroom):
    row = Review.objects.create(
        case=shared_case,
        from_organisation=lekstroom.organisations["nieuwegein"],
        to_organisation=lekstroom.organisations["verband"],
        question="Neemt u het over?",
        tried="Alles.",
        proposed_by=lekstroom.officer,
        proposed_at=timezone.now(),
    )
    assert buttons(shared_case, lekstroom.coordinator).may_review == {row.pk}
    assert buttons(shared_case, lekstroom.stranger).may_review == set()
