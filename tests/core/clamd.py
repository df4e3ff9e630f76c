"""Something that listens as clamd does, on a real socket: it reads INSTREAM and answers what it is told to."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

BAD = b"kanarie-met-koorts"  # what this one takes for malware


class FakeClamd:
    """`how`: "judges" what it gets, "dies" half-way, "hangs" or answers "nonsense". `asked`: the files it was given."""

    def __init__(self, how: str = "judges"):
        self.how, self.asked = how, []
        self.over = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def end(self) -> None:
        self.over.set()
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                one, _ = self.listening.accept()
            except OSError:  # the end
                return
            with one, one.makefile("rb") as sent:
                self._answer(one, sent)

    def _answer(self, one: socket.socket, sent) -> None:
        if sent.readline() != b"nINSTREAM\n":
            return
        content = b"".join(_chunks(sent, 1 if self.how == "dies" else None))
        if self.how == "dies":
            return
        self.asked.append(content)
        if self.how == "hangs":
            self.over.wait(30)
        answers = {"judges": b"stream: Test.Kanarie FOUND\n" if BAD in content else b"stream: OK\n"}
        one.sendall(answers.get(self.how, b"INSTREAM size limit exceeded. ERROR\n"))


def _chunks(sent, most: int | None) -> Iterator[bytes]:
    while (size := struct.unpack("!L", sent.read(4))[0]) and most != 0:
        yield sent.read(size)
        most = most - 1 if most is not None else None


@contextmanager
def listening(how: str = "judges"):
    clamd = FakeClamd(how)
    try:
        yield clamd
    finally:
        clamd.end()
