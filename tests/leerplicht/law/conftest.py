"""The law is tested without a framework: the checkout is put on the path so that it needs no configuration either."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
