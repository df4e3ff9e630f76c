"""What is said of a file: in the course of events, in the history, on the page; changed, and taken back."""

import pytest

from cases.attachments import acts
from cases.attachments.models import Attachment
from cases.course.timeline import timeline
from cases.dossier.access import NotAllowed
from cases.dossier.rules import NotNow
from cases.sight.seats import readable_by_parents, sight_of
from cases.work.models import Withdrawal
from tests import world
from tests.cases.test_query_counts import queries
from thuiszitters.core.files.keeping import fetch

pytestmark = pytest.mark.django_db


def page(client, case, query="") -> str:
    return client.get(f"/dossiers/{case.number}/{query}").content.decode()


def edit(client, row, **fields):
    sent = {"title": "Brief", "kind": "plan", "part": "verloop", "version": str(row.version)}
    return client.post(f"/dossiers/{row.case.number}/bijlage/{row.pk}/", sent | fields)


class TestOnThePage:
    def test_the_course_of_events_says_what_it_is(self, case, as_user, attach):
        attach(case, name="Advies.txt", kind="opp", from_whom="school", dated_on="2026-11-18")
        shown = page(as_user("officer"), case)
        assert "Bijlage toegevoegd: Advies" in shown and "M. Officier, Gemeente Nieuwegein" in shown
        assert "Ontwikkelingsperspectief (OPP), van school, gedateerd 18 november 2026." in shown
        assert "alleen eigen kant" in shown and "downloaden" in shown

    def test_the_list_shows_the_newest_first_with_part_and_size(self, case, as_user, attach):
        attach(case, name="Eerste.txt", content=b"a" * 2048)
        attach(case, name="Tweede.txt", part="gezondheid")
        shown = page(as_user("officer"), case)
        panel = shown[shown.index('id="bijlagen"') :]
        assert panel.index("Tweede.txt") < panel.index("Eerste.txt") and "2,0\xa0KB" in panel and "gezondheid" in panel

    def test_where_there_is_nothing_one_line_says_so(self, case, as_user):
        shown = page(as_user("officer"), case)
        assert "Nog geen bijlagen." in shown and "Bijlage toevoegen" in shown

    def test_they_can_be_chosen_from_the_course_of_events(self, case, as_user, attach):
        attach(case, name="Advies.txt")
        course = [page(as_user("officer"), case, f"?soort={kind}") for kind in ("bijlagen", "contacten")]
        shown, others = (text.split('id="verloop"')[1] for text in course)
        assert "Bijlage toegevoegd: Advies" in shown and "Bijlage toegevoegd: Advies" not in others

    def test_costs_as_much_with_many(self, case, as_user, attach):
        attach(case)
        client, address = as_user("officer"), f"/dossiers/{case.number}/"
        client.get(address)
        few = queries(client, address)
        for _ in range(6):
            attach(case)
        assert queries(client, address) == few

    def test_a_name_is_text_on_the_page(self, case, as_user, attach):
        row = attach(case)
        Attachment.objects.filter(pk=row.pk).update(title="<script>alert(1)</script>", from_whom="<img src=x>")
        shown = page(as_user("officer"), case)
        assert "<script>alert" not in shown and "<img src=x>" not in shown


class TestParents:
    def test_read_that_it_is_there_only_of_what_is_shared(self, case, attach):
        assert readable_by_parents(attach(case, shared=True), case.pupil)
        assert not readable_by_parents(attach(case), case.pupil)

    def test_not_what_a_young_person_keeps_back(self, case, attach):
        case.pupil.born = world.date(2009, 1, 1)
        assert not readable_by_parents(attach(case, shared=True, kept_from_parents=True), case.pupil)


