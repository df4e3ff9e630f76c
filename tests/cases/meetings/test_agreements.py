"""Agreements of an overleg: any number, also with people who do not work with this application."""

from datetime import date

import pytest

from cases.dossier.models import Task
from cases.meetings.minutes import MOST_ROWS
from cases.meetings.models import Meeting, Outsider
from cases.people.models import Professional
from tests import world
from tests.cases.overleg import minutes_form, page

TYPED = {
    "wat_0": "Onderzoek afronden",
    "eigenaar_0": "anders",
    "voor_0": "1-12-2026",
    "buiten_naam_0": "S. Amrani",
    "buiten_bij_0": "GGD Lekstroom",
    "buiten_mail_0": "s.amrani@ggd.test",
    "buiten_tel_0": "030 5550 130",
}


def path(meeting) -> str:
    return f"/dossiers/{meeting.case.number}/overleg/{meeting.pk}/verslag/"


def record(client, meeting, lekstroom, **changes):
    return client.post(path(meeting), minutes_form(meeting, lekstroom, **changes))


def agreed(meeting) -> list[Task]:
    return list(Task.objects.filter(meeting=meeting).order_by("pk"))


class TestOneMore:
    def test_what_was_typed_stays_and_nothing_is_saved(self, unrecorded, lekstroom, as_user):
        sent = minutes_form(unrecorded, lekstroom, afspraken="4", nog="1", facts="Nog niet klaar", wat_3="Half")
        answer = as_user("officer").post(path(unrecorded), sent)
        form = answer.context["form"]
        assert answer.status_code == 200 and not form.errors and form.agreement_count == 5
        for name in ("facts", "wat_0", "eigenaar_0", "wat_3", "question", "version"):
            assert form[name].value() == sent[name], name
        gemeente = unrecorded.people.get(role="gemeente").pk
        assert form[f"erbij_{gemeente}"].value() == "ja"
        assert Meeting.objects.get().is_planned and not agreed(unrecorded)

    def test_one_goes_on_typing_in_the_new_row(self, unrecorded, lekstroom, as_user):
        shown = page(record(as_user("officer"), unrecorded, lekstroom, afspraken="4", nog="1"))
        assert shown.count("autofocus") == 1 and 'name="afspraken" value="5"' in shown

    def test_the_seventh_is_saved_as_the_first(self, unrecorded, lekstroom, as_user):
        many = {}
        for n in range(7):
            many |= {f"wat_{n}": f"Punt {n}", f"eigenaar_{n}": f"u{lekstroom.officer.pk}", f"voor_{n}": "1-12-2026"}
        assert record(as_user("officer"), unrecorded, lekstroom, afspraken="7", **many).status_code == 302
        assert [t.title for t in agreed(unrecorded)] == [f"Punt {n}" for n in range(7)]

    @pytest.mark.parametrize("rows", ["", "x", "-3", "0", "9" * 30])
    def test_a_number_of_rows_that_cannot_be(self, unrecorded, lekstroom, as_user, rows):
        assert record(as_user("officer"), unrecorded, lekstroom, afspraken=rows).status_code == 302
        assert len(agreed(unrecorded)) == 2

    def test_there_is_an_end_to_it(self, unrecorded, lekstroom, as_user):
        answer = record(as_user("officer"), unrecorded, lekstroom, afspraken="100000", nog="1")
        assert answer.context["form"].agreement_count == MOST_ROWS
        assert 'name="nog"' not in page(answer)

    def test_a_draft_brings_its_rows_back(self, unrecorded, lekstroom, as_user):
        client = as_user("officer")
        client.post(f"/concept/?formulier={path(unrecorded)}", {"afspraken": "6", "wat_5": "Zesde", "facts": "x"})
        form = client.get(path(unrecorded)).context["form"]
        assert form.agreement_count == 6 and form["wat_5"].value() == "Zesde"


