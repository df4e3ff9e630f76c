"""Work on very many rows without looking for garbage all the time."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def few_collections() -> Iterator[Callable[[], int]]:
    """Python looks for cycles after every few hundred new objects, and then walks over all that is loaded: half of the
    time of a large import. Within this block it looks only when asked (call what the block gets, after every so many
    rows), and leaves out what was loaded before."""
    gc.freeze()
    gc.disable()
    try:
        yield gc.collect
    finally:
        gc.enable()
        gc.unfreeze()
