"""HTML to PDF in child processes with limits: nothing is fetched but the house's own fonts and style. Every paper is a
PDF/UA-1 and a PDF/A-2a at once (docs/adr/0008, 0024)."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from math import inf
from queue import Empty, LifoQueue

from django.conf import settings

from reporting.pdf.joining import Joined

SECONDS = 120  # for one paper
# For all that is made while somebody waits for the page: less than the proxy waits for an answer (deploy/Caddyfile).
IN_A_REQUEST = 50
COMMAND = [sys.executable, "-m", "reporting.pdf.child"]
# After this many papers another child takes over, in case one keeps what it used (300 dossiers: 79 MB, as after 50).
PER_CHILD = 500


class RenderFailed(RuntimeError):
    """The paper could not be made; the message is a sentence for the user."""


def render_pdf(html: str) -> bytes:
    """The PDF of one document. RenderFailed when it takes too long, too much memory, or goes wrong."""
    return next(render_papers([[html]], within=IN_A_REQUEST))


def render_joined(documents: Iterable[str]) -> bytes:
    """One PDF of several documents, rendered apart: a paper that is too long for one go. RenderFailed as above."""
    with Joined() as whole:
        for pdf in render_papers([[d] for d in documents], within=IN_A_REQUEST):
            whole.add(pdf)
        return whole.content()


def render_papers(papers: Iterable[Sequence[str]], *, within: float = inf) -> Iterator[bytes]:
    """A PDF of each paper (a list of documents), in order, as they come ready. `papers` is read in this thread, a few
    ahead, while the children work. RenderFailed when one of them fails, or all of them take more than `within` seconds.
    """
    until = time.monotonic() + within
    workers = os.cpu_count() or 1
    if isinstance(papers, Sized):
        workers = max(1, min(workers, len(papers)))
    children = _Children(workers)
    waiting: deque[Future] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for paper in papers:
                waiting.append(pool.submit(children.render, paper, until))
                while waiting and (len(waiting) > 2 * workers or waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            pool.shutdown()
            children.end()


class _Children:
    """The children that are not working now. They start at once, so that they are ready when the first paper is."""

    def __init__(self, how_many: int):
        self.idle: LifoQueue[_Child] = LifoQueue()
        for _ in range(how_many):
            self.idle.put(_Child())

    def render(self, paper: Sequence[str], until: float) -> bytes:
        """By a child that is free. One that failed, or has done enough, is not used again."""
        try:
            child = self.idle.get_nowait()
        except Empty:
            child = _Child()
        try:
            pdf = child.render(paper, min(SECONDS, until - time.monotonic()))
        except BaseException:
            child.end()
            raise
        if child.done < PER_CHILD:
            self.idle.put(child)
        else:
            child.end()
        return pdf

    def end(self) -> None:
        while not self.idle.empty():
            self.idle.get_nowait().end()


class _Child:
    """One process of `reporting.pdf.child`: a line with a paper in, its PDF out."""

    def __init__(self) -> None:
        self.done = 0
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR
        )
        assert self.process.stdin and self.process.stdout  # both are pipes
        self.to_child, self.from_child = self.process.stdin, self.process.stdout

    def render(self, paper: Sequence[str], seconds: float) -> bytes:
        late = threading.Event()

        def break_off() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, break_off)
        timer.start()
        try:
            self.to_child.write(json.dumps(paper).encode() + b"\n")
            self.to_child.flush()
            length = int.from_bytes(self.from_child.read(8), "big")
            pdf = self.from_child.read(length)
        except OSError:
            pdf, length = b"", 0
        finally:
            timer.cancel()
        if late.is_set():
            raise RenderFailed("Het maken van de PDF duurde te lang. Probeer het later opnieuw.")
        if not length or len(pdf) != length:
            raise RenderFailed("De PDF kon niet worden gemaakt. Probeer het later opnieuw of vraag de beheerder.")
        self.done += 1
        return pdf

    def end(self) -> None:
        self.process.kill()
        for pipe in (self.to_child, self.from_child):
            with suppress(OSError):  # it was killed with a paper halfway in
                pipe.close()
        self.process.wait()