class TestChanging:
    def test_by_who_put_it_in_with_what_was_there_in_the_history(self, case, as_user, attach):
        row = attach(case)
        assert edit(as_user("officer"), row, title="Plan van aanpak").status_code == 302
        shown = as_user("leader").get(f"/dossiers/{case.number}/geschiedenis/").content.decode()
        assert "Plan van aanpak" in shown and "e-mail of brief" in shown

    def test_two_at_once_the_second_is_told(self, case, as_user, attach):
        row = attach(case)
        first, second = Attachment.objects.get(pk=row.pk), as_user("officer")
        assert edit(second, first, title="Een").status_code == 302
        response = edit(second, first, title="Twee")
        assert response.status_code == 422 and "Een collega heeft dit intussen aangepast" in response.content.decode()
        assert Attachment.objects.get().title == "Een"

    @pytest.mark.parametrize(("who", "status"), [("leader", 403), ("coordinator", 404), ("stranger", 404)])
    def test_not_by_another(self, shared_case, as_user, attach, who, status):
        row = attach(shared_case)
        assert edit(as_user(who), row).status_code == status

    def test_the_act_asks_by_itself(self, shared_case, attach, lekstroom):
        row = attach(shared_case)
        for user in (lekstroom.leader, lekstroom.coordinator):
            with pytest.raises(NotAllowed):
                acts.save_attachment(row, by=user)

    def test_a_part_that_cannot_be_shared(self, case, as_user, attach):
        response = edit(as_user("officer"), attach(case), part="gezondheid", shared="on")
        assert "Dit onderdeel kan niet worden gedeeld" in response.content.decode()


class TestTakenBack:
    def test_a_line_says_why_and_the_file_stays_for_who_keeps_the_files(self, case, as_user, attach):
        row, officer = attach(case, name="Verkeerd kind.txt"), as_user("officer")
        address = f"/dossiers/{case.number}/bijlage/{row.pk}"
        assert officer.post(f"{address}/intrekken/", {"because": "Ander kind."}).status_code == 302
        shown = page(officer, case)
        assert "Bijlage ingetrokken" in shown and "Ander kind." in shown and "Verkeerd kind" not in shown
        assert officer.get(f"{address}/bestand/").status_code == officer.get(f"{address}/").status_code == 404
        assert fetch(Attachment._base_manager.get().file).startswith(b"Brief")

    def test_who_could_not_read_it_does_not_read_why(self, shared_case, as_user, attach, lekstroom):
        row = attach(shared_case)
        acts.withdraw_attachment(row, because="Over de buurvrouw.", by=lekstroom.officer)
        events = [
            e for e in timeline(shared_case, sight_of(shared_case, lekstroom.coordinator)) if e.kind == "bijlagen"
        ]
        assert [(e.title, e.text) for e in events] == [("Bijlage ingetrokken", "")]

    @pytest.mark.parametrize(("who", "status"), [("leader", 302), ("coordinator", 404), ("stranger", 404)])
    def test_by_the_team_lead_too(self, shared_case, as_user, attach, who, status):
        row = attach(shared_case)
        address = f"/dossiers/{shared_case.number}/bijlage/{row.pk}/intrekken/"
        assert as_user(who).post(address, {"because": "Fout."}).status_code == status
        assert Withdrawal.objects.exists() is (status == 302)

    def test_only_with_a_reason_and_once(self, case, attach, lekstroom):
        row = attach(case)
        with pytest.raises(NotNow, match="reden"):
            acts.withdraw_attachment(row, because=" ", by=lekstroom.officer)
        stale = Attachment.objects.get(pk=row.pk)
        acts.withdraw_attachment(row, because="Fout.", by=lekstroom.officer)
        with pytest.raises(NotNow, match="collega"):
            acts.withdraw_attachment(stale, because="Fout.", by=lekstroom.officer)
        assert Withdrawal.objects.count() == 1

    def test_its_history_goes_along(self, case, as_user, attach, lekstroom):
        row = attach(case, name="Eerst.txt")
        edit(as_user("officer"), row, title="Later")
        acts.withdraw_attachment(Attachment.objects.get(), because="Fout.", by=lekstroom.officer)
        assert "Eerst" not in as_user("leader").get(f"/dossiers/{case.number}/geschiedenis/").content.decode()
