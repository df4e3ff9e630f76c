"""The standard letters, as texts with merge fields; an organisation can replace each by a Word template of its own."""

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


FIELDS: dict[str, str] = {
    "aanhef": 'De aanhef, bijvoorbeeld "Geachte A. de Vries"',
    "ontvanger_naam": "De naam van wie de brief krijgt",
    "ontvanger_adres": "Het adres van wie de brief krijgt: straat en nummer, postcode en plaats",
    "kind_naam": "De hele naam van het kind",
    "kind_voornaam": "De voornaam van het kind",
    "kind_geboren": 'De geboortedatum van het kind, bijvoorbeeld "5 oktober 2012"',
    "school": 'De naam van de school van het kind, of "geen school"',
    "gemeente": 'De gemeente van het dossier, zonder het woord gemeente, bijvoorbeeld "Houten"',
    "organisatie": "De naam van de organisatie die de brief stuurt",
    "afzender_naam": "De naam van wie de brief stuurt",
    "afzender_functie": 'De functie van wie de brief stuurt, bijvoorbeeld "leerplichtambtenaar"',
    "afzender_telefoon": "Het telefoonnummer van wie de brief stuurt",
    "afzender_email": "Het e-mailadres van wie de brief stuurt",
    "datum": "De datum van de brief",
    "dossier": "Het dossiernummer",
    "thuis_sinds": "De eerste dag thuis",
    "dagen_thuis": 'Hoe lang het kind thuis is, met het woord dagen erbij, bijvoorbeeld "41 dagen"',
    "afspraak_datum": 'De dag van het gesprek, bijvoorbeeld "maandag 5 oktober 2026"',
    "afspraak_tijd": 'Hoe laat het gesprek begint, bijvoorbeeld "14.00 uur"',
    "afspraak_plek": "Waar het gesprek is, met het adres",
    "overleg_datum": 'De dag van het overleg, bijvoorbeeld "maandag 5 oktober 2026"',
    "overleg_tijd": 'Van hoe laat tot hoe laat het overleg duurt, bijvoorbeeld "14.00 tot 15.00 uur"',
    "overleg_plek": "Waar het overleg is, met het adres",
    "overleg_deelnemers": "Wie er bij het overleg zijn, met komma's ertussen",
    "overleg_vraag": "De vraag die in het overleg voorligt",
    "gedeeld_met": "De organisatie die een deel van het dossier ziet",
    "gedeeld_wat": "Wat die organisatie ziet, met komma's ertussen",
    "gedeeld_grond": 'Waarom delen mag: "wettelijke taak", "convenant" of "toestemming van ouders of jongere"',
    "gedeeld_tot": 'Tot wanneer die organisatie het ziet: een datum, of "zolang het dossier open is"',
    "opschaling_aan": "De organisatie aan wie hulp wordt gevraagd",
    "opschaling_vraag": "Wat aan die organisatie wordt gevraagd",
    "besluit_nummer": "Het nummer van het doorzettingsbesluit",
    "besluit_datum": "De datum van het doorzettingsbesluit",
    "besluit_plek": "De plek die in het besluit staat",
    "besluit_start": 'De eerste dag op die plek, of "nog niet bekend"',
    "besluit_uren": 'Hoeveel uur per week bij het begin, bijvoorbeeld "6 uur per week"',
    "besluit_reden": "Waarom deze plek is gekozen, in hele zinnen",
    "beroep_grond": 'Waarover het beroep of de aanvraag gaat, bijvoorbeeld "artikel 14: verlof van meer dan 10 dagen"',
    "beroep_ontvangen": "De dag waarop het beroep of de aanvraag binnenkwam",
    "beroep_uitkomst": (
        "De uitkomst in hele zinnen, bijvoorbeeld "
        '"Uw beroep is terecht. De vrijstelling geldt tot en met 31 juli 2027."'
    ),
    "beroep_reden": "Waarom dat de uitkomst is, in hele zinnen",
    "eerste_schooldag": "De eerste dag weer op school",
    "uitkomst": 'Met welke uitkomst het dossier sluit, bijvoorbeeld "andere reguliere school"',
    "toelichting": "Wat u zelf nog wilt schrijven; mag leeg blijven",
    "beroep_wet": "Alleen gevuld bij een beroep op artikel 5: voor {% if beroep_wet %}",
    "beroep_besluit": "Alleen gevuld bij een aanvraag waarover wordt besloten: voor {% if beroep_besluit %}",
    "beroep_ingetrokken": "Alleen gevuld als het beroep of de aanvraag is ingetrokken",
    "beroep_elk_jaar": ("Alleen gevuld als een geldig beroep op artikel 5 elk jaar opnieuw moet"),
    "aan_jongere": "Alleen gevuld als de brief aan de jongere zelf gaat: voor {% if aan_jongere %}",
}

