"""The same lengths as in activation_length.py: what a user of these libraries would write, with explicit weights."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from activation_length import jax, numpy, torch  # noqa: E402, F401
