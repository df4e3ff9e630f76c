"""What people may put in: by extension and by content, looked at in a child process with limits (IN-07)."""

import io
import resource
import time

import pytest
from PIL import Image

from tests.core.hostile_files import honest, hostile, picture
from thuiszitters.core.files import allowed, child
from thuiszitters.core.files.allowed import TYPES, FileRefused, Sent, take
from thuiszitters.core.files.names import plain_name, safe_stem

HOSTILE, HONEST = list(hostile()), list(honest())


def work_done() -> float:
    """Seconds of the processor, here and in children that ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE, ids=[ascii(name) for name, _, _ in HOSTILE])
def test_what_is_not_what_it_says_is_refused_by_name(name, content, words):
    begun = work_done()
    with pytest.raises(FileRefused) as problem:
        take([Sent(name, content)])
    sentence = str(problem.value)
    assert sentence.startswith(plain_name(name) or "bestand") and words in sentence and sentence.endswith(".")
    assert work_done() - begun < 5


def test_the_corpus_is_as_large_as_it_should_be():
    assert len(HOSTILE) >= 40 and len({name for name, _, _ in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize(("name", "content", "kept"), HONEST, ids=[ascii(name)[:40] for name, _, _ in HONEST])
def test_what_people_send_is_taken_under_a_plain_name(name, content, kept):
    (taken,) = take([Sent(name, content)])
    assert taken.name == kept and taken.extension in TYPES and taken.content


def test_one_bad_file_of_three_refuses_all_and_names_it():
    good = Sent("goed.png", picture("PNG"))
    with pytest.raises(FileRefused, match=r"^fout\.png is geen foto"):
        take([good, Sent("fout.png", b"x"), good])


def test_several_at_once_each_by_itself():
    assert [t.name for t in take([Sent("a.png", picture("PNG")), Sent("b.txt", b"hoi")])] == ["a.png", "b.txt"]


def test_a_file_that_is_larger_than_may_be(settings):
    settings.ATTACHMENT_MAX_BYTES = 2 * 2**20
    with pytest.raises(FileRefused, match="groter dan 2 MB"):
        take([Sent("groot.txt", b"a" * (2 * 2**20 + 1))])


class TestPictures:
    def test_place_and_camera_are_gone_and_it_stands_upright(self):
        exif = Image.Exif()
        exif[0x0112], exif[0x010F] = 6, "Merk"  # lies on its side; made by
        exif.get_ifd(0x8825)[1] = "N"  # a place
        (taken,) = take([Sent("foto.jpg", picture("JPEG", (60, 40), exif=exif, comment=b"geheim"))])
        with Image.open(io.BytesIO(taken.content)) as shown:
            assert shown.size == (40, 60) and not shown.getexif() and "comment" not in shown.info
        assert b"Merk" not in taken.content and b"Exif" not in taken.content and b"geheim" not in taken.content

    def test_what_a_png_says_beside_the_picture_is_gone(self):
        from PIL.PngImagePlugin import PngInfo

        about = PngInfo()
        about.add_text("Author", "Fatima Bakker")
        (taken,) = take([Sent("scan.png", picture("PNG", pnginfo=about))])
        assert b"Fatima" not in taken.content

    def test_what_is_hidden_behind_a_picture_is_gone(self):
        (taken,) = take([Sent("foto.jpg", picture("JPEG") + b"<script>alert(1)</script>")])
        assert b"script" not in taken.content

    def test_the_photo_of_an_iphone_becomes_one_that_everybody_can_open(self):
        from pillow_heif import from_pillow

        out = io.BytesIO()
        from_pillow(Image.new("RGB", (64, 48), "teal")).save(out)
        (taken,) = take([Sent("IMG_1.HEIC", out.getvalue())])
        assert taken.name == "IMG_1.jpg" and Image.open(io.BytesIO(taken.content)).format == "JPEG"

    def test_the_same_photo_has_the_same_fingerprint(self):
        photo = picture("JPEG")
        one, two = take([Sent("a.jpg", photo), Sent("b.jpg", photo)])
        assert one.fingerprint == two.fingerprint


class TestTheChild:
    def test_that_dies_says_that_it_costs_too_much(self, monkeypatch):
        monkeypatch.setattr(allowed, "COMMAND", ["/bin/false"])
        with pytest.raises(FileRefused, match=r"a\.png kost te veel werk"):
            take([Sent("a.png", picture("PNG"))])

    def test_that_hangs_is_ended(self, monkeypatch):
        monkeypatch.setattr(allowed, "COMMAND", ["/bin/sleep", "60"])
        monkeypatch.setattr(allowed, "SECONDS", 0.3)
        begun = time.monotonic()
        with pytest.raises(FileRefused, match="kost te veel werk"):
            take([Sent("a.png", picture("PNG"))])
        assert time.monotonic() - begun < 5

    @pytest.mark.parametrize("problem", [MemoryError(), RecursionError()])
    def test_that_runs_out_of_room_goes_on(self, monkeypatch, problem):
        def breaks(content, extension):
            raise problem

        monkeypatch.setattr(child, "clean", breaks)
        assert child.answer(b"x", "pdf") == (b"", child.TOO_MUCH)

    def test_where_a_library_stumbles_the_file_is_refused(self, monkeypatch):
        monkeypatch.setattr(child, "clean", lambda content, extension: {}["x"])
        assert "beschadigd" in child.answer(b"x", "pdf")[1]

    def test_what_it_is_asked_it_answers_in_order(self):
        out = io.BytesIO()
        child.work(io.BytesIO(b'["txt", 3]\nhoi["exe", 2]\nMZ["txt", 2]\nja'), out)
        assert out.getvalue() == b'[3, ""]\nhoi[0, "is een soort bestand die niet mag."]\n[2, ""]\nja'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", "bestand"), ("...", "bestand"), ("aux", "bestand aux"), ("COM1.x", "bestand COM1.x"), ('a<b>:"c', "a b c"),
     ("  twee   woorden ", "twee woorden"), ("a\u202eb\u0007", "ab"), ("x" * 300, "x" * 100)],
)  # fmt: skip
def test_a_title_is_a_name_that_every_computer_takes(typed, kept):
    assert safe_stem(typed) == kept
