"""Files that belong to rows: a flipped byte is found, what belongs to nothing as well; in a folder and on S3."""

import os
import socket
import time
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def s3_server():
    """A real S3 server on this machine, on a port of its own."""
    from moto.server import ThreadedMotoServer

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(settings, s3_server):
    """The storage of the settings, as S3_BUCKET and the rest would make it."""
    import boto3

    from thuiszitters.settings import _bucket

    access = {"aws_access_key_id": "proef", "aws_secret_access_key": "proef", "region_name": "eu-west-1"}
    client = boto3.client("s3", endpoint_url=s3_server, **access)
    name = f"bak-{time.monotonic_ns()}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    options = _bucket["OPTIONS"] | {
        "bucket_name": name,
        "endpoint_url": s3_server,
        "access_key": "proef",
        "secret_key": "proef",
    }
    settings.STORAGES = settings.STORAGES | {"default": _bucket | {"OPTIONS": options}}
    storages._storages.clear()
    yield client, name
    storages._storages.clear()


def test_what_is_kept_comes_back_under_a_name_that_says_nothing(folder):
    file = files.keep(b"Noor Bakker", "brieven")
    assert files.fetch(file) == b"Noor Bakker" and file.size == 11
    assert "Noor" not in file.name and file.name.startswith("brieven/")
    path = folder / file.name
    assert oct(path.stat().st_mode & 0o777) == "0o600" and oct(path.parent.stat().st_mode & 0o777) == "0o700"


def test_f21_a_flipped_byte_in_each_of_twenty_files_is_found_at_once_and_at_night(folder):
    kept = [files.keep(bytes([n]) * 1000, "stapels") for n in range(20)]
    for n, file in enumerate(kept):
        content = bytearray((folder / file.name).read_bytes())
        content[n * 37] ^= 1
        (folder / file.name).write_bytes(bytes(content))
    for file in kept:
        with pytest.raises(files.FileDamaged, match="beschadigd"):
            files.fetch(file)
    StoredFile.objects.update(fault="")
    assert files.check_files()["beschadigd"] == 20
    assert set(StoredFile.objects.values_list("fault", flat=True)) == {"gewijzigd"}


def test_a_row_without_its_file_is_found_and_a_good_one_is_not(folder):
    gone, good = files.keep(b"a", "brieven"), files.keep(b"b", "brieven")
    (folder / gone.name).unlink()
    assert files.check_files() == {"bestanden": 2, "beschadigd": 1, "los": 0, "opgeruimd": 0}
    assert dict(StoredFile.objects.values_list("pk", "fault")) == {gone.pk: "weg", good.pk: ""}


@pytest.mark.parametrize(
    ("age", "counts", "stays"),
    [
        (timedelta(minutes=30), {"los": 0, "opgeruimd": 0}, True),  # perhaps on its way to a row
        (timedelta(hours=3), {"los": 0, "opgeruimd": 1}, False),  # its process was killed
        (timedelta(days=30), {"los": 1, "opgeruimd": 0}, True),  # a database that was put back?
    ],
)
def test_a_file_without_a_row(folder, age, counts, stays):
    (folder / "stapels").mkdir()
    stray = folder / "stapels" / "abc"
    stray.write_bytes(b"x")
    moment = (timezone.now() - age).timestamp()
    os.utime(stray, (moment, moment))
    found = files.check_files()
    assert {key: found[key] for key in counts} == counts and stray.exists() == stays


def test_the_command_says_what_is_wrong_and_fails(folder, capsys):
    file = files.keep(b"a", "brieven")
    call_command("check_files")
    assert "1 bestanden, 0 beschadigd" in capsys.readouterr().out
    (folder / file.name).write_bytes(b"b")
    with pytest.raises(CommandError, match="1 beschadigd"):
        call_command("check_files")
    assert file.name in capsys.readouterr().out


def test_no_address_leads_to_a_file(folder, client):
    """IN-08: no alias of a web server to the folder."""
    file = files.keep(b"Noor", "brieven")
    for path in (f"/media/{file.name}", f"/static/{file.name}", f"/{file.name}"):
        assert client.get(path).status_code == 404


class TestOnS3:
    def test_keep_fetch_and_drop(self, bucket):
        client, name = bucket
        file = files.keep(b"inhoud", "brieven")
        assert client.get_object(Bucket=name, Key=file.name)["Body"].read() == b"inhoud"
        assert files.fetch(file) == b"inhoud"
        files.drop(file)
        assert client.list_objects_v2(Bucket=name)["KeyCount"] == 0

    def test_a_changed_and_a_lost_object_are_found(self, bucket):
        client, name = bucket
        changed, lost = files.keep(b"een", "brieven"), files.keep(b"twee", "brieven")
        client.put_object(Bucket=name, Key=changed.name, Body=b"anders")
        client.delete_object(Bucket=name, Key=lost.name)
        assert files.check_files()["beschadigd"] == 2
        assert dict(StoredFile.objects.values_list("pk", "fault")) == {changed.pk: "gewijzigd", lost.pk: "weg"}

    def test_a_young_object_without_a_row_is_left_alone(self, bucket):
        client, name = bucket
        client.put_object(Bucket=name, Key="stapels/abc", Body=b"x")
        assert files.check_files()["opgeruimd"] == 0
        assert client.list_objects_v2(Bucket=name)["KeyCount"] == 1
