"""One PDF of several that were rendered apart: pages, tags and bookmarks, still PDF/UA-1 and PDF/A-2a (ADR 0024)."""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name, Pdf


def join(parts: Sequence[bytes]) -> bytes:
    """The pages of all parts in this order. Title, language and metadata are those of the first part."""
    if len(parts) == 1:
        return parts[0]
    whole = pikepdf.open(io.BytesIO(parts[0]))
    sources = [pikepdf.open(io.BytesIO(part)) for part in parts[1:]]
    for source in sources:
        _append(whole, source)
    out = io.BytesIO()
    whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    for source in (whole, *sources):
        source.close()
    return out.getvalue()


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
    entry = added.First
    while entry is not None:
        entry.Parent = outlines
        entry = entry.get("/Next")
    if "/Last" in outlines:
        outlines.Last.Next, added.First.Prev = added.First, outlines.Last
    else:
        outlines.First = added.First
    outlines.Last = added.Last
    outlines.Count = int(outlines.get("/Count", 0)) + int(added.get("/Count", 0))