class TestSomebodyOutside:
    def test_the_handler_asks_after_it(self, unrecorded, lekstroom, as_user):
        type(unrecorded.case).objects.filter(pk=unrecorded.case_id).update(handler=lekstroom.leader)
        sent = TYPED | {"eigenaar_1": f"o{lekstroom.organisations['verband'].pk}"}
        assert record(as_user("coordinator"), unrecorded, lekstroom, **sent).status_code == 302
        task = agreed(unrecorded)[0]
        assert task.title == "Nagaan: Onderzoek afronden (S. Amrani (GGD Lekstroom))"
        assert (task.owner, task.owner_organisation, task.due_on) == (lekstroom.leader, None, date(2026, 12, 1))
        who = task.outsider
        assert (who.what, who.name, who.works_at) == ("Onderzoek afronden", "S. Amrani", "GGD Lekstroom")
        assert who.reached == "030 5550 130, s.amrani@ggd.test"
        shown = page(as_user("coordinator").get(f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/"))
        assert "Uitvoering: S. Amrani (GGD Lekstroom)" in shown and "030 5550 130" in shown

    def test_without_a_handler_it_is_of_who_will_be(self, unrecorded, lekstroom, as_user):
        type(unrecorded.case).objects.filter(pk=unrecorded.case_id).update(handler=None)
        record(as_user("officer"), unrecorded, lekstroom, **TYPED)
        assert not agreed(unrecorded)[0].has_owner

    def test_who_works_with_the_child_can_be_chosen(self, unrecorded, lekstroom, as_user):
        smit = Professional.objects.create(
            case=unrecorded.case,
            name="J. Smit",
            role="jeugdarts",
            phone="030 1",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        record(as_user("officer"), unrecorded, lekstroom, eigenaar_0=f"p{smit.pk}")
        who = agreed(unrecorded)[0].outsider
        assert (who.name, who.works_at, who.phone) == ("J. Smit", "jeugdarts", "030 1")

    def test_so_can_a_parent_and_the_child(self, unrecorded, lekstroom, mother, as_user):
        record(as_user("officer"), unrecorded, lekstroom, eigenaar_0=f"g{mother.pk}", eigenaar_1="kind")
        assert [t.outsider.words for t in agreed(unrecorded)] == ["Fatima Bakker", "het kind zelf"]
        assert "Noor" not in agreed(unrecorded)[1].title

    def test_a_name_alone_is_enough_to_choose_somebody_else(self, unrecorded, lekstroom, as_user):
        record(as_user("officer"), unrecorded, lekstroom, **TYPED | {"eigenaar_0": ""})
        assert agreed(unrecorded)[0].outsider.name == "S. Amrani"

    def test_a_long_one_is_kept_whole(self, unrecorded, lekstroom, as_user):
        record(as_user("officer"), unrecorded, lekstroom, **TYPED | {"wat_0": "x" * 200})
        task = agreed(unrecorded)[0]
        assert len(task.title) == 200 and task.outsider.what == "x" * 200

    @pytest.mark.parametrize(
        ("changes", "field", "problem"),
        [
            ({"buiten_naam_0": ""}, "buiten_naam_0", "vul in wie dit doet"),
            ({"wat_0": ""}, "wat_0", "schrijf op wat er gebeurt"),
            ({"voor_0": ""}, "voor_0", "wanneer het klaar is"),
            ({"buiten_mail_0": "x"}, "buiten_mail_0", ""),
            ({"buiten_naam_0": "x" * 101}, "buiten_naam_0", ""),
        ],
    )
    def test_half_of_it(self, unrecorded, lekstroom, as_user, changes, field, problem):
        answer = record(as_user("officer"), unrecorded, lekstroom, **TYPED | changes)
        assert answer.status_code == 422 and problem in str(answer.context["form"].errors[field])
        assert answer.context["form"].agreement_rows()[0].opened and not Outsider.objects.exists()

    def test_not_two_at_once(self, unrecorded, lekstroom, as_user):
        answer = record(as_user("officer"), unrecorded, lekstroom, **TYPED | {"eigenaar_0": f"u{lekstroom.officer.pk}"})
        assert answer.status_code == 422 and "Kies één." in page(answer) and not agreed(unrecorded)

    def test_nobody_of_another_child_and_nobody_who_left(self, unrecorded, lekstroom, as_user):
        own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"], "role": "arts"}
        elsewhere = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        rows = [
            Professional.objects.create(case=elsewhere, name="K. Ander", **own),
            Professional.objects.create(case=unrecorded.case, name="L. Weg", until="2026-11-01", **own),
        ]
        for row in rows:
            assert record(as_user("officer"), unrecorded, lekstroom, eigenaar_0=f"p{row.pk}").status_code == 422
