"""What stands in the log of the application about a request."""

from thuiszitters.logs import without_query


def test_what_people_type_in_an_address_is_not_logged():
    event = {"event": "request_started", "request": "GET /inzagelogboek/?medewerker=m.officier@voorbeeld.test"}
    assert without_query(None, "info", event)["request"] == "GET /inzagelogboek/"


def test_other_lines_stay_as_they_are():
    assert without_query(None, "info", {"event": "clock_failed", "pupil": 3}) == {"event": "clock_failed", "pupil": 3}
