"""HTML to PDF in child processes with limits: nothing is fetched but the house's own fonts and style. Every paper is a
PDF/UA-1 and a PDF/A-2a at once (docs/adr/0008, 0024)."""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings

from reporting.pdf.joining import join

SECONDS = 120
# Documents per child: starting one costs half a second, and what a child has used it keeps until it ends.
PER_CHILD = 40


class RenderFailed(RuntimeError):
    """The paper could not be made; the message is a sentence for the user."""


def render_pdf(html: str) -> bytes:
    """The PDF of one document. RenderFailed when it takes too long, too much memory, or goes wrong."""
    return _child([[html]])[0]


def render_joined(documents: Sequence[str]) -> bytes:
    """One PDF of several documents, rendered apart: a paper that is too long for one go. RenderFailed as above."""
    return join([pdf for batch in render_batches([[d] for d in documents]) for pdf in batch])


def render_batches(papers: Iterable[Sequence[str]]) -> Iterator[list[bytes]]:
    """A PDF of each paper (a list of documents), in order, a batch at a time as they come ready. `papers` is read while
    the children work, so that what is read next is made meanwhile. RenderFailed when one of them fails."""
    workers = os.cpu_count() or 1
    waiting: deque[Future] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for batch in _batches(papers, workers):
            waiting.append(pool.submit(_child, batch))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batches(papers: Iterable[Sequence[str]], workers: int) -> Iterator[list[Sequence[str]]]:
    """Few enough documents for the limits of a child; and where it is known how many papers there are, no child without
    work while another has two."""
    most = PER_CHILD
    if isinstance(papers, Sized):
        most = max(1, min(PER_CHILD, -(-sum(map(len, papers)) // workers)))
    batch: list[Sequence[str]] = []
    for paper in papers:
        if batch and sum(map(len, batch)) + len(paper) > most:
            yield batch
            batch = []
        batch.append(paper)
    if batch:
        yield batch


def _child(papers: Sequence[Sequence[str]]) -> list[bytes]:
    command = [sys.executable, "-m", "reporting.pdf.child"]
    try:
        done = subprocess.run(
            command, input=json.dumps(papers).encode(), capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as problem:
        raise RenderFailed("Het maken van de PDF duurde te lang. Probeer het later opnieuw.") from problem
    pdfs = list(_framed(done.stdout))
    if done.returncode or len(pdfs) != len(papers):
        raise RenderFailed("De PDF kon niet worden gemaakt. Probeer het later opnieuw of vraag de beheerder.")
    return pdfs


def _framed(output: bytes) -> Iterator[bytes]:
    """Each PDF comes after its length in 8 bytes."""
    at = 0
    while at < len(output):
        length = int.from_bytes(output[at : at + 8], "big")
        yield output[at + 8 : at + 8 + length]
        at += 8 + length
