"""The standard letters to parents, as texts with merge fields; an organisation can replace each by a Word template of
its own. Those to a young person stand in `youth`."""

from dataclasses import dataclass
from enum import StrEnum


class LetterKind(StrEnum):
    """For which moment a letter is meant."""

    GESPREK = "gesprek"  # invitation to a talk
    ONDERZOEK = "onderzoek"  # notice that the officer starts an investigation (art. 22)
    MDO = "mdo"  # invitation to an MDO
    DELEN = "delen"  # notice that the dossier is shared with an organisation
    OPSCHALING = "opschaling"  # proposal of escalation told to the parents
    BESLUIT = "besluit"  # covering letter of a doorzettingsbesluit
    ONTVANGST = "ontvangst"  # receipt of a claim on an exemption or request
    UITKOMST = "uitkomst"  # outcome of that claim
    WAARSCHUWING = "waarschuwing"  # formal warning
    TERUGKEER = "terugkeer"  # return to school
    AFSLUITING = "afsluiting"  # closing of the dossier


@dataclass(frozen=True)
class LetterText:
    """`word`: what people call it. `about`: the subject line. `lines`: paragraphs; "## " begins a small heading, "- "
    an item of a list, "?field " what stands there only when that field is filled."""

    word: str
    about: str
    lines: tuple[str, ...]


MORE = "?toelichting {{ toelichting }}"
CALL = "Hebt u een vraag? Bel of mail {{ afzender_naam }}: {{ afzender_telefoon }} of {{ afzender_email }}."
_INSIGHT = (
    "U mag vragen om inzage: wat hebben wij over u en {{ kind_voornaam }} opgeschreven? Staat er een fout in, dan mag "
    "u vragen om die te verbeteren."
)
# What AVG 13 and 14 ask of the first letter about somebody (domain A9).
YOUR_DATA = (
    "## Uw gegevens",
    "- Burgemeester en wethouders van {{ gemeente }} zijn verantwoordelijk. De Leerplichtwet geeft hun deze taak.",
    "- Wij gebruiken naam, geboortedatum, adres, school en verzuim, en wat u en anderen ons vertellen. Die gegevens "
    "komen van u, van de basisregistratie personen en van {{ gehoord_van }}.",
    "- Wie gegevens krijgen, als dat nodig is: {{ gegevens_naar }}.",
    "- Hoe lang wij ze bewaren: {{ bewaartermijn }}.",
    "- U mag ons vragen om inzage, om een fout te verbeteren, of om gegevens te wissen of minder te gebruiken. U mag "
    "ook bezwaar maken tegen het gebruik.",
    "- Vragen over privacy? Schrijf naar onze functionaris gegevensbescherming: {{ fg_naam }}, {{ fg_adres }}. U kunt "
    "ook klagen bij de Autoriteit Persoonsgegevens.",
    "- Onze privacyverklaring staat op {{ privacyverklaring }}.",
)
# What a decision must say about objecting to it (Awb 3:45, 6:5, 8:81; domain A1).
OBJECTION = (
    "?beroep_besluit Deze brief is een besluit van {{ bestuursorgaan }}. U kunt daartegen bezwaar maken.",
    "?beroep_besluit - Wanneer: binnen 6 weken. De eerste dag is de dag nadat wij deze brief verstuurden. Is de "
    "laatste dag een zaterdag, zondag of feestdag? Dan mag het ook nog op de eerste werkdag daarna.",
    "?beroep_besluit - Met de post: aan {{ bestuursorgaan }}, {{ bezwaar_adres }}.",
    "?beroep_besluit - Digitaal: {{ bezwaar_digitaal }}.",
    "?beroep_besluit - Zet erin: uw naam en adres, de datum, om welk besluit het gaat en waarom u het er niet mee eens "
    "bent. U mag een kopie van deze brief meesturen. Zet uw handtekening eronder.",
    "?beroep_besluit - Het besluit geldt ook als u bezwaar maakt. Kunt u daar niet op wachten? Dan kunt u de rechtbank "
    "ook om een tijdelijke regeling vragen: een voorlopige voorziening.",
    "?beroep_ingetrokken Het bericht is ingetrokken. Daarom is er geen besluit. Klopt dat niet? Bel of mail ons.",
)

