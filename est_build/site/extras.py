"""What a finished site has besides its pages: the index of the search, header files, ``security.txt``."""

from __future__ import annotations

from pathlib import Path

from est_build.model.published import Published


def add_extras(site: Path, published: Published) -> None:
    """Write the extras into ``site``, the engine's ready output, before it is checked."""
