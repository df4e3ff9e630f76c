"""What tests about files share: putting some in as a person does, and who reads what."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.attachments.acts import add_attachments
from cases.attachments.models import Attachment
from tests import world
from thuiszitters.core.files.allowed import Sent as Given
from thuiszitters.core.files.allowed import Taken, take
from thuiszitters.core.files.names import stem_of

OWN = {"officer": "nieuwegein", "leader": "bureau", "coordinator": "verband", "teacher": "school", "boa": "nieuwegein"}


@pytest.fixture
def send():
    """`send(client, case, ("a.txt", b"hoi"), kind="plan")`: the form as a browser sends it."""

    def post(client, case, *files, **fields):
        chosen = [SimpleUploadedFile(name, content, "text/html") for name, content in files]
        about = {"kind": "post", "part": "verloop", "version": "1"} | fields
        return client.post(f"/dossiers/{case.number}/bijlage/", about | {"file": chosen})

    return post


@pytest.fixture
def attach(lekstroom):
    """`attach(case, by="coordinator", part="gezondheid")`: a file in the dossier, by the act itself."""

    def act(case, by="officer", content=b"", name="Brief.txt", organisation="", **fields) -> Attachment:
        owner = lekstroom.organisations[organisation or OWN[by]]
        about = Attachment(case=case, organisation=owner, by=lekstroom.users[by], **{"kind": "post"} | fields)
        text = content or f"Brief {Attachment._base_manager.count()}".encode()
        plain = Taken(stem_of(name), "txt", text, hashlib.sha256(text).hexdigest())  # needs no child to be opened
        given = [plain] if name.endswith(".txt") else take([Given(name, text)])
        (row,) = add_attachments(about, given, by=lekstroom.users[by])
        return row

    return act


@pytest.fixture
def taken():
    """A file as it came through the looking: for tests about what comes after that."""
    return Taken("Verklaring", "pdf", world.pdf(), "0" * 64)
