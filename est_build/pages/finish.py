"""What is done last to the ready HTML of a page: words explained at first use, long words hyphenated."""

from __future__ import annotations

from pathlib import Path

from est_build.load.frame import read_record
from est_build.load.memo import digest
from est_build.pages import addresses
from est_build.pages.glossary import Marker
from est_build.pages.hyphens import hyphenated
from est_build.pages.page import PageHead
from est_build.schema.glossary import Glossary

_OWN = addresses.path(addresses.GLOSSARY)


class Finish:
    """Finishes the ready HTML of pages."""

    def __init__(self, marker: Marker, key: str) -> None:
        """``key``: digest of what the marker knows; another one may give other pages."""
        self._marker, self.key = marker, key

    def __call__(self, html: str, head: PageHead) -> str:
        """The HTML of a page with its words explained and hyphenated."""
        if head.language != "sv":
            return str(html)
        return hyphenated(self._marker.html(str(html)) if marked(head) else str(html))


def finisher(content: Path) -> Finish:
    """What finishes the HTML of a page. ``content`` is the folder with the list of words."""
    path = content / "ordlista.yml"
    if not path.exists():
        return Finish(Marker(()), "")
    # Faults in the file have been told when the instance was loaded.
    record = read_record(path, "content/ordlista.yml", Glossary)[0]
    return Finish(Marker(record.ord if record is not None else ()), digest(path.read_bytes()))


def marked(head: PageHead) -> bool:
    """Words are marked on every Swedish page but the one that explains them."""
    return head.language == "sv" and head.path != _OWN