_MORE = "?toelichting {{ toelichting }}"
TO_THE_YOUTH = "Deze brief gaat over u. Omdat u 16 jaar of ouder bent, krijgt u hem zelf ook."
_CALL = "Hebt u een vraag? Bel of mail {{ afzender_naam }}: {{ afzender_telefoon }} of {{ afzender_email }}."
_INSIGHT = (
    "U mag vragen om inzage: wat hebben wij over u en {{ kind_voornaam }} opgeschreven? Staat er een fout in, dan mag "
    "u vragen om die te verbeteren."
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
            _MORE,
            "## Goed om te weten",
            "- {{ kind_voornaam }} is ook welkom. Kinderen vanaf 12 jaar hebben het recht om zelf hun verhaal te "
            "vertellen.",
            "- U mag iemand meenemen die u vertrouwt.",
            "- Spreekt u liever een andere taal? Laat het ons weten. Dan zoeken wij samen een oplossing.",
            "- Wij schrijven kort op wat wij bespreken. " + _INSIGHT,
            "Kunt u niet op deze dag? Dan maken wij graag een andere afspraak.",
            _CALL,
        ),
    ),
    LetterKind.ONDERZOEK: LetterText(
        word="bericht dat een onderzoek begint",
        about="Wij beginnen een onderzoek: {{ kind_naam }}",
        lines=(
            "Wij hebben gehoord dat {{ kind_voornaam }} sinds {{ thuis_sinds }} niet naar school gaat. De wet vraagt "
            "ons dan om uit te zoeken wat er aan de hand is (artikel 22 van de Leerplichtwet). Daarmee beginnen wij "
            "nu. Wij willen begrijpen wat er speelt en wat {{ kind_voornaam }} nodig heeft.",
            _MORE,
            "## Wat gaan wij doen?",
            "- Wij praten met u. U hebt het recht om gehoord te worden.",
            "- Wij horen ook graag van {{ kind_voornaam }} zelf hoe het gaat. Kinderen vanaf 12 jaar hebben het "
            "recht om zelf gehoord te worden.",
            "- Is er een school? Dan vragen wij de school wat zij weet en wat zij heeft gedaan.",
            "- Daarna vertellen wij u wat wij hebben gezien en hoe het verdergaat.",
            "Wij nemen contact met u op voor een afspraak.",
            "## Uw gegevens",
            "Wij houden een dossier bij. De Leerplichtwet geeft de gemeente {{ gemeente }} die taak. " + _INSIGHT,
            "U mag ook bezwaar maken tegen het gebruik van uw gegevens, of een klacht sturen naar de Autoriteit "
            "Persoonsgegevens. In onze privacyverklaring leest u hoe lang wij gegevens bewaren.",
            _CALL,
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
            _MORE,
            "## Goed om te weten",
            "- U mag iemand meenemen die u vertrouwt.",
            "- Wilt u liever niet dat iemand van de lijst erbij is? Bel ons dan vóór het overleg.",
            "- Wil of kan {{ kind_voornaam }} er niet bij zijn? Dan horen wij graag op een andere manier wat "
            "{{ kind_voornaam }} wil.",
            "- Wij bespreken alleen wat nodig is voor de vraag. Zonder toestemming delen wij geen gegevens over "
            "gezondheid.",
            "- Wij maken een verslag met de afspraken. " + _INSIGHT,
            "Kunt u niet op deze dag? Laat het ons snel weten.",
            _CALL,
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
            _MORE,
            "## Uw rechten",
            "- U mag bezwaar maken als u vindt dat delen in uw situatie niet goed is (artikel 21 van de privacywet "
            "AVG).",
            "- " + _INSIGHT,
            "- Delen wij met toestemming? Wie toestemming gaf, mag die altijd intrekken.",
            "- Vanaf 16 jaar heeft een kind deze rechten zelf.",
            "Bel, mail of schrijf ons. U krijgt binnen één maand antwoord. Bent u niet tevreden? Dan kunt u een klacht "
            "sturen naar de Autoriteit Persoonsgegevens.",
            _CALL,
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
            _MORE,
            "## Wat betekent dit voor u?",
            "- U houdt contact met ons. Wij vertellen u wat er gebeurt.",
            "- De organisatie ziet alleen wat nodig is voor deze vraag.",
            "- Komt er een voorstel voor een plek? Dan praten wij daarover eerst met u en {{ kind_voornaam }}.",
            "## Wat vindt u ervan?",
            "U en {{ kind_voornaam }} hebben het recht om uw mening te geven. Bel of mail ons. Wij schrijven uw mening "
            "in het dossier, ook als u het niet met ons eens bent. " + _INSIGHT,
            "Wilt u advies van iemand anders? Het ouder- en jeugdsteunpunt in uw regio helpt ouders met vragen over "
            "school.",
            _CALL,
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
            _MORE,
            "## Wat betekent dit voor u?",
            "School, samenwerkingsverband (de scholen in de regio samen) en gemeente hebben afgesproken dat zij doen "
            "wat in het besluit staat. Het besluit verplicht u als ouder niet. De Leerplichtwet blijft wel gelden. Wij "
            "bespreken het besluit graag met u en {{ kind_voornaam }}.",
            "## Bent u het er niet mee eens?",
            "Bel ons gerust eerst. In het besluit staat waar u verder terechtkunt. Krijgt u ook een ander besluit, "
            "bijvoorbeeld over jeugdhulp of vervoer? Daartegen kunt u binnen 6 weken bezwaar maken. Hoe dat moet, "
            "staat in dat andere besluit. " + _INSIGHT,
            _CALL,
        ),
    ),
    LetterKind.ONTVANGST: LetterText(
        word="ontvangst van een beroep of aanvraag",
        about="Wij hebben uw beroep of aanvraag ontvangen: {{ kind_naam }}",
        lines=(
            "Wij hebben op {{ beroep_ontvangen }} een bericht van u gekregen over {{ kind_voornaam }}. Dank u wel. In "
            "deze brief leest u wat er nu gebeurt.",
            "- Uw bericht gaat over: {{ beroep_grond }}",
            _MORE,
            "## Wat gebeurt er nu?",
            "?beroep_wet - Bij een vrijstelling volgens artikel 5 kijken wij of alles er is wat de wet vraagt. Is dat "
            "zo, dan geldt de vrijstelling door de wet zelf: {{ kind_voornaam }} hoeft dan niet op een school te zijn "
            "ingeschreven. Wij laten u weten of uw beroep terecht is.",
            "?beroep_besluit - Over een aanvraag krijgt u een besluit. Gaat het om vervangende leerplicht (artikel 3a "
            "of 3b), dan is dat binnen 4 weken na ontvangst. Tegen het besluit kunt u binnen 6 weken bezwaar maken.",
            "Missen wij nog iets, dan vragen wij u daarom.",
            "## Uw rechten",
            "U hebt het recht om gehoord te worden: u mag uw verhaal doen voordat u de uitkomst krijgt. Dat geldt ook "
            "voor {{ kind_voornaam }}. " + _INSIGHT,
            "Wij blijven graag met u praten over wat {{ kind_voornaam }} nodig heeft om te leren.",
            _CALL,
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
            _MORE,
            "## Bent u het er niet mee eens?",
            "?beroep_wet - Of een vrijstelling volgens artikel 5 geldt, bepaalt de wet zelf. Er is geen besluit om "
            "bezwaar tegen te maken. U kunt wel een nieuw beroep doen. Is de vrijstelling ook volgend schooljaar "
            "nodig? Zorg dan dat wij uw nieuwe beroep vóór 1 juli hebben.",
            "?beroep_besluit - Over een aanvraag is deze uitkomst een besluit. U kunt bezwaar maken binnen 6 weken "
            "nadat het is verstuurd. Schrijf aan de gemeente {{ gemeente }} waarom u het er niet mee eens bent. Zet uw "
            "naam, adres, de datum en uw handtekening erbij.",
            _INSIGHT,
            "Wat de uitkomst ook is: wij denken graag mee over wat {{ kind_voornaam }} nodig heeft om te leren.",
            _CALL,
        ),
    ),
    LetterKind.WAARSCHUWING: LetterText(
        word="schriftelijke waarschuwing",
        about="Waarschuwing: {{ kind_naam }} gaat niet naar school",
        lines=(
            "{{ kind_voornaam }} is sinds {{ thuis_sinds }} thuis: {{ dagen_thuis }}. Voor zover wij weten, is daar "
            "geen geldige reden voor. Ouders zorgen ervoor dat hun kind op een school is ingeschreven en naar school "
            "gaat (artikel 2 van de Leerplichtwet). Daarom krijgt u deze waarschuwing. Een waarschuwing is geen straf.",
            _MORE,
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
            _CALL,
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
            _MORE,
            "## Hoe gaat het verder?",
            "- De eerste weken zijn soms nog moeilijk. Daarom blijven wij volgen hoe het gaat.",
            "- Wij vragen u, {{ kind_voornaam }} en de school hoe het gaat. Gaat het een tijd goed, dan sluiten wij "
            "het dossier. Dat laten wij u weten.",
            "- Lukt het een dag niet? Vertel het meteen aan de school.",
            "- Merkt u dat het minder goed gaat? Wacht dan niet en bel ons. Wij kijken dan samen wat er nodig is.",
            _INSIGHT,
            "Wij wensen {{ kind_voornaam }} een goede start.",
            _CALL,
        ),
    ),
    LetterKind.AFSLUITING: LetterText(
        word="bericht dat het dossier sluit",
        about="Wij sluiten het dossier over {{ kind_naam }}",
        lines=(
            "Wij sluiten het dossier over {{ kind_voornaam }}. In deze brief leest u wat dat betekent.",
            "- De uitkomst: {{ uitkomst }}",
            _MORE,
            "## Wat betekent dit?",
            "- Wij volgen {{ kind_voornaam }} niet meer. U hoeft hiervoor niets te doen.",
            "- Is er een school? Dan kunt u daar terecht met vragen over de lessen.",
            "- Wij bewaren het dossier zo lang als dat moet. Daarna vernietigen wij het. In onze privacyverklaring "
            "leest u hoe lang dat is.",
            "- " + _INSIGHT,
            "## Gaat het later minder goed?",
            "Bel ons dan snel. Wij kijken samen met u wat er nodig is. Als het moet, openen wij het dossier weer.",
            "Bent u het er niet mee eens dat wij sluiten? Vertel het ons. Wij horen graag waarom.",
            "Wij wensen u en {{ kind_voornaam }} het beste.",
            _CALL,
        ),
    ),
}
