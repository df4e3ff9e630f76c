"""What a parent and a child say and send that look along: who reads it, and who does not."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.dossier.rules import NotNow
from cases.family import saying
from cases.family.models import LookAlong
from cases.goals.models import Goal, Opinion
from cases.sight.seats import sight_of
from leerplicht.models import Guardian
from reporting.papers.variants import Variant, sight_for
from tests import world
from tests.reporting.family.family_pages import everything, held
from thuiszitters.core.files.models import StoredFile

pytestmark = pytest.mark.django_db


class TestSaying:
    def goal(self, noor, lekstroom) -> Goal:
        own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        return Goal.objects.create(case=noor, text="Elke ochtend", who="mentor", review_on="2026-12-04", **own)

    def test_a_view_on_a_goal_is_read_by_the_handler(self, noor, fatima, along, lekstroom, as_user):
        row, client = self.goal(noor, lekstroom), along(noor, fatima)
        said = {"says": "oneens", "why": "Het gaat te vlug."}
        assert client.post(f"/meekijken/mening/doel-{row.pk}/", said).status_code == 302
        opinion = Opinion.objects.get()
        assert (opinion.goal, opinion.guardian, opinion.by, opinion.says) == (row, fatima, None, "oneens")
        task = noor.tasks.get(title="Lezen wat ouders of kind schreven of stuurden")
        assert task.due_on == date(2026, 11, 25) and "Fatima" not in task.title
        page = as_user("officer").get(f"/dossiers/{noor.number}/?alles=1").content.decode()
        assert "Het gaat te vlug." in page and "Fatima Geelvink (moeder), op de eigen pagina" in page
        assert "niet eens, “Het gaat te vlug.”" in client.get("/meekijken/dossier/").content.decode()

    def test_one_step_to_read_for_all_that_was_said(self, noor, fatima, along, lekstroom):
        client = along(noor, fatima)
        for why in ("Eerst.", "Toch anders."):
            client.post("/meekijken/mening/plan/", {"says": "deels", "why": why})
        assert Opinion.objects.count() == 2
        assert noor.tasks.filter(title__startswith="Lezen wat", done_on=None).count() == 1

    def test_a_second_click_says_it_once(self, noor, fatima, along):
        client = along(noor, fatima)
        said = {"says": "eens", "why": ""}
        assert [client.post("/meekijken/mening/plan/", said).status_code for _ in "ab"] == [302, 422]
        assert Opinion.objects.count() == 1

    def test_of_an_overleg_words_are_enough_of_a_goal_not(self, noor, fatima, along, lekstroom, as_user):
        row = self.goal(noor, lekstroom)
        meeting = held(noor, lekstroom, {"role": "ouder", "guardian": fatima})
        client = along(noor, fatima)
        assert client.post(f"/meekijken/mening/doel-{row.pk}/", {"why": "Hm."}).status_code == 422
        assert (
            client.post(f"/meekijken/mening/overleg-{meeting.pk}/", {"why": "Er werd niet geluisterd."}).status_code
            == 302
        )
        assert Opinion.objects.get().meeting == meeting
        page = as_user("officer").get(f"/dossiers/{noor.number}/overleg/{meeting.pk}/").content.decode()
        assert "Er werd niet geluisterd." in page
        plan = as_user("officer").get(f"/dossiers/{noor.number}/").content.decode().split('id="doelen-kop"')[1]
        assert "Er werd niet geluisterd." not in plan.split("</section>")[0], "not about the plan"

    def test_not_on_what_belongs_to_others(self, noor, fatima, along, lekstroom):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        goal = self.goal(other, lekstroom)
        meeting = held(noor, lekstroom, {"role": "school", "name": "S"})
        client = along(noor, fatima)
        for key in (f"doel-{goal.pk}", f"overleg-{meeting.pk}", "overleg-999999", "iets"):
            assert client.post(f"/meekijken/mening/{key}/", {"says": "eens"}).status_code == 404, key

    def test_what_was_typed_is_not_lost_when_one_was_away_too_long(self, noor, fatima, along):
        client = along(noor, fatima)
        client.cookies.clear()
        sent = client.post("/meekijken/mening/plan/", {"says": "eens", "why": "EEN LANG VERHAAL"})
        assert sent.status_code == 401 and "EEN LANG VERHAAL" in sent.content.decode() and not Opinion.objects.exists()

    def test_the_other_parent_does_not_read_it(self, noor, fatima, karel, along):
        along(noor, fatima).post("/meekijken/mening/plan/", {"says": "oneens", "why": "MIJNWOORD"})
        assert "MIJNWOORD" not in everything(along(noor, karel))


class TestSending:
    def send(self, client, name="Brief van de arts.txt", content=b"Beste gemeente", **fields):
        return client.post("/meekijken/document/", {"file": SimpleUploadedFile(name, content)} | fields)

    def test_it_is_for_the_gemeente_only(self, noor, fatima, along, as_user):
        assert self.send(along(noor, fatima)).status_code == 302
        row = noor.attachments.get()
        assert (row.by, row.written_by, row.shared, row.part) == (None, "Fatima Geelvink (moeder)", False, "verloop")
        address = f"/dossiers/{noor.number}/"
        assert "Brief van de arts" in as_user("officer").get(address).content.decode()
        assert "Brief van de arts" not in as_user("coordinator").get(address).content.decode()
        opened = as_user("officer").get(f"{address}bijlage/{row.pk}/bestand/")
        assert opened.status_code == 200 and opened.content == b"Beste gemeente"
        assert noor.tasks.filter(title__startswith="Lezen wat", done_on=None).exists()

    def test_nothing_of_it_stays_when_nobody_can_be_asked_to_read_it(self, noor, fatima, along, monkeypatch):
        client = along(noor, fatima)

        def fails(row):
            raise NotNow("Nee")

        monkeypatch.setattr(saying, "_to_read", fails)
        before = StoredFile.objects.count()
        assert self.send(client).status_code == 422
        assert not noor.attachments.exists() and StoredFile.objects.count() == before

    def test_a_partner_learns_neither_that_it_came_nor_from_whom(self, noor, fatima, along, as_user):
        client = along(noor, fatima)
        self.send(client)
        client.post("/meekijken/mening/plan/", {"says": "deels", "why": "GEDEELD"})
        page = as_user("coordinator").get(f"/dossiers/{noor.number}/?alles=1").content.decode()
        assert "GEDEELD" in page, "what a parent thinks of the plan is for all who work on it"
        for words in ("op de eigen pagina", "Lezen wat ouders", "kan meekijken"):
            assert words not in page, words

    def test_shared_on_it_is_still_not_for_the_other_parent(self, noor, fatima, karel, along):
        self.send(along(noor, fatima))
        noor.attachments.update(shared=True)
        row = noor.attachments.get()
        own = sight_of(noor, None)
        assert not sight_for(Variant.OUDERS, noor, own, guardian=karel).can_read(row)

    def test_about_health_follows_the_rule_for_health(self, noor, fatima, along):
        self.send(along(noor, fatima), health="on")
        assert noor.attachments.get().part == "gezondheid"

    def test_what_others_put_in_stays_unknown(self, noor, fatima, karel, along):
        """The same file of the other parent: the answer may not tell that it is there."""
        assert self.send(along(noor, karel)).status_code == 302
        assert self.send(along(noor, fatima)).status_code == 302
        assert noor.attachments.count() == 2
        assert "Brief van de arts" in along(noor, fatima).get("/meekijken/dossier/").content.decode()

    def test_a_namesake_is_somebody_else(self, noor, fatima, karel, along):
        Guardian.objects.filter(pk__in=[fatima.pk, karel.pk]).update(name="J. Jansen", relation="ouder")
        fatima.refresh_from_db()
        karel.refresh_from_db()
        assert [self.send(along(noor, who)).status_code for who in (fatima, karel)] == [302, 302]
        assert self.send(along(noor, fatima), "Nog een.txt", b"Meer").status_code == 302
        assert "Nog een" not in along(noor, karel).get("/meekijken/dossier/").content.decode()

    def test_after_another_invitation_and_another_name_they_are_still_the_own(self, noor, fatima, along):
        self.send(along(noor, fatima))
        Guardian.objects.filter(pk=fatima.pk).update(name="Fatima de Vries")
        LookAlong.objects.update(ended_at="2026-11-20T09:00Z")
        fatima.refresh_from_db()
        assert "Brief van de arts" in along(noor, fatima).get("/meekijken/dossier/").content.decode()

    def test_the_own_file_twice_is_refused(self, noor, fatima, along):
        client = along(noor, fatima)
        assert [self.send(client).status_code for _ in "ab"] == [302, 422]

    def test_no_svg(self, noor, fatima, along):
        sent = self.send(along(noor, fatima), "plaatje.svg", b"<svg onload='x'/>")
        assert sent.status_code == 422 and not noor.attachments.exists()

    def test_no_more_than_a_handler_can_read(self, noor, fatima, along):
        client = along(noor, fatima)
        found = [self.send(client, f"{n}.txt", f"tekst {n}".encode()).status_code for n in range(21)]
        assert found == [302] * 20 + [422]
