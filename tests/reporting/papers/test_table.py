"""A reader of papers is a row in VARIANTS: the row says all, and what asks it names no reader by itself."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from cases.dossier.models import Case
from cases.sight.seats import sight_of
from cases.stops import acts as stops
from leerplicht.models import Guardian
from reporting.dossiers import readers
from reporting.packs import forms
from reporting.packs.models import Pack
from reporting.papers.models import Paper
from reporting.papers.variants import VARIANTS, Left, Variant, Whom, on_paper, sight_for
from tests import world
from tests.cases.stops.test_stops import a_stop
from tests.reporting.dossiers.test_pdf import words
from thuiszitters.core.jobs import queue as jobs

ROOT = Path(settings.BASE_DIR)
TABLE = ROOT / "reporting/papers/variants.py"
OTHERS = [p for p in sorted((ROOT / "reporting").rglob("*.py")) if p != TABLE and "migrations" not in p.parts]
DEFAULTS = {"default", "initial"}


def defaults_in(tree: ast.AST) -> set[int]:
    """The nodes that say what something is when nobody says otherwise: of an argument, of a field."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            found += [*node.defaults, *filter(None, node.kw_defaults)]
        if isinstance(node, ast.keyword) and node.arg in DEFAULTS:
            found.append(node.value)
        if isinstance(node, ast.ClassDef):
            found += [row.value for row in node.body if isinstance(row, ast.AnnAssign) and row.value]
    return {id(inner) for node in found for inner in ast.walk(node)}


def told_apart(source: str) -> list[str]:
    """Where a module names a reader other than as a default, or compares with the value of one."""
    tree = ast.parse(source)
    allowed = defaults_in(tree)
    named = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in Variant.__members__ and id(node) not in allowed
        if isinstance(node.value, ast.Name | ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "Variant"
    ]
    asked = [n for n in ast.walk(tree) if isinstance(n, ast.Compare | ast.MatchValue)]
    typed = [
        node
        for asking in asked
        for node in ast.walk(asking)
        if isinstance(node, ast.Constant)
        if node.value in VARIANTS
    ]
    return [f"{node.lineno}: {ast.unparse(node)}" for node in (*named, *typed)]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_beside_the_table_tells_readers_apart(path):
    assert told_apart(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("if variant == Variant.OUDERS: pass", True),
        ("if variant in (Variant.OUDERS, Variant.PARTNER): pass", True),
        ("if variants.Variant.OUDERS != variant: pass", True),
        ("match variant:\n case Variant.OUDERS: pass", True),
        ("WORDS = {Variant.OUDERS: 1}", True),
        ("rows.filter(variant=Variant.OUDERS)", True),
        ("if kind == 'ouders': pass", True),
        ("match kind:\n case 'ouders': pass", True),
        ("def ask(level=Variant.OUDERS): pass", False),
        ("class Order:\n variant: Variant = Variant.OUDERS", False),
        ("level = CharField(default=Variant.OUDERS.value)", False),
        ("if variant in VARIANTS: pass", False),
    ],
)
def test_what_is_looked_for_is_seen(source, seen):
    assert bool(told_apart(source)) is seen


@pytest.mark.parametrize("variant", Variant)
class TestARow:
    def test_says_how_the_reader_is_called_and_which_pages_it_gets(self, variant):
        info = VARIANTS[variant]
        assert info.word and info.for_whom and info.whom in readers._OF_WHOM
        get_template(info.template)
        assert info.recipient == "" or info.typed

    def test_is_offered_as_a_pack_or_says_why_not(self, variant):
        info = VARIANTS[variant]
        assert bool(info.pack) != bool(info.no_pack)
        if info.pack:
            get_template(info.pack.page)
            assert info.whom in forms._OF_WHOM and ("{reader}" in info.pack.choice) == (info.whom != Whom.ANYBODY)
            assert bool(info.pack.otherwise) == (info.whom == Whom.PARTNER)

    def test_names_a_child_only_to_who_may_know_it(self, variant):
        info = VARIANTS[variant]
        assert info.named == (info.whom != Whom.ANYBODY)
        assert info.named or (info.left_out and not info.numbered and not info.to_family)
        assert info.to_family == (info.whom == Whom.PARENT)


def test_every_reader_has_a_row_and_every_kind_of_reader_a_choice():
    assert set(VARIANTS) == set(Variant) and set(readers._OF_WHOM) == set(Whom)


@pytest.fixture
def case(noor) -> Case:
    return noor


