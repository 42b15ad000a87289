"""What is done last to the ready HTML of a page: words explained at first use, long words hyphenated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from est_build.load.frame import read_record
from est_build.pages import addresses
from est_build.pages.glossary import Marker
from est_build.pages.hyphens import hyphenated
from est_build.pages.page import PageHead
from est_build.schema.glossary import Glossary

Finish = Callable[[str, PageHead], str]
_OWN = addresses.path(addresses.GLOSSARY)


def finisher(content: Path) -> Finish:
    """A function that finishes the HTML of a page. ``content`` is the folder with the list of words."""
    path = content / "ordlista.yml"
    # Faults in the file have been told when the instance was loaded.
    record = read_record(path, "content/ordlista.yml", Glossary)[0] if path.exists() else None
    marker = Marker(record.ord if record is not None else ())

    def finish(html: str, head: PageHead) -> str:
        if head.language != "sv":
            return str(html)
        return hyphenated(marker.html(str(html)) if marked(head) else str(html))

    return finish


def marked(head: PageHead) -> bool:
    """Words are marked on every Swedish page but the one that explains them."""
    return head.language == "sv" and head.path != _OWN
