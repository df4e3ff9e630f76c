"""The standard letters to a young person: about the own matter and the own duty, not the letter to the parents with a
line added. They use no fields but those of the letter to the parents, so that one form fills both."""

from reporting.letters.texts import CALL, LETTERS, MORE, OBJECTION, LetterKind, LetterText

ENDS_WITH = "-jongere"

_INSIGHT = (
    "U mag vragen om inzage: wat hebben wij over u opgeschreven? Staat er een fout in, dan mag u vragen om die te "
    "verbeteren."
)
_PRIVATE = "Wilt u iets vertellen dat uw ouders niet mogen lezen? Zeg dat dan. Wij bespreken met u wat kan."

YOUTH: dict[LetterKind, LetterText] = {
    LetterKind.GESPREK: LetterText(
        word="uitnodiging voor een gesprek",
        about="Uitnodiging voor een gesprek met u",
        lines=(
            "U bent sinds {{ thuis_sinds }} thuis. Wij horen graag van uzelf hoe het gaat. Daarom nodigen wij u uit "
            "voor een gesprek. Wij willen samen met u kijken wat u nodig hebt om weer te kunnen leren.",
            "## De afspraak",
            "- Datum: {{ afspraak_datum }}",
            "- Tijd: {{ afspraak_tijd }}",
            "- Plaats: {{ afspraak_plek }}",
            "- Met wie: {{ afzender_naam }}, {{ afzender_functie }} bij {{ organisatie }}",
            MORE,
            "## Goed om te weten",
            "- U hebt het recht om zelf uw verhaal te vertellen.",
            "- U mag iemand meenemen die u vertrouwt.",
            "- " + _PRIVATE,
            "- Spreekt u liever een andere taal? Laat het ons weten. Dan zoeken wij samen een oplossing.",
            "- Wij schrijven kort op wat wij bespreken. " + _INSIGHT,
            "Kunt u niet op deze dag? Dan maken wij graag een andere afspraak.",
            CALL,
        ),
    ),
    LetterKind.ONDERZOEK: LetterText(
        word="bericht dat een onderzoek begint",
        about="Wij beginnen een onderzoek: u gaat niet naar school",
        lines=(
            "Wij hebben gehoord dat u sinds {{ thuis_sinds }} niet naar school gaat. Dat hoorden wij van "
            "{{ gehoord_van }}. De wet vraagt ons dan om uit te zoeken wat er aan de hand is (artikel 22 van de "
            "Leerplichtwet). Wij willen begrijpen wat er speelt en wat u nodig hebt.",
            MORE,
            "## Wat gaan wij doen?",
            "- Wij praten met u. U hebt het recht om zelf gehoord te worden.",
            "- Wij praten ook met uw ouders of verzorgers.",
            "- Is er een school? Dan vragen wij de school wat zij weet en wat zij heeft gedaan.",
            "- Daarna vertellen wij u wat wij hebben gezien en hoe het verdergaat.",
            _PRIVATE,
            "## Uw gegevens",
            "- Burgemeester en wethouders van {{ gemeente }} zijn verantwoordelijk. De Leerplichtwet geeft hun deze "
            "taak.",
            "- Wij gebruiken uw naam, geboortedatum, adres, school en verzuim, en wat u en anderen ons vertellen. Die "
            "gegevens komen van u, van de basisregistratie personen en van {{ gehoord_van }}.",
            "- Wie gegevens krijgen, als dat nodig is: {{ gegevens_naar }}.",
            "- Hoe lang wij ze bewaren: {{ bewaartermijn }}.",
            "- U mag ons vragen om inzage, om een fout te verbeteren, of om gegevens te wissen of minder te gebruiken. "
            "U mag ook bezwaar maken tegen het gebruik. Deze rechten hebt u zelf.",
            "- Vragen over privacy? Schrijf naar onze functionaris gegevensbescherming: {{ fg_naam }}, {{ fg_adres }}. "
            "U kunt ook klagen bij de Autoriteit Persoonsgegevens.",
            "- Onze privacyverklaring staat op {{ privacyverklaring }}.",
            CALL,
        ),
    ),
    LetterKind.MDO: LetterText(
        word="uitnodiging voor een MDO",
        about="Uitnodiging voor een overleg over u",
        lines=(
            "Wij willen samen met u een goede oplossing vinden. Daarom nodigen wij u uit voor een overleg. Het heet "
            "een MDO: een gesprek met mensen die elk iets anders weten, bijvoorbeeld over school of over hulp. Het "
            "gaat over u. Wat u ervan vindt, telt.",
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
            "- Wilt of kunt u er niet bij zijn? Dan horen wij graag op een andere manier wat u wilt.",
            "- Wij bespreken alleen wat nodig is voor de vraag. Zonder toestemming delen wij geen gegevens over uw "
            "gezondheid.",
            "- Wij maken een verslag met de afspraken. " + _INSIGHT,
            "Kunt u niet op deze dag? Laat het ons snel weten.",
            CALL,
        ),
    ),
    LetterKind.DELEN: LetterText(
        word="bericht dat wij gegevens delen",
        about="Wij delen gegevens over u",
        lines=(
            "Om u te helpen werken wij samen met een andere organisatie. Zij leest daarom een deel van ons dossier. "
            "Hier leest u wat zij ziet en welke rechten u hebt.",
            "## Wat delen wij?",
            "- Met welke organisatie: {{ gedeeld_met }}",
            "- Wat zij ziet: {{ gedeeld_wat }}",
            "- Waarom dat mag: {{ gedeeld_grond }}",
            "- Tot wanneer: {{ gedeeld_tot }}",
            "Zij ziet altijd wie u bent, hoe u te bereiken bent en hoe lang u thuis bent. Zij mag de gegevens alleen "
            "gebruiken om u te helpen. Staat hierboven een convenant? Dat is een afspraak tussen organisaties die "
            "samenwerken.",
            MORE,
            "## Uw rechten",
            "Omdat u 16 jaar of ouder bent, hebt u deze rechten zelf.",
            "- U mag bezwaar maken als u vindt dat delen in uw situatie niet goed is (artikel 21 van de privacywet "
            "AVG).",
            "- " + _INSIGHT,
            "- Delen wij met uw toestemming? Die mag u altijd intrekken.",
            "Bel, mail of schrijf ons. U krijgt binnen één maand antwoord. Bent u niet tevreden? Dan kunt u een klacht "
            "sturen naar de Autoriteit Persoonsgegevens.",
            CALL,
        ),
    ),
    LetterKind.OPSCHALING: LetterText(
        word="bericht dat wij willen opschalen",
        about="Wij willen extra hulp voor u vragen",
        lines=(
            "U bent nu {{ dagen_thuis }} thuis. Het is nog niet gelukt om samen met u een goede plek te vinden. Dat "
            "vinden wij te lang duren. Daarom stellen wij voor om hulp te vragen aan een organisatie die meer kan "
            "regelen. Dat heet opschalen.",
            "## Ons voorstel",
            "- Aan wie wij hulp vragen: {{ opschaling_aan }}",
            "- Wat wij vragen: {{ opschaling_vraag }}",
            MORE,
            "## Wat betekent dit voor u?",
            "- U houdt contact met ons. Wij vertellen u wat er gebeurt.",
            "- De organisatie ziet alleen wat nodig is voor deze vraag.",
            "- Komt er een voorstel voor een plek? Dan praten wij daarover eerst met u.",
            "## Wat vindt u ervan?",
            "U hebt het recht om uw mening te geven. Bel of mail ons. Wij schrijven uw mening in het dossier, ook als "
            "u het niet met ons eens bent. " + _INSIGHT,
            "Wilt u advies van iemand anders? Het ouder- en jeugdsteunpunt in uw regio helpt ook jongeren met vragen "
            "over school.",
            CALL,
        ),
    ),
    LetterKind.BESLUIT: LetterText(
        word="brief bij een doorzettingsbesluit",
        about="Besluit over een plek voor u",
        lines=(
            "Samen met u een plek vinden lukte niet op tijd. Daarom is er op {{ besluit_datum }} een besluit genomen. "
            "U vindt het bij deze brief. Het heet een doorzettingsbesluit en heeft nummer {{ besluit_nummer }}.",
            "## Wat is besloten?",
            "- Plek: {{ besluit_plek }}",
            "- Begint op: {{ besluit_start }}",
            "- Uren: {{ besluit_uren }}",
            "## Waarom deze plek?",
            "{{ besluit_reden }}",
            MORE,
            "## Wat betekent dit voor u?",
            "School, samenwerkingsverband (de scholen in de regio samen) en gemeente hebben afgesproken dat zij doen "
            "wat in het besluit staat. Het besluit verplicht u en uw ouders niet. De Leerplichtwet blijft wel gelden. "
            "Wij bespreken het besluit graag met u.",
            "## Bent u het er niet mee eens?",
            "Bel ons gerust eerst. In het besluit staat waar u verder terechtkunt. Krijgt u ook een ander besluit, "
            "bijvoorbeeld over jeugdhulp of vervoer? Hoe u daartegen bezwaar maakt, staat in dat andere besluit. "
            + _INSIGHT,
            CALL,
        ),
    ),
    LetterKind.ONTVANGST: LetterText(
        word="ontvangst van een beroep of aanvraag",
        about="Wij hebben een beroep of aanvraag ontvangen die over u gaat",
        lines=(
            "Wij hebben op {{ beroep_ontvangen }} een bericht gekregen dat over u gaat. In deze brief leest u wat er "
            "nu gebeurt.",
            "- Het bericht gaat over: {{ beroep_grond }}",
            MORE,
            "## Wat gebeurt er nu?",
            "?beroep_wet - Bij een vrijstelling volgens artikel 5 kijken wij of alles er is wat de wet vraagt. Is dat "
            "zo, dan geldt de vrijstelling door de wet zelf: u hoeft dan niet op een school te zijn ingeschreven. Wij "
            "laten u weten of het beroep terecht is.",
            "?beroep_besluit - Over een aanvraag komt een besluit, uiterlijk op {{ beroep_uiterlijk }}. Lukt dat niet, "
            "dan schrijven wij u op tijd wanneer het komt. Tegen het besluit kan bezwaar worden gemaakt.",
            "## Uw rechten",
            "U hebt het recht om gehoord te worden: u mag zelf uw verhaal doen voordat de uitkomst er is. " + _INSIGHT,
            "Wij blijven graag met u praten over wat u nodig hebt om te leren.",
            CALL,
        ),
    ),
    LetterKind.UITKOMST: LetterText(
        word="uitkomst van een beroep of aanvraag",
        about="Uitkomst van een beroep of aanvraag die over u gaat",
        lines=(
            "Wij kregen op {{ beroep_ontvangen }} een bericht dat over u gaat. Wij hebben er goed naar gekeken. In "
            "deze brief leest u de uitkomst.",
            "- Het bericht ging over: {{ beroep_grond }}",
            "## De uitkomst",
            "{{ beroep_uitkomst }}",
            "## Waarom?",
            "{{ beroep_reden }}",
            MORE,
            "## Bent u het er niet mee eens?",
            "?beroep_wet Of een vrijstelling volgens artikel 5 geldt, bepaalt de wet zelf. Er is geen besluit om "
            "bezwaar tegen te maken. Uw ouders kunnen wel een nieuw beroep doen.",
            "?beroep_elk_jaar Is de vrijstelling ook volgend schooljaar nodig? Dan moet het nieuwe beroep er vóór "
            "1 juli zijn.",
            *OBJECTION,
            _INSIGHT,
            "Wat de uitkomst ook is: wij denken graag mee over wat u nodig hebt om te leren.",
            CALL,
        ),
    ),
    LetterKind.WAARSCHUWING: LetterText(
        word="schriftelijke waarschuwing",
        about="Waarschuwing: u gaat niet naar school",
        lines=(
            "U bent sinds {{ thuis_sinds }} thuis: {{ dagen_thuis }}. Voor zover wij weten, is daar geen geldige reden "
            "voor. {{ plicht }} Daarom krijgt u deze waarschuwing. Een waarschuwing is geen straf.",
            MORE,
            "## Wat vragen wij u?",
            "- Bel of mail ons binnen een week.",
            "- Maak met ons een afspraak over de eerste stap naar school.",
            "- Is er iets waardoor het niet lukt? Vertel het ons. Dan zoeken wij samen naar hulp.",
            "## Hoe gaat het verder als er niets verandert?",
            "Dan nodigen wij u uit voor een gesprek. U hebt het recht om gehoord te worden, maar u hoeft geen vragen "
            "te beantwoorden. U mag iemand meenemen die u vertrouwt. Daarna kijken wij wat past: hulp, een opdracht "
            "van Halt of een proces-verbaal. Dat laatste is een verslag voor de officier van justitie. Die beslist wat "
            "er dan gebeurt. Dat kan een straf zijn die de rechter voor jongeren geeft.",
            "## Bent u het er niet mee eens?",
            "Laat het ons weten. Wij bewaren uw reactie in het dossier. " + _INSIGHT,
            CALL,
        ),
    ),
    LetterKind.TERUGKEER: LetterText(
        word="brief bij terugkeer naar school",
        about="U gaat weer naar school",
        lines=(
            "U gaat weer naar school. Dat is goed nieuws. Wij weten dat het veel van u vraagt. Dank u wel voor wat u "
            "daarvoor hebt gedaan.",
            "- School: {{ school }}",
            "- Eerste dag weer op school: {{ eerste_schooldag }}",
            MORE,
            "## Hoe gaat het verder?",
            "- De eerste weken zijn soms nog moeilijk. Daarom blijven wij volgen hoe het gaat.",
            "- Wij vragen u en de school hoe het gaat. Gaat het een tijd goed, dan sluiten wij het dossier. Dat laten "
            "wij u weten.",
            "- Lukt het een dag niet? Vertel het meteen aan de school.",
            "- Merkt u dat het minder goed gaat? Wacht dan niet en bel ons. Wij kijken dan samen wat er nodig is.",
            _INSIGHT,
            "Wij wensen u een goede start.",
            CALL,
        ),
    ),
    LetterKind.AFSLUITING: LetterText(
        word="bericht dat het dossier sluit",
        about="Wij sluiten het dossier over u",
        lines=(
            "Wij sluiten het dossier over u. In deze brief leest u wat dat betekent.",
            "- De uitkomst: {{ uitkomst }}",
            MORE,
            "## Wat betekent dit?",
            "- Wij volgen u niet meer. U hoeft hiervoor niets te doen.",
            "- Is er een school? Dan kunt u daar terecht met vragen over de lessen.",
            "- Wij bewaren het dossier {{ bewaartermijn }}. Daarna vernietigen wij het. Meer leest u in onze "
            "privacyverklaring: {{ privacyverklaring }}.",
            "- " + _INSIGHT,
            "## Gaat het later minder goed?",
            "Bel ons dan snel. Wij kijken samen met u wat er nodig is. Als het moet, openen wij het dossier weer.",
            "Bent u het er niet mee eens dat wij sluiten? Vertel het ons. Wij horen graag waarom.",
            "Wij wensen u het beste.",
            CALL,
        ),
    ),
}


def key_of(kind: str, *, youth: bool) -> str:
    """Under which key the standard letter and the own templates of this kind are kept."""
    return f"{kind}{ENDS_WITH}" if youth else str(kind)


# Every standard letter by its key, with the words for a list of them.
TEXTS: dict[str, LetterText] = {key_of(kind, youth=False): text for kind, text in LETTERS.items()} | {
    key_of(kind, youth=True): text for kind, text in YOUTH.items()
}
WORDS: dict[str, str] = {
    key: f"{text.word}, aan een jongere" if key.endswith(ENDS_WITH) else text.word for key, text in TEXTS.items()
}
