"""Files that somebody with bad intentions sends, or a browser by accident: made here, none is kept. Each with a word of
the sentence that says why it is refused."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import openpyxl
import pikepdf
from docx import Document
from odf.opendocument import OpenDocumentText
from odf.text import P
from PIL import Image, PngImagePlugin

from tests import world

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def picture(kind: str, size=(60, 40), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def odt() -> bytes:
    out, text = io.BytesIO(), OpenDocumentText()
    text.text.addElement(P(text="Plan van aanpak"))
    text.write(out)
    return out.getvalue()


def eml(*parts: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "moeder@voorbeeld.test", "school@voorbeeld.test", "Noor"
    mail.set_content("Zij was er vandaag niet.")
    mail.add_alternative("<html><p>Zij was er vandaag niet.</p></html>", subtype="html")
    for name, content in parts:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def with_part(content: bytes, *parts: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A document with more in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts:
            archive.writestr(name, inside)
    return out.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A document of which one part says something else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            inside = old.read(part)
            new.writestr(part, change(inside) if part.filename == name else inside)
    return out.getvalue()


def related(kind: str, target: str) -> bytes:
    """A Word file that names something elsewhere."""
    row = f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed(docx(), "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", row.encode()))


def bomb() -> bytes:
    """A megabyte or so that becomes a gigabyte."""
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/x.bin", "w") as part:
        for _ in range(1024):
            part.write(b"\0" * 2**20)
    return out.getvalue()


def lying_bomb() -> bytes:
    """The table of contents says that its largest part is small."""
    content, size = bomb(), struct.pack("<L", 2**30)
    return content.replace(size, struct.pack("<L", 10))


def symlink() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("word/media/sleutels")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


def named(name: str) -> zipfile.ZipInfo:
    """A part under a name that zipfile itself would make safe."""
    part = zipfile.ZipInfo("x")
    part.filename = name
    return part


def png_of(width: int, height: int) -> bytes:
    """Only the first lines of a picture: it says how large it is."""

    def chunk(kind: bytes, inside: bytes) -> bytes:
        return struct.pack(">L", len(inside)) + kind + inside + struct.pack(">L", zlib.crc32(kind + inside))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with a remark that becomes a gigabyte."""
    info = PngImagePlugin.PngInfo()
    info.add_text("x", "a" * 60_000_000, zip=True)
    return picture("PNG", pnginfo=info)


def moving() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def pdf_with(change: Callable[[pikepdf.Pdf], None], **more) -> bytes:
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    change(pdf)
    pdf.save(out, **more)
    return out.getvalue()


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))


def embedded(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.exe"] = b"MZ"


def many_pages(pdf: pikepdf.Pdf) -> None:
    for _ in range(600):
        pdf.add_blank_page()


def locked() -> bytes:
    return pdf_with(lambda pdf: None, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))


def protected() -> bytes:
    return pdf_with(lambda pdf: None, encryption=pikepdf.Encryption(user="", owner="geheim"))


