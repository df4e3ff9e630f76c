#!/usr/bin/env python3
"""Writes the settings of a development checkout: random keys, DEBUG on. Never overwrites a file."""

import base64
import os
import secrets
import sys

TEXT = """\
# Made by `make setup` for development on this machine only. See .env.example for every setting.
DEBUG=True
ALLOWED_HOSTS=127.0.0.1,localhost
SECRET_KEY={secret_key}
# Keys of the encryption of personal numbers. Lose them and the numbers are lost.
PGN_KEYS={pgn_key}
PGN_HASH_KEY={hash_key}
"""


def main(path: str) -> None:
    text = TEXT.format(
        secret_key=secrets.token_urlsafe(48),
        pgn_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        hash_key=secrets.token_hex(32),
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
