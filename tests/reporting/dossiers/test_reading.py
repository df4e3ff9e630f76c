"""Reading a dossier for page and paper: what is fetched along is all they need, for one dossier as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.course.summary import summary
from cases.course.timeline import timeline
from cases.course.whole import fetch_whole
from cases.dossier.models import Case
from cases.sight.seats import sight_of
from cases.stops.models import Stop
from reporting.dossiers.making import Order, documents_of
from reporting.packs import making as papers
from reporting.packs.models import Pack
from reporting.papers.models import Paper
from reporting.papers.variants import Variant, sight_for
from tests.house import scene as stage

TO_READERS = [Variant.VOLLEDIG, Variant.OUDERS, Variant.PSEUDONIEM, Variant.AANTALLEN]


@pytest.fixture
def scene(lekstroom, friday):
    return stage.build(lekstroom)


def anew(case: Case) -> Case:
    return Case.objects.select_related("pupil__municipality", "municipality", "handler").get(pk=case.pk)


class TestOneDossier:
    def test_nothing_more_is_asked_once_it_was_fetched(self, scene, friday, django_assert_num_queries):
        case = anew(scene.cases["own"])
        fetch_whole([case])
        sight = sight_of(case, scene.world.users["officer"])
        with django_assert_num_queries(0):
            about = summary(case, sight, friday)
            happened = timeline(case, sight)
        assert len(happened) > 15 and about.offers and about.ladder

    @pytest.mark.parametrize("variant", TO_READERS)
    def test_a_paper_says_the_same_fetched_or_not(self, scene, variant, django_assert_num_queries):
        by, paper = scene.world.users["officer"], Paper(number="P1", recipient="x", purpose="x")
        found = []
        for fetched in (True, False):
            case = anew(scene.cases["own"])
            if fetched:
                fetch_whole([case])
            guardian = case.pupil.guardians.first() if variant == Variant.OUDERS else None
            sight = sight_for(variant, case, sight_of(case, by), guardian=guardian)
            order = Order(variant, guardian=guardian)
            if fetched:
                with django_assert_num_queries(0):
                    found.append(documents_of(case, sight, order, paper, by=by))
            else:
                found.append(documents_of(case, sight, order, paper, by=by))
        assert found[0] == found[1]


@pytest.mark.parametrize("form", [papers.pages_of, papers.dossiers_of])
def test_a_pack_costs_the_same_for_one_child_as_for_more(scene, form):
    by = scene.world.users["officer"]
    stop = Stop.objects.filter(organisation__in=[scene.world.organisations["nieuwegein"]]).first()
    paper = Paper.objects.create(number="P1", kind=Paper.Kind.PACK, recipient="x", purpose="x", by=by)
    pack = Pack(paper=paper, stop=stop, level=Variant.VOLLEDIG)
    rows = [stop.cases.model(stop=stop, case=anew(scene.cases[place]), position=1) for place in ("own", "shared")]
    children = [papers.Child(row, row.case, 1, "x", Variant.VOLLEDIG) for row in rows]
    list(form(pack, children))  # what is kept for the life of the process
    costs = []
    for many in (children[:1], children):
        with CaptureQueriesContext(connection) as queries:
            list(form(pack, many))
        costs.append(len(queries))
    assert costs[0] == costs[1]