def entities(xml: bytes) -> bytes:
    """A hundred million letters, in as many lines as it takes."""
    lines = [b'<!ENTITY a0 "aaaaaaaaaa">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 8)]
    begin, _, rest = xml.partition(b"?>")
    return begin + b"?><!DOCTYPE Types [" + b"".join(lines) + b"]>" + rest.replace(b"</Types>", b"&a7;</Types>")


def macro_types(xml: bytes) -> bytes:
    main = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return xml.replace(main, b"vnd.ms-word.document.macroEnabled.main+xml")


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Name, content, and words of the sentence."""
    pdf, jpeg, png, word = world.pdf(), picture("JPEG"), picture("PNG"), docx()
    damaged, not_it, program, fetches = "beschadigd", "geen goed document", "programma", "andere plek"
    yield "leeg.pdf", b"", "is leeg"
    yield "plaatje.svg", SVG, "soort bestand"
    yield "pagina.html", HTML, "soort bestand"
    yield "macro.docm", with_part(word, ("word/vbaProject.bin", b"x")), "soort bestand"
    yield "programma.exe", b"MZ" + b"\0" * 64, "soort bestand"
    yield "rapport.pdf.exe", pdf, "soort bestand"
    yield "zonder", pdf, "soort bestand"
    yield ".pdf", pdf, "soort bestand"
    yield "archief.zip", with_part(word), "soort bestand"
    yield "rapport\u202efdp.exe", b"MZ", "soort bestand"
    yield "svg.png", SVG, "geen foto"
    yield "html.jpg", HTML, "geen foto"
    yield "png.jpg", png, "geen foto"
    yield "gif.png", picture("GIF"), "geen foto"
    yield "half.jpg", jpeg[: len(jpeg) // 2], "geen foto"
    yield "half.png", png[: len(png) // 2], "geen foto"
    yield "reus.png", png_of(50_000, 50_000), "beeldpunten"
    yield "lang.png", png_of(2**31 - 1, 2**31 - 1), "beeldpunten"
    yield "opmerking.png", text_bomb(), "geen foto"
    yield "beweegt.png", moving(), "beweegt"
    yield "html.pdf", HTML, "geen PDF"
    yield "ervoor.pdf", b"GIF89a\n" + pdf, "geen PDF"
    yield "erin.pdf", pdf.replace(b"\n", b"\n%<script>alert(1)</script>\n", 1), "meer dan een PDF"
    yield "erachter.pdf", pdf + HTML, "meer dan een PDF"
    yield "zip-erachter.pdf", pdf + with_part(word), "meer dan een PDF"
    yield "half.pdf", pdf[: len(pdf) // 2], damaged
    yield "onzin.pdf", b"%PDF-1.7\n" + b"x" * 200 + b"\n%%EOF\n", damaged
    yield "op-slot.pdf", locked(), "wachtwoord"
    yield "beveiligd.pdf", protected(), "beveiliging"
    yield "script.pdf", pdf_with(script), program
    yield "start.pdf", pdf_with(launch), program
    yield "ingepakt.pdf", pdf_with(embedded), "andere bestanden"
    yield "dik.pdf", pdf_with(many_pages), "bladzijden"
    yield "macro.docx", with_part(word, ("word/vbaProject.bin", b"x")), program
    yield "vermomd.docx", changed(word, "[Content_Types].xml", macro_types), program
    yield "sjabloon.docx", related("attachedTemplate", "https://voorbeeld.test/x.dotm"), fetches
    yield "plaatje-elders.docx", related("image", "//voorbeeld.test/x.png"), fetches
    yield "ole.docx", with_part(word, ("word/embeddings/oleObject1.bin", b"x")), program
    yield "bom.docx", bomb(), "uitgepakt"
    yield "veel.docx", with_part(word, *((f"a/{n}", b"") for n in range(2_100))), "uitgepakt"
    yield "leugen.docx", lying_bomb(), not_it
    yield "wijst.docx", with_part(word, (symlink(), b"/etc/passwd")), not_it
    yield "omhoog.docx", with_part(word, (named("../../x.xml"), b"x")), not_it
    yield "schijf.docx", with_part(word, (named("C:\\x.xml"), b"x")), not_it
    yield "dubbel.docx", with_part(word, ("WORD/document.xml", b"x")), not_it
    yield "ervoor.docx", HTML + word, not_it
    yield "erachter.docx", word + HTML, not_it
    yield "lachen.docx", changed(word, "[Content_Types].xml", entities), not_it
    yield "half.docx", word[: len(word) // 2], not_it
    yield "rekenblad.docx", xlsx(), not_it
    yield "kaal.xlsx", word, not_it
    yield "basic.odt", with_part(odt(), ("Basic/Standard/x.xml", b"x")), program
    yield "elders.odt", changed(odt(), "content.xml", lambda x: x.replace(
        b"<office:text>", b'<office:text><draw:image xmlns:draw="urn:d" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'xlink:href="https://voorbeeld.test/x.png"/>')), fetches  # fmt: skip
    yield "html.txt", HTML, "webpagina"
    yield "svg.txt", b"\n  " + SVG, "webpagina"
    yield "rtf.txt", b"{\\rtf1 x}", "webpagina"
    yield "bytes.txt", b"MZ\0\x01\x02", "geen tekst"
    yield "los.eml", b"gewoon wat tekst", "geen e-mail"
    yield "html.eml", HTML, "geen e-mail"
    yield "exe.eml", eml(("factuur.exe", b"MZ")), "factuur.exe"
    yield "svg.eml", eml(("logo.svg", SVG)), "logo.svg"
    yield "macro.eml", eml(("x.docx", with_part(word, ("word/vbaProject.bin", b"x")))), "x.docx"


def honest() -> Iterator[tuple[str, bytes, str]]:
    """What people do send: name, content, and what it is called afterwards."""
    yield "Verklaring jeugdarts.pdf", world.pdf(), "Verklaring jeugdarts.pdf"
    yield "IMG_0001.JPG", picture("JPEG"), "IMG_0001.jpg"
    yield "foto.jpeg", picture("MPO", save_all=True), "foto.jpg"
    yield "scan.png", picture("PNG"), "scan.png"
    yield "OPP.docx", docx(), "OPP.docx"
    yield "link.docx", related("hyperlink", "https://voorbeeld.test/"), "link.docx"
    yield "uren.xlsx", xlsx(), "uren.xlsx"
    yield "plan.odt", odt(), "plan.odt"
    yield "kort.txt", "Zij was er niet, één keer.".encode("cp1252"), "kort.txt"
    yield "mail.eml", eml(("bijlage.pdf", world.pdf()), ("uitnodiging.ics", b"BEGIN:VCALENDAR")), "mail.eml"
    yield "..\\..\\windows\\plan.pdf", world.pdf(), "plan.pdf"
    yield "../../etc/plan.pdf", world.pdf(), "plan.pdf"
    yield "con.pdf", world.pdf(), "bestand con.pdf"
    yield "ex\u202efdp\u200b.pdf", world.pdf(), "exfdp.pdf"
    yield 'a\r\nX: "b"\0.pdf', world.pdf(), "a X b.pdf"
    yield "…….pdf", world.pdf(), "…….pdf"
    yield f"{'é' * 300}.pdf", world.pdf(), f"{'é' * 100}.pdf"