LETTERS: dict[LetterKind, LetterText] = {
    LetterKind.GESPREK: LetterText(
        word="uitnodiging voor een gesprek",
        about="Uitnodiging voor een gesprek over {{ kind_naam }}",
        lines=(
            "{{ kind_voornaam }} is sinds {{ thuis_sinds }} thuis. Wij horen graag van u hoe het gaat. Daarom nodigen "
            "wij u uit voor een gesprek. Wij willen samen met u kijken wat {{ kind_voornaam }} nodig heeft om weer te "
            "kunnen leren.",
            "## De afspraak",
            "- Datum: {{ afspraak_datum }}",
            "- Tijd: {{ afspraak_tijd }}",
            "- Plaats: {{ afspraak_plek }}",
            "- Met wie: {{ afzender_naam }}, {{ afzender_functie }} bij {{ organisatie }}",
            MORE,
            "## Goed om te weten",
            "- {{ kind_voornaam }} is ook welkom. Kinderen vanaf 12 jaar hebben het recht om zelf hun verhaal te "
            "vertellen.",
            "- U mag iemand meenemen die u vertrouwt.",
            "- Spreekt u liever een andere taal? Laat het ons weten. Dan zoeken wij samen een oplossing.",
            "- Wij schrijven kort op wat wij bespreken. " + _INSIGHT,
            "Kunt u niet op deze dag? Dan maken wij graag een andere afspraak.",
            CALL,
        ),
    ),
    LetterKind.ONDERZOEK: LetterText(
        word="bericht dat een onderzoek begint",
        about="Wij beginnen een onderzoek: {{ kind_naam }}",
        lines=(
            "Wij hebben gehoord dat {{ kind_voornaam }} sinds {{ thuis_sinds }} niet naar school gaat. Dat hoorden wij "
            "van {{ gehoord_van }}. De wet vraagt ons dan om uit te zoeken wat er aan de hand is (artikel 22 van de "
            "Leerplichtwet). Wij willen begrijpen wat er speelt en wat {{ kind_voornaam }} nodig heeft.",
            MORE,
            "## Wat gaan wij doen?",
            "- Wij praten met u. U hebt het recht om gehoord te worden.",
            "- Wij horen ook graag van {{ kind_voornaam }} zelf hoe het gaat. Kinderen vanaf 12 jaar hebben het "
            "recht om zelf gehoord te worden.",
            "- Is er een school? Dan vragen wij de school wat zij weet en wat zij heeft gedaan.",
            "- Daarna vertellen wij u wat wij hebben gezien en hoe het verdergaat.",
            "Wij nemen contact met u op voor een afspraak.",
            *YOUR_DATA,
            CALL,
        ),
    ),
    LetterKind.MDO: LetterText(
        word="uitnodiging voor een MDO",
        about="Uitnodiging voor een overleg over {{ kind_naam }}",
        lines=(
            "Wij willen samen met u een goede oplossing vinden voor {{ kind_voornaam }}. Daarom nodigen wij u en "
            "{{ kind_voornaam }} uit voor een overleg. Het heet een MDO: een gesprek met mensen die elk iets anders "
            "weten, bijvoorbeeld over school of over hulp. U bent daarbij, want u kent {{ kind_voornaam }} het best.",
            "## Het overleg",
            "- Datum: {{ overleg_datum }}",
            "- Tijd: {{ overleg_tijd }}",
            "- Plaats: {{ overleg_plek }}",
            "- Wie er zijn: {{ overleg_deelnemers }}",
            "- De vraag: {{ overleg_vraag }}",
            MORE,
            "## Goed om te weten",
            "- U mag iemand meenemen die u vertrouwt.",
            "- Wilt u liever niet dat iemand van de lijst erbij is? Bel ons dan vóór het overleg.",
            "- Wil of kan {{ kind_voornaam }} er niet bij zijn? Dan horen wij graag op een andere manier wat "
            "{{ kind_voornaam }} wil.",
            "- Wij bespreken alleen wat nodig is voor de vraag. Zonder toestemming delen wij geen gegevens over "
            "gezondheid.",
            "- Wij maken een verslag met de afspraken. " + _INSIGHT,
            "Kunt u niet op deze dag? Laat het ons snel weten.",
            CALL,
        ),
    ),
    LetterKind.DELEN: LetterText(
        word="bericht dat wij gegevens delen",
        about="Wij delen gegevens over {{ kind_naam }}",
        lines=(
            "Voor {{ kind_voornaam }} werken wij samen met een andere organisatie. Zij leest daarom een deel van ons "
            "dossier. Hier leest u wat zij ziet en welke rechten u hebt.",
            "## Wat delen wij?",
            "- Met welke organisatie: {{ gedeeld_met }}",
            "- Wat zij ziet: {{ gedeeld_wat }}",
            "- Waarom dat mag: {{ gedeeld_grond }}",
            "- Tot wanneer: {{ gedeeld_tot }}",
            "Zij ziet altijd wie {{ kind_voornaam }} is, hoe u te bereiken bent en hoe lang {{ kind_voornaam }} thuis "
            "is. Zij mag de gegevens alleen gebruiken om {{ kind_voornaam }} te helpen. Staat hierboven een convenant? "
            "Dat is een afspraak tussen organisaties die samenwerken.",
            MORE,
            "## Uw rechten",
            "- U mag bezwaar maken als u vindt dat delen in uw situatie niet goed is (artikel 21 van de privacywet "
            "AVG).",
            "- " + _INSIGHT,
            "- Delen wij met toestemming? Wie toestemming gaf, mag die altijd intrekken.",
            "- Vanaf 16 jaar heeft een kind deze rechten zelf.",
            "Bel, mail of schrijf ons. U krijgt binnen één maand antwoord. Bent u niet tevreden? Dan kunt u een klacht "
            "sturen naar de Autoriteit Persoonsgegevens.",
            CALL,
        ),
    ),
    LetterKind.OPSCHALING: LetterText(
        word="bericht dat wij willen opschalen",
        about="Wij willen extra hulp vragen voor {{ kind_naam }}",
        lines=(
            "{{ kind_voornaam }} is nu {{ dagen_thuis }} thuis. Het is nog niet gelukt om samen een goede plek te "
            "vinden. Dat vinden wij te lang duren. Daarom stellen wij voor om hulp te vragen aan een organisatie die "
            "meer kan regelen. Dat heet opschalen.",
            "## Ons voorstel",
            "- Aan wie wij hulp vragen: {{ opschaling_aan }}",
            "- Wat wij vragen: {{ opschaling_vraag }}",
            MORE,
            "## Wat betekent dit voor u?",
            "- U houdt contact met ons. Wij vertellen u wat er gebeurt.",
            "- De organisatie ziet alleen wat nodig is voor deze vraag.",
            "- Komt er een voorstel voor een plek? Dan praten wij daarover eerst met u en {{ kind_voornaam }}.",
            "## Wat vindt u ervan?",
            "U en {{ kind_voornaam }} hebben het recht om uw mening te geven. Bel of mail ons. Wij schrijven uw mening "
            "in het dossier, ook als u het niet met ons eens bent. " + _INSIGHT,
            "Wilt u advies van iemand anders? Het ouder- en jeugdsteunpunt in uw regio helpt ouders met vragen over "
            "school.",
            CALL,
        ),
    ),
    LetterKind.BESLUIT: LetterText(
        word="brief bij een doorzettingsbesluit",
        about="Besluit over een plek voor {{ kind_naam }}",
        lines=(
            "Samen zoeken naar een plek voor {{ kind_voornaam }} lukte niet op tijd. Daarom is er op "
            "{{ besluit_datum }} een besluit genomen. U vindt het bij deze brief. Het heet een doorzettingsbesluit en "
            "heeft nummer {{ besluit_nummer }}.",
            "## Wat is besloten?",
            "- Plek: {{ besluit_plek }}",
            "- Begint op: {{ besluit_start }}",
            "- Uren: {{ besluit_uren }}",
            "## Waarom deze plek?",
            "{{ besluit_reden }}",
            MORE,
            "## Wat betekent dit voor u?",
            "School, samenwerkingsverband (de scholen in de regio samen) en gemeente hebben afgesproken dat zij doen "
            "wat in het besluit staat. Het besluit verplicht u als ouder niet. De Leerplichtwet blijft wel gelden. Wij "
            "bespreken het besluit graag met u en {{ kind_voornaam }}.",
            "## Bent u het er niet mee eens?",
            "Bel ons gerust eerst. In het besluit staat waar u verder terechtkunt. Krijgt u ook een ander besluit, "
            "bijvoorbeeld over jeugdhulp of vervoer? Daartegen kunt u binnen 6 weken bezwaar maken. Hoe dat moet, "
            "staat in dat andere besluit. " + _INSIGHT,
            CALL,
        ),
    ),
    LetterKind.ONTVANGST: LetterText(
        word="ontvangst van een beroep of aanvraag",
        about="Wij hebben uw beroep of aanvraag ontvangen: {{ kind_naam }}",
        lines=(
            "Wij hebben op {{ beroep_ontvangen }} een bericht van u gekregen over {{ kind_voornaam }}. Dank u wel. In "
            "deze brief leest u wat er nu gebeurt.",
            "- Uw bericht gaat over: {{ beroep_grond }}",
            MORE,
            "## Wat gebeurt er nu?",
            "?beroep_wet - Bij een vrijstelling volgens artikel 5 kijken wij of alles er is wat de wet vraagt. Is dat "
            "zo, dan geldt de vrijstelling door de wet zelf: {{ kind_voornaam }} hoeft dan niet op een school te zijn "
            "ingeschreven. Wij laten u weten of uw beroep terecht is.",
            "?beroep_besluit - Over een aanvraag krijgt u een besluit, uiterlijk op {{ beroep_uiterlijk }}. Lukt dat "
            "niet, dan schrijven wij u op tijd wanneer het komt. Tegen het besluit kunt u bezwaar maken.",
            "Missen wij nog iets, dan vragen wij u daarom.",
            "## Uw rechten",
            "U hebt het recht om gehoord te worden: u mag uw verhaal doen voordat u de uitkomst krijgt. Dat geldt ook "
            "voor {{ kind_voornaam }}. " + _INSIGHT,
            "Wij blijven graag met u praten over wat {{ kind_voornaam }} nodig heeft om te leren.",
            CALL,
        ),
    ),
    LetterKind.UITKOMST: LetterText(
        word="uitkomst van een beroep of aanvraag",
        about="Uitkomst van uw beroep of aanvraag: {{ kind_naam }}",
        lines=(
            "Wij kregen op {{ beroep_ontvangen }} een bericht van u over {{ kind_voornaam }}. Wij hebben er goed naar "
            "gekeken. In deze brief leest u de uitkomst.",
            "- Uw bericht ging over: {{ beroep_grond }}",
            "## De uitkomst",
            "{{ beroep_uitkomst }}",
            "## Waarom?",
            "{{ beroep_reden }}",
            MORE,
            "## Bent u het er niet mee eens?",
            "?beroep_wet Of een vrijstelling volgens artikel 5 geldt, bepaalt de wet zelf. Er is geen besluit om "
            "bezwaar tegen te maken. U kunt wel een nieuw beroep doen.",
            "?beroep_elk_jaar Is de vrijstelling ook volgend schooljaar nodig? Zorg dan dat wij uw nieuwe beroep vóór "
            "1 juli hebben.",
            *OBJECTION,
            _INSIGHT,
            "Wat de uitkomst ook is: wij denken graag mee over wat {{ kind_voornaam }} nodig heeft om te leren.",
            CALL,
        ),
    ),
    LetterKind.WAARSCHUWING: LetterText(
        word="schriftelijke waarschuwing",
        about="Waarschuwing: {{ kind_naam }} gaat niet naar school",
        lines=(
            "{{ kind_voornaam }} is sinds {{ thuis_sinds }} thuis: {{ dagen_thuis }}. Voor zover wij weten, is daar "
            "geen geldige reden voor. {{ plicht }} Daarom krijgt u deze waarschuwing. Een waarschuwing is geen straf.",
            MORE,
            "## Wat vragen wij u?",
            "- Bel of mail ons binnen een week.",
            "- Maak met ons een afspraak over de eerste stap naar school.",
            "- Is er iets waardoor het niet lukt? Vertel het ons. Dan zoeken wij samen naar hulp.",
            "## Hoe gaat het verder als er niets verandert?",
            "Dan nodigen wij u uit voor een gesprek. U hebt het recht om gehoord te worden, maar u hoeft geen vragen "
            "te beantwoorden. Ook {{ kind_voornaam }} mag zelf vertellen wat er speelt. Daarna kijken wij wat past: "
            "hulp of een proces-verbaal. Dat laatste is een verslag voor de officier van justitie. Die beslist "
            "wat er dan gebeurt. Dat kan een boete zijn, of een zaak bij de rechter.",
            "## Bent u het er niet mee eens?",
            "Laat het ons weten. Wij bewaren uw reactie in het dossier. " + _INSIGHT,
            CALL,
        ),
    ),
    LetterKind.TERUGKEER: LetterText(
        word="brief bij terugkeer naar school",
        about="{{ kind_naam }} gaat weer naar school",
        lines=(
            "{{ kind_voornaam }} gaat weer naar school. Dat is goed nieuws. Wij weten dat het vaak veel vraagt van een "
            "kind en van ouders. Dank u wel voor wat u daarvoor hebt gedaan.",
            "- School: {{ school }}",
            "- Eerste dag weer op school: {{ eerste_schooldag }}",
            MORE,
            "## Hoe gaat het verder?",
            "- De eerste weken zijn soms nog moeilijk. Daarom blijven wij volgen hoe het gaat.",
            "- Wij vragen u, {{ kind_voornaam }} en de school hoe het gaat. Gaat het een tijd goed, dan sluiten wij "
            "het dossier. Dat laten wij u weten.",
            "- Lukt het een dag niet? Vertel het meteen aan de school.",
            "- Merkt u dat het minder goed gaat? Wacht dan niet en bel ons. Wij kijken dan samen wat er nodig is.",
            _INSIGHT,
            "Wij wensen {{ kind_voornaam }} een goede start.",
            CALL,
        ),
    ),
    LetterKind.AFSLUITING: LetterText(
        word="bericht dat het dossier sluit",
        about="Wij sluiten het dossier over {{ kind_naam }}",
        lines=(
            "Wij sluiten het dossier over {{ kind_voornaam }}. In deze brief leest u wat dat betekent.",
            "- De uitkomst: {{ uitkomst }}",
            MORE,
            "## Wat betekent dit?",
            "- Wij volgen {{ kind_voornaam }} niet meer. U hoeft hiervoor niets te doen.",
            "- Is er een school? Dan kunt u daar terecht met vragen over de lessen.",
            "- Wij bewaren het dossier {{ bewaartermijn }}. Daarna vernietigen wij het. Meer leest u in onze "
            "privacyverklaring: {{ privacyverklaring }}.",
            "- " + _INSIGHT,
            "## Gaat het later minder goed?",
            "Bel ons dan snel. Wij kijken samen met u wat er nodig is. Als het moet, openen wij het dossier weer.",
            "Bent u het er niet mee eens dat wij sluiten? Vertel het ons. Wij horen graag waarom.",
            "Wij wensen u en {{ kind_voornaam }} het beste.",
            CALL,
        ),
    ),
}
