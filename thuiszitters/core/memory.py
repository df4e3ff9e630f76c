"""Work on very many rows without looking for garbage all the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_collections() -> Iterator[None]:
    """Python looks for cycles after every few hundred new objects, and then walks over all that is loaded: half of the
    time of a large import. Within this block what was loaded before is left out, and it looks less often."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
