"""In which holiday region a school lies: of the place of the location, by the code of its gemeente.

From the regulation on school holidays (art. 3), brought up to the gemeenten of today; where a gemeente is split, the
places follow what DUO publishes for the school year 2026-2027. Used only where a file does not name the region.
"""

BY_PROVINCE = {
    "groningen": "noord",
    "friesland": "noord",
    "fryslân": "noord",
    "drenthe": "noord",
    "overijssel": "noord",
    "flevoland": "noord",
    "noord-holland": "noord",
    "utrecht": "midden",
    "zuid-holland": "midden",
    "noord-brabant": "zuid",
    "limburg": "zuid",
    "zeeland": "zuid",
    # Gelderland has no default: every gemeente is named below.
}

GELDERLAND_MIDDEN = (
    "0197",
    "0200",
    "0203",
    "0213",
    "0214",
    "0216",
    "0222",
    "0228",
    "0230",
    "0232",
    "0233",
    "0243",
    "0246",
    "0262",
    "0267",
    "0269",
    "0273",
    "0279",
    "0281",
    "0285",
    "0289",
    "0294",
    "0301",
    "0302",
    "1509",
    "1586",
    "1740",
    "1859",
    "1876",
    "1955",
    "1960",
)
GELDERLAND_ZUID = (
    "0202",
    "0209",
    "0221",
    "0225",
    "0226",
    "0252",
    "0263",
    "0268",
    "0274",
    "0275",
    "0277",
    "0293",
    "0296",
    "0297",
    "0299",
    "0668",
    "1705",
    "1734",
    "1945",
)

# Gemeenten that differ from their province, and those of Gelderland.
BY_MUNICIPALITY = (
    dict.fromkeys(GELDERLAND_MIDDEN, "midden")
    | dict.fromkeys(GELDERLAND_ZUID, "zuid")
    | {
        "0244": "noord",  # Hattem
        "0050": "midden",  # Zeewolde
        "0317": "noord",  # Eemnes
        "0736": "midden",  # De Ronde Venen
        "1959": "midden",  # Altena
    }
)

# Split gemeenten: the places that differ from the rest of their gemeente.
BY_PLACE = {
    ("0736", "abcoude"): "noord",
    ("0736", "baambrugge"): "noord",
    ("1740", "dodewaard"): "zuid",
    ("1955", "didam"): "zuid",
    ("1959", "dussen"): "zuid",
    ("1959", "hank"): "zuid",
}


def region_of(municipality: str, *, province: str = "", place: str = "") -> str:
    """ "noord", "midden" or "zuid" for a gemeente by its code of four digits; "" when it cannot be told.

    `province` and `place` as DUO writes them, in any case. An unknown code falls back on the province.
    """
    return (
        BY_PLACE.get((municipality, place.strip().lower()))
        or BY_MUNICIPALITY.get(municipality)
        or BY_PROVINCE.get(province.strip().lower(), "")
    )
