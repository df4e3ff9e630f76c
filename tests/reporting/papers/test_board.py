"""Who governs gets no names, on a single paper as in a pack."""

import pytest

from reporting.papers.board import governs
from reporting.papers.models import Paper
from tests import world


@pytest.mark.parametrize(
    ("recipient", "word"),
    [
        ("de wethouder", "wethouder"),
        ("Wethouders van de regio", "Wethouders"),
        ("minister Jansen", "minister"),
        ("het schoolbestuur", "schoolbestuur"),
        ("de bestuurder van het verband", "bestuurder"),
        ("college van B&W", "college van B&W"),
        ("M. Officier", ""),
        ("de teamleider", ""),
        ("administrateur", ""),
        ("bestuurskundige", ""),
    ],
)
def test_who_governs(recipient, word):
    assert governs(recipient) == word


def test_who_governs_gets_no_names_on_a_single_paper_and_can_have_one_without(noor, as_user):
    officer = as_user("officer")
    refused = world.take_along(officer, noor, recipient="de wethouder")
    assert refused.status_code == 422 and "Wethouder krijgt geen namen." in refused.content.decode()
    assert not Paper.objects.exists()
    answer = world.take_along(officer, noor, "aantallen", recipient="de wethouder", chapters=[])
    assert answer.status_code == 200 and Paper.objects.get().recipient == "de wethouder"