class TestThePagesFollow:
    def test_each_row_stands_on_the_page_of_choices_in_its_order(self, case, as_user):
        page = as_user("officer").get(f"/dossiers/{case.number}/papier/").content.decode()
        offered = re.findall(rf"/dossiers/{case.number}/papier/([a-z]+)[-/]", page)
        assert list(dict.fromkeys(offered)) == [v.value for v in VARIANTS]

    def test_each_row_with_a_pack_can_be_ordered_without_names_first(self, case, lekstroom, as_user):
        stop = a_stop(lekstroom)
        stops.add_cases(stop, [case], by=lekstroom.officer)
        page = as_user("officer").get(f"/thuiszitterstop/{stop.pk}/stapels/").content.decode()
        offered = list(dict.fromkeys(re.findall(r'<option value="([a-z]+)', page)))
        assert set(offered) == {v.value for v, info in VARIANTS.items() if info.pack}
        assert [VARIANTS[v].named for v in offered] == sorted(VARIANTS[v].named for v in offered)

    @pytest.mark.parametrize("variant", Variant)
    def test_each_row_has_a_paper(self, variant, case, lekstroom, as_user):
        found = [r for r in readers.readers_of(case, lekstroom.officer) if r.variant == variant]
        page = as_user("officer").get(f"/dossiers/{case.number}/papier/{found[0].key}/").content.decode()
        assert ('name="recipient"' in page) == VARIANTS[variant].typed
        assert ('name="ask"' in page) == VARIANTS[variant].asks

    def test_who_has_nobody_that_reads_dossiers_is_not_offered(self, case, lekstroom, as_user):
        """A region that takes part reads counts only (domain 8): no choice, and no page that fails on it."""
        region = lekstroom.organisations["regio"]
        world.involve(case, region)
        officer = as_user("officer")
        assert f"partner-{region.pk}" not in officer.get(f"/dossiers/{case.number}/papier/").content.decode()
        assert officer.get(f"/dossiers/{case.number}/papier/partner-{region.pk}/").status_code == 302
        stop = a_stop(lekstroom)
        stops.add_cases(stop, [case], by=lekstroom.officer)
        page = officer.get(f"/thuiszitterstop/{stop.pk}/stapels/").content.decode()
        assert f'value="partner-{region.pk}"' not in page


class TestANewReader:
    """A row that is added here for a moment: all that must happen for a real one as well."""

    @pytest.fixture
    def council(self, monkeypatch) -> Variant:
        member = str.__new__(Variant, "raad")
        member._name_, member._value_ = "RAAD", "raad"
        monkeypatch.setitem(Variant._value2member_map_, "raad", member)
        row = replace(VARIANTS[Variant.PSEUDONIEM], word="voor de raad", for_whom="een vraag van de raad")
        row = replace(row, asks=False, chapters=(), left_out=(Left("WATWOORD", "WAAROMWOORD"),))
        monkeypatch.setitem(VARIANTS, member, row)
        return member

    def test_can_be_chosen_and_gets_a_paper(self, council, case, as_user):
        officer = as_user("officer")
        assert "Voor de raad" in officer.get(f"/dossiers/{case.number}/papier/").content.decode()
        page = officer.get(f"/dossiers/{case.number}/papier/raad/").content.decode()
        assert "WAAROMWOORD" in page and 'name="ask"' not in page and 'name="recipient"' in page
        response = world.take_along(officer, case, "raad", chapters=[])
        assert response["Content-Disposition"] == f'attachment; filename="raad-{Paper.objects.get().number}.pdf"'
        assert "WAAROMWOORD" in words(response.content) and "Geelvink" not in words(response.content)

    def test_gets_a_pack(self, council, case, lekstroom, as_user, settings, tmp_path):
        settings.MEDIA_ROOT = str(tmp_path)
        stop = a_stop(lekstroom, agenda="AGENDAWOORD")
        stops.add_cases(stop, [case], by=lekstroom.officer)
        officer, page = as_user("officer"), f"/thuiszitterstop/{stop.pk}/stapels/"
        assert "Voor de raad: een vraag van de raad" in officer.get(page).content.decode()
        officer.post(page, {"level": "raad", "recipient": "de raad", "form": "bladzijden", "password": ""})
        pack = Pack.objects.get()
        jobs.work_job(pack.job_id)
        text = words(officer.get(f"{page}{pack.pk}/ophalen/").content)
        assert "Kind 1" in text and "WAAROMWOORD" in text and "AGENDAWOORD" not in text
        assert pack.level_words == "voor de raad"

    def test_of_a_kind_that_is_known_reads_what_that_kind_reads(self, council, case, lekstroom, as_user, monkeypatch):
        monkeypatch.setitem(VARIANTS, council, replace(VARIANTS[Variant.OUDERS], word="voor thuis"))
        parent = Guardian.objects.get(name="Fatima Geelvink")
        page = as_user("officer").get(f"/dossiers/{case.number}/papier/raad-{parent.pk}/").content.decode()
        assert "PDF voor Fatima Geelvink" in page and 'name="recipient"' not in page
        own = sight_of(case, lekstroom.officer)
        theirs = [sight_for(variant, case, own, guardian=parent) for variant in (council, Variant.OUDERS)]
        assert theirs[0] == theirs[1] != on_paper(own)
