"""A letter from choice to paper: grouped by address, filled in, kept in the dossier as Word and PDF."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from django.template.loader import render_to_string
from django.utils import timezone
from stdnum.nl import postcode

from cases.claims.models import ExemptionClaim
from cases.documents.acts import keep_letter
from cases.documents.models import Document
from cases.dossier.access import is_municipal_side, own_organisation
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.tasks import ask
from cases.sight.looks import look_at
from cases.talks.acts import invited_by_letter
from cases.talks.models import Talk
from leerplicht.models import Guardian
from reporting.letters import word
from reporting.letters.models import LetterTemplate
from reporting.letters.queries import details_for
from reporting.letters.texts import LETTERS, LetterKind
from reporting.letters.values import known, of_claim, part_of
from reporting.letters.youth import key_of
from reporting.papers.acts import begin_paper, complete
from reporting.papers.footer import footer_of
from reporting.papers.models import Paper
from reporting.pdf.render import IN_A_REQUEST, render_papers
from thuiszitters.core.files import keeping as files
from thuiszitters.core.people.organisations import Organisation, OrganisationLink, Period
from thuiszitters.core.words import day_in, time_in


@dataclass(frozen=True)
class Reader:
    """Who gets one letter: parents at one address get one together, a young person an own one (`youth`)."""

    names: tuple[str, ...]
    address: str
    guardians: tuple[Guardian, ...] = ()
    youth: bool = False

    @property
    def words(self) -> str:
        return " en ".join(self.names)


def address_problem(address: str) -> str:
    """What is wrong with an address, in a sentence; empty when it can be written on an envelope."""
    lines = [line.strip() for line in re.split(r"[\n,]", address) if line.strip()]
    if len(lines) < 2:
        return "Schrijf straat en nummer op de eerste regel, en postcode en plaats op de tweede."
    if not re.search(r"\d", lines[0]):
        return "In de eerste regel ontbreekt het huisnummer."
    if len(lines) > 2 and lines[-1].isupper() and not re.search(r"\d", lines[-1]):
        return ""  # a country, as the post wants it written
    found = re.match(r"(\d{4}\s?[A-Za-z]{2})\s+\S", lines[-1])
    if not found or not postcode.is_valid(found[1]):
        return (
            "De laatste regel is een postcode en een plaats, bijvoorbeeld 3431 AB Nieuwegein; of het land, in "
            "hoofdletters."
        )
    return ""


def tidy(address: str) -> str:
    """Each part on a line of its own, the postal code as it is printed."""
    lines = [line.strip() for line in re.split(r"[\n,]", address) if line.strip()]
    if lines and (found := re.match(r"(\d{4})\s?([A-Za-z]{2})\s+(.+)", lines[-1])):
        lines[-1] = f"{found[1]} {found[2].upper()} {found[3]}"
    return "\n".join(lines)


def readers_of(chosen: Iterable[tuple[str, str, Guardian | None]]) -> list[Reader]:
    """(name, address, parent) of everybody who is written to; parents who live together get one letter. Without a
    parent it is the young person."""
    at: dict[tuple[str, bool], list[tuple[str, str, Guardian | None]]] = {}
    for name, address, guardian in chosen:
        at.setdefault((tidy(address).casefold(), guardian is None), []).append((name, tidy(address), guardian))
    return [
        Reader(tuple(n for n, _, _ in people), people[0][1], tuple(g for *_, g in people if g), youth)
        for (_, youth), people in at.items()
    ]


def template_for(kind: LetterKind, organisation: Organisation, *, youth: bool = False) -> bytes:
    """The template of the organisation that holds today, else of a bureau that acts for it, else the standard one; to
    parents, or to a `youth`."""
    key = key_of(kind, youth=youth)
    today = timezone.localdate()
    acting = OrganisationLink.objects.filter(Period.covers(today), kind=OrganisationLink.Kind.ACTS_FOR)
    bureaus = acting.filter(other=organisation)
    for owners in ([organisation.pk], bureaus.values("organisation")):
        row = LetterTemplate.objects.running().filter(kind=key, organisation__in=owners).select_related("file").first()
        if row:
            return files.fetch(row.file)
    return word.standard(key)


@dataclass(frozen=True)
class Letter:
    """One letter on its way: the `text` is the filled Word file. `kept`: the very same letter, when there is one; else
    it gets a `paper`, its line in the list."""

    kind: LetterKind
    reader: Reader
    text: bytes
    kept: Document | None = None
    paper: Paper | None = None

    @property
    def title(self) -> str:
        return LETTERS[self.kind].word

    @property
    def line(self) -> Paper:
        """The paper of one that is not kept yet."""
        if self.paper is None:
            raise ValueError("a letter that was kept before has no line of its own")
        return self.paper


def write(
    case: Case,
    kind: LetterKind,
    readers: Sequence[Reader],
    templates: Mapping[bool, bytes],
    values: dict[str, str],
    *,
    by,
    claim: ExemptionClaim | None = None,
) -> list[Document]:
    """A letter per reader from these templates (True: to a young person), kept in the dossier; the very same letter is
    not kept twice (a second click). `claim`: what the letter is about, where it is about one. The look is logged first.
    RenderFailed, FileDamaged, NotNow when it cannot be."""
    look_at(case, by, "entry_form", form="letter")
    organisation = own_organisation(case, by)
    letters = [
        _filled(case, kind, reader, templates[reader.youth], values, organisation, by, claim) for reader in readers
    ]
    new = [_begun(case, letter, by) for letter in letters if not letter.kept]
    pages = [[letter_html(letter.text, letter.title, letter.line, by)] for letter in new]
    pdfs = render_papers(pages, within=IN_A_REQUEST) if pages else ()
    made = [_keep(case, letter, pdf, organisation, by, claim) for letter, pdf in zip(new, pdfs, strict=True)]
    if made and kind == LetterKind.GESPREK:
        _plan_talk(case, readers, values, by)
    return [letter.kept for letter in letters if letter.kept] + made


def _plan_talk(case: Case, readers: Sequence[Reader], values: Mapping[str, str], by) -> None:
    """The talk to which the letter invites; once, also when it was planned before or the letter is made anew. Where its
    time is no time that we can read, it is a step on its day."""
    on, at = day_in(values.get("afspraak_datum", "")), time_in(values.get("afspraak_tijd", ""))
    if on is None or on < timezone.localdate() or not case.is_open:
        return
    own = own_organisation(case, by)
    starts_at = timezone.make_aware(datetime.combine(on, at)) if at else None
    if starts_at is None or starts_at <= timezone.now():
        return _step_on(case, on, by, own)
    talk = Talk(case=case, starts_at=starts_at, place=values.get("afspraak_plek", "")[:200], organisation=own)
    guardians = [g for reader in readers for g in reader.guardians]
    talk.child = any(reader.youth for reader in readers)
    try:
        invited_by_letter(talk, guardians, by=by)
    except NotNow:  # the letter is there; a moment that cannot be planned is a step on its day
        _step_on(case, on, by, own)


def _step_on(case: Case, on: date, by, own: Organisation | None) -> None:
    title = "Gesprek met ouders en kind"
    if not case.tasks.filter(title=title, due_on=on, done_on=None).exists():
        ask(case, title, on, by=by, **({"owner": by} if is_municipal_side(case, by) else {"organisation": own}))


def _filled(case: Case, kind: LetterKind, reader: Reader, template: bytes, values, organisation, by, claim) -> Letter:
    names = list(reader.names)
    values = details_for(case, organisation) | values | of_claim(claim, kind)
    values |= known(case, organisation, by, names, reader.address, youth=reader.youth)
    text = word.filled(template, values)
    return Letter(kind, reader, text, kept=_the_same(case, kind, organisation, reader, text, claim))


def _begun(case: Case, letter: Letter, by) -> Letter:
    recipient = letter.reader.words
    paper = begin_paper(Paper.Kind.LETTER, by=by, cases=[case], recipient=recipient, purpose=letter.title)
    return replace(letter, paper=paper)


def _keep(case: Case, letter: Letter, pdf: bytes, organisation, by, claim) -> Document:
    row = keep_letter(
        case,
        kind=letter.kind,
        part=part_of(letter.kind),
        title=letter.title,
        recipient=letter.reader.words,
        guardians=letter.reader.guardians,
        number=letter.line.number,
        docx=letter.text,
        pdf=pdf,
        organisation=organisation,
        by=by,
        claim=claim.pk if claim else None,
        of_closing=letter.kind == LetterKind.AFSLUITING,
        says_the_same=partial(_says_the_same, letter.text),
    )
    if row.number == letter.line.number:
        complete(letter.line, pdf)
    return row


def _says_the_same(text: bytes, other: bytes) -> bool:
    return word.blocks(text) == word.blocks(other)


def _the_same(case: Case, kind: LetterKind, organisation, reader: Reader, text: bytes, claim) -> Document | None:
    """The last letter of this kind to this reader, about this claim, when it says word for word the same."""
    rows = case.documents.filter(kind=kind, recipient=reader.words, organisation=organisation, claim=claim)
    last = rows.select_related("docx").order_by("-version").first()
    return last if last and _says_the_same(text, files.fetch(last.docx)) else None


def letter_html(text: bytes, title: str, paper: Paper | None, by) -> str:
    """The HTML of the same text as the Word file."""
    groups: list[dict] = []
    for block in word.blocks(text):
        if block.kind in ("item", "number") and groups and groups[-1]["kind"] == block.kind:
            groups[-1]["lines"].append(block.text)
        else:
            groups.append({"kind": block.kind, "lines": [block.text]})
    subject = next((g for g in groups if g["lines"][0].startswith("Betreft:")), None)
    if subject:
        subject["kind"] = "subject"
        title = subject["lines"][0].removeprefix("Betreft: ")
    footer = footer_of(paper, by=by, about="") if paper else "Voorbeeld met verzonnen gegevens"
    context = {"groups": groups, "title": title, "placed": subject is not None, "footer": footer}
    return render_to_string("reporting/letters/letter.html", context)
