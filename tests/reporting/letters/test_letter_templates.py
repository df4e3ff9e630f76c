"""The standard letters as Word templates, and those of an organisation: what is allowed, and which one holds."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cases.dossier.rules import NotNow
from reporting.letters import making, word
from reporting.letters.acts import save_template
from reporting.letters.fields import FIELDS
from reporting.letters.making import template_for
from reporting.letters.models import LetterTemplate
from reporting.letters.texts import LETTERS, LetterKind
from reporting.letters.values import DEMONSTRATION, OF_EXEMPTION
from reporting.letters.youth import TEXTS, YOUTH, key_of


def template(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


HEAD = ("{{ aanhef }}", "{{ ontvanger_adres }}", "{{ datum }}", "{{ afzender_naam }}")


# What the law makes these say (AVG 13 and 14; Awb 3:45, 6:5 and 8:81) does not fit in a short letter. The outcome holds
# the lines of every outcome, of which a letter gets some.
LONGER = {"onderzoek": 300, "uitkomst": 340}


class TestTheStandardSet:
    @pytest.mark.parametrize("kind", list(TEXTS))
    def test_every_field_is_known_and_the_letter_is_whole(self, kind):
        word.check(word.standard(kind))
        text = "\n".join(b.text for b in word.blocks(word.filled(word.standard(kind), DEMONSTRATION)))
        assert "{{" not in text and "{%" not in text
        for piece in (
            "Gemeente Nieuwegein",
            "A. de Vries",
            "3431 ZZ Nieuwegein",
            "Geachte A. de Vries,",
            "Met vriendelijke groet,",
            "Hier staat wat u zelf nog schrijft.",
        ):
            assert piece in text, piece
        used = set(re.findall(r"{{ (\w+) }}", " ".join((TEXTS[kind].about, *TEXTS[kind].lines))))
        assert used <= set(FIELDS) and "toelichting" in used

    @pytest.mark.parametrize("kind", list(TEXTS))
    def test_it_is_short_and_in_short_sentences(self, kind):
        text = re.sub(r"{{ (\w+) }}|^[#-]+ ", r"\1", " ".join(TEXTS[kind].lines))
        assert len(text.split()) <= LONGER.get(kind.removesuffix("-jongere"), 230)
        sentences = [s for s in re.split(r"[.!?:]\s", text) if s]
        assert sum(len(s.split()) for s in sentences) / len(sentences) <= 12

    def test_an_exemption_that_the_law_gives_is_never_granted(self):
        for kind in OF_EXEMPTION:
            assert "verle" not in " ".join(LETTERS[kind].lines).lower()

    def test_what_may_stay_empty_leaves_no_trace(self):
        with_text = word.blocks(word.filled(word.standard(LetterKind.GESPREK), DEMONSTRATION))
        without = word.blocks(word.filled(word.standard(LetterKind.GESPREK), DEMONSTRATION | {"toelichting": ""}))
        assert len(without) == len(with_text) - 1

    def test_what_people_type_is_text(self):
        hostile = '<w:p>& "x" {{ dossier }} {% if %} </w:t>'
        text = word.filled(word.standard(LetterKind.GESPREK), DEMONSTRATION | {"kind_voornaam": hostile})
        assert any(hostile in b.text for b in word.blocks(text))


class TestToAYoungPerson:
    def test_every_letter_has_a_text_of_its_own(self):
        assert set(YOUTH) == set(LetterKind)
        for kind in LetterKind:
            mine, theirs = set(YOUTH[kind].lines), set(LETTERS[kind].lines)
            own = {line for line in mine - theirs if not line.startswith("?")}
            assert len(own) >= 3, kind

    @pytest.mark.parametrize("kind", list(LetterKind))
    def test_it_speaks_to_the_reader_and_asks_no_more_than_the_one_to_parents(self, kind):
        """One form fills both; and nobody reads about oneself as somebody else."""
        text = " ".join((YOUTH[kind].about, *YOUTH[kind].lines))
        assert "kind_voornaam" not in text and "kind_naam" not in text and " uw kind" not in text
        used = {key: word.fields_in(word.standard(key)) for key in (kind.value, key_of(kind, youth=True))}
        assert used[key_of(kind, youth=True)] <= used[kind.value] | {"plicht"}

    def test_an_own_template_for_parents_is_not_for_the_young_person(self, lekstroom, friday):
        nieuwegein = lekstroom.organisations["nieuwegein"]
        about = {"by": lekstroom.admin, "valid_from": date(2026, 11, 20)}
        save_template(nieuwegein, "gesprek", name="a.docx", content=template(*HEAD, "OUDERS"), **about)
        assert "OUDERS" in text_of(template_for(LetterKind.GESPREK, nieuwegein))
        assert "OUDERS" not in text_of(template_for(LetterKind.GESPREK, nieuwegein, youth=True))
        save_template(nieuwegein, "gesprek-jongere", name="b.docx", content=template(*HEAD, "JONG"), **about)
        assert "JONG" in text_of(template_for(LetterKind.GESPREK, nieuwegein, youth=True))
        assert "JONG" not in text_of(template_for(LetterKind.GESPREK, nieuwegein))


def text_of(content: bytes) -> str:
    return " ".join(b.text for b in word.blocks(content))


class TestTemplates:
    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ("Beste {{ kind_naaam }}", "Dit veld kennen wij niet: kind_naaam (bedoelt u kind_naam?)"),
            ("{{ settings.SECRET_KEY }}", "Gebruik alleen velden"),
            ("{{ kind_naam.__class__ }}", "Gebruik alleen velden"),
            ("{% for i in range(9**9) %}x{% endfor %}", "Gebruik alleen velden"),
            ("{{ kind_naam", "niet goed geschreven"),
            ("{{ lipsum() }}", "Gebruik alleen velden"),
            ("{{ 'a' * 999999999 }}", "Gebruik alleen velden"),
            ("{{ bsn }}", "Dit veld kennen wij niet: bsn"),
        ],
    )
    def test_only_our_fields(self, line, sentence):
        with pytest.raises(word.TemplateRefused, match=re.escape(sentence)):
            word.check(template(*HEAD, line))

    def test_headers_are_looked_at_too(self):
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "{% for i in range(9) %}{{ kind_bsn }}{% endfor %}"
        out = io.BytesIO()
        document.save(out)
        with pytest.raises(word.TemplateRefused, match="alleen velden"):
            word.check(out.getvalue())

    def test_a_choice_is_fine(self):
        content = template(*HEAD, "{% if toelichting %}{{ toelichting }}{% else %}niets{% endif %} {{ kind_naam }}")
        word.check(content)
        assert word.may_stay_empty(content) == {"toelichting"}

    @pytest.mark.parametrize("left_out", range(len(HEAD)))
    def test_without_reader_sender_and_day_it_is_no_letter(self, left_out):
        lines = [line for n, line in enumerate(HEAD) if n != left_out]
        with pytest.raises(word.TemplateRefused, match=f"geen brief: {HEAD[left_out].strip('{} ')}"):
            word.check(template(*lines, "Tekst"))

    def test_what_stands_in_header_table_and_footer_is_in_the_pdf_too(self):
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "KOP"
        document.sections[0].footer.paragraphs[0].text = "VOET"
        document.add_paragraph("voor")
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "BREED"
        table.cell(1, 0).text, table.cell(1, 1).text = "LINKS", "RECHTS"
        document.add_paragraph("na").runs[0].bold = True
        document.add_paragraph("eerst", style="List Number")
        out = io.BytesIO()
        document.save(out)
        found = [(b.kind, b.text) for b in word.blocks(out.getvalue()) if b.text]
        assert found == [
            ("text", "KOP"),
            ("text", "voor"),
            ("text", "BREED"),
            ("text", "LINKS"),
            ("text", "RECHTS"),
            ("strong", "na"),
            ("number", "eerst"),
            ("text", "VOET"),
        ]
        html = making.letter_html(out.getvalue(), "Brief", None, None)
        assert "<b>na</b>" in html and "<ol>" in html

    def test_a_field_that_the_pdf_cannot_show_is_named(self):
        document = docx.Document(io.BytesIO(template(*HEAD)))
        box = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>{{{{ school }}}}</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        )
        document.element.body.insert(0, box)
        out = io.BytesIO()
        document.save(out)
        with pytest.raises(word.TemplateRefused, match="niet overnemen: school"):
            word.check(out.getvalue())

    def test_a_first_page_of_its_own_has_its_own_header(self):
        document = docx.Document(io.BytesIO(template(*HEAD)))
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "EERSTE {{ organisatie }}"
        section.header.paragraphs[0].text = "LATER"
        out = io.BytesIO()
        document.save(out)
        word.check(out.getvalue())
        text = " ".join(b.text for b in word.blocks(out.getvalue()))
        assert "EERSTE" in text and "LATER" not in text

    def with_member(self, name: str, content: bytes) -> bytes:
        out = io.BytesIO(template("x"))
        with zipfile.ZipFile(out, "a") as package:
            package.writestr(name, content)
        return out.getvalue()

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("word/vbaProject.bin", b"x", "code"),
            ("word/embeddings/a.bin", b"x", "ander bestand"),
            ("word/bom.xml", b"0" * 30_000_000, "te groot"),
            (
                "word/_rels/settings.xml.rels",
                b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" '
                b'Target="http://127.0.0.1/x.dotm" TargetMode="External"/></Relationships>',
                "van buiten",
            ),
        ],
    )
    def test_nothing_but_a_document(self, name, content, sentence):
        with pytest.raises(word.TemplateRefused, match=sentence):
            word.check(self.with_member(name, content))

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 kapot", b"<html></html>"])
    def test_nor_another_kind_of_file(self, content):
        with pytest.raises(word.TemplateRefused, match=r"Word-document \(.docx\)"):
            word.check(content)

    def test_the_page_names_the_unknown_field_and_keeps_nothing(self, lekstroom, friday, as_user):
        admin = as_user("admin")
        file = io.BytesIO(template("{{ kind_naaam }}"))
        file.name = "brief.docx"
        response = admin.post("/sjablonen/", {"kind": "gesprek", "valid_from": "2026-11-20", "file": file})
        assert response.status_code == 422 and "bedoelt u kind_naam?" in response.content.decode()
        assert not LetterTemplate.objects.exists()

    def test_versions_follow_each_other_and_the_one_that_holds_is_used(self, lekstroom, friday):
        bureau, about = lekstroom.organisations["bureau"], {"name": "a.docx", "by": lekstroom.admin}
        save_template(bureau, "gesprek", content=template("EEN"), valid_from=date(2026, 11, 1), **about)
        save_template(bureau, "gesprek", content=template("TWEE"), valid_from=date(2026, 12, 1), **about)
        rows = LetterTemplate.objects.order_by("version").values_list("version", "valid_from", "valid_until")
        assert list(rows) == [(1, date(2026, 11, 1), date(2026, 11, 30)), (2, date(2026, 12, 1), None)]
        used = template_for(LetterKind.GESPREK, lekstroom.organisations["nieuwegein"])  # the bureau acts for it
        assert [b.text for b in word.blocks(used)] == ["EEN"]
        elsewhere = template_for(LetterKind.GESPREK, lekstroom.organisations["zwolle"])
        assert [b.text for b in word.blocks(elsewhere)] == [
            b.text for b in word.blocks(word.standard(LetterKind.GESPREK))
        ]
        with pytest.raises(NotNow, match="klaar vanaf 1 december 2026"):
            save_template(bureau, "gesprek", content=template("x"), valid_from=date(2026, 11, 20), **about)

    def test_a_better_file_on_the_same_day_holds_at_once(self, lekstroom, friday):
        own, about = lekstroom.organisations["nieuwegein"], {"name": "a.docx", "by": lekstroom.admin}
        for text in ("FOUT", "GOED"):
            save_template(own, "gesprek", content=template(text), valid_from=date(2026, 11, 20), **about)
        assert [b.text for b in word.blocks(template_for(LetterKind.GESPREK, own))] == ["GOED"]

    def test_of_another_organisation_there_is_no_preview(self, lekstroom, friday, as_user):
        row = save_template(
            lekstroom.organisations["zwolle"],
            "gesprek",
            content=template("GEHEIM"),
            name="a.docx",
            valid_from=date(2026, 11, 1),
            by=lekstroom.admin,
        )
        assert as_user("admin").get(f"/sjablonen/gesprek/voorbeeld.docx?sjabloon={row.pk}").status_code == 404
