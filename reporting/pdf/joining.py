"""One PDF of several that were rendered apart: pages, tags and bookmarks, still PDF/UA-1 and PDF/A-2a (ADR 0024)."""

import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf


class Joined:
    """A PDF that grows: the first part gives title, language and metadata. `with Joined() as whole`."""

    def __init__(self) -> None:
        self.whole: Pdf | None = None
        self.only = b""
        self.sources: list[Pdf] = []

    def __enter__(self) -> "Joined":
        return self

    def __exit__(self, *about: object) -> None:
        for source in ([self.whole] if self.whole else []) + self.sources:
            source.close()

    def add(self, part: bytes) -> None:
        """Put the pages of a part at the end."""
        source = pikepdf.open(io.BytesIO(part))
        if self.whole is None:
            self.whole, self.only = source, part
            return
        self.only = b""
        self.sources.append(source)
        _append(self.whole, source)

    @property
    def pages(self) -> int:
        return len(self.whole.pages) if self.whole else 0

    def content(self) -> bytes:
        """The whole; a single part as it came."""
        if self.only:
            return self.only
        if self.whole is None:
            raise ValueError("nothing was joined")
        out = io.BytesIO()
        self.whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def join(parts: Iterable[bytes]) -> bytes:
    """The pages of all parts in this order."""
    with Joined() as whole:
        for part in parts:
            whole.add(part)
        return whole.content()


def _append(whole: Pdf, source: Pdf) -> None:
    first = len(whole.pages)
    whole.pages.extend(source.pages)
    _append_tags(whole, source, first)
    _append_bookmarks(whole, source)


def _append_tags(whole: Pdf, source: Pdf, first: int) -> None:
    """The tree of the source under the one document element, with numbers that come after those that are there."""
    tree = whole.Root.StructTreeRoot
    document, numbers = tree.K[0], tree.ParentTree.Nums
    added = whole.copy_foreign(source.Root.StructTreeRoot)
    start = int(numbers[-2]) + 1
    for kid in added.K[0].K:
        kid.P = document
        document.K.append(kid)
    pairs = list(added.ParentTree.Nums)
    for number, elements in zip(pairs[::2], pairs[1::2], strict=True):
        numbers.append(start + int(number))
        numbers.append(elements)
    for page in list(whole.pages)[first:]:
        page.obj.StructParents = start + int(page.obj.StructParents)
        for note in page.obj.get("/Annots", ()):
            if "/StructParent" in note:
                note.StructParent = start + int(note.StructParent)


def _append_bookmarks(whole: Pdf, source: Pdf) -> None:
    if "/Outlines" not in source.Root or "/First" not in source.Root.Outlines:
        return
    added = whole.copy_foreign(source.Root.Outlines)
    if "/Outlines" not in whole.Root:
        whole.Root.Outlines = whole.make_indirect(Dictionary(Type=Name.Outlines, Count=0))
    outlines = whole.Root.Outlines
    entry: Object | None = added.First
    while entry is not None:
        entry.Parent = outlines
        entry = entry.get("/Next")
    if "/Last" in outlines:
        outlines.Last.Next, added.First.Prev = added.First, outlines.Last
    else:
        outlines.First = added.First
    outlines.Last = added.Last
    outlines.Count = int(outlines.get("/Count", 0)) + int(added.get("/Count", 0))
