"""Where in the addresses a dossier stands."""

CASE = "dossiers/<slug:number>"
