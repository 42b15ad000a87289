"""By mistake: an export, a photo, a name, a hurry. What gets out of the house, and what the attacker finds.

The guard and the scanner have suites of their own (``tests/guard``, ``tests/text``); here the attacker
reads what has reached the server, and the site.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from est_build.prepare import prove
from est_build.prepare.audit import AuditError
from est_build.problems import ProblemsError
from est_build.site.build import build_site
from tests.attacks import off
from tests.attacks.worlds import pair, publish, with_pages
from tests.guard.canaries import coded, microsoft_forms
from tests.guard.formats import semicolons, xlsx
from tests.guard.pictures import CARRYING
from tests.guard.repo import Repo, make_repo
from tests.private.instance import FIRST, Book, Instance, make_instance
from tests.private.walk import files

# ---- 19, 21 and 28: what reaches the server -----------------------------------------------------

MISTAKES = {
    "a coded export": ("data/perioder/2026-v45-46/1286/svar.csv", semicolons(coded(12))),
    "a workbook": ("content/underlag.xlsx", xlsx(microsoft_forms(12))),
    "an export by a known name": ("data/perioder/2026-v45-46/1286/rapporter.csv", semicolons(coded(12))),
    "a photo with its place": ("content/bilder/torget.jpg", CARRYING["jpeg exif"]),
}


def everything(server: Repo) -> set[bytes]:
    """Every file that was ever sent, in any commit of any branch: anyone may fetch it."""
    ids = [line.split()[0] for line in server.git("rev-list", "--all", "--objects").stdout.splitlines()]
    kinds = [server.git("cat-file", "-t", name).stdout.strip() for name in ids]
    return {name.encode() for name, kind in zip(ids, kinds, strict=True) if kind == "blob"}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("hooks", [True, False], ids=["on", "no hooks"])
def test_19_28_added_deleted_and_pushed(tmp_path: Path, mistake: str, hooks: bool) -> None:
    """A file that was taken away before the push is in what is pushed all the same."""
    name, content = MISTAKES[mistake]
    server = Repo(tmp_path / "server.git")
    server.path.mkdir()
    server.git("init", "-q", "--bare", "-b", "main")
    repo = make_repo(tmp_path / "hemma")
    repo.git("remote", "add", "origin", str(server.path))
    repo.git("push", "-q", "origin", "main")
    if hooks:
        assert repo.guard("--installera").returncode == 0
    repo.commit("Hoppsan", **{name: content})
    blob = repo.git("rev-parse", f"HEAD:{name}").stdout.strip().encode()
    repo.remove(name)
    pushed = repo.git("push", "-q", "origin", "main", check=False)
    assert (pushed.returncode == 0) is not hooks
    assert (blob in everything(server)) is not hooks


# ---- 20: a text that says too much --------------------------------------------------------------

SAYINGS = {
    "a telephone number": "Ring Kim på 070-174 06 05 om ni ser något.",
    "a number of reports": "Vi fick tre rapporter från skolan.",
    "a number plate": "En svart bil, ABC 123, körde fort.",
    "a national id": "Han heter 19811218-9876 i akten.",
}


def site_of(root: Path, saying: str = "") -> Instance:
    """An instance that can be built, with something said on the page about the network."""
    instance = with_pages(publish(make_instance(root), Book(FIRST).safe(omrade="ekby")))
    page = root / "content" / "om.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{saying}\n", encoding="utf-8")
    return instance


@pytest.mark.parametrize("saying", SAYINGS)
@pair(off.scanner)
def test_20_a_text_that_says_too_much(tmp_path: Path, succeeds: bool, saying: str) -> None:
    instance = site_of(tmp_path / "prov", SAYINGS[saying])
    out = tmp_path / "site"
    try:
        build_site(instance.root, out)
    except ProblemsError as error:
        assert {p.place.file for p in error.problems} == {"content/om.md"}
    wanted = SAYINGS[saying].encode()
    assert any(wanted in content for _, content in files(out)) is succeeds


# ---- 21: in a hurry -----------------------------------------------------------------------------


@pair(off.no_audit)
def test_21_nothing_is_written_before_it_is_audited(
    plain: Instance, succeeds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the audit says no there is nothing to push: not a file, not a folder."""

    def refusing(_: object) -> None:
        raise AuditError("nothing carries the proof")

    if not succeeds:
        monkeypatch.setattr(prove, "audit", refusing)
    before = sorted(plain.data.rglob("*"))
    try:
        publish(plain, Book(FIRST).safe(omrade="ekby"))
    except ProblemsError as error:
        assert {p.code for p in error.problems} == {"EST459"}
    assert (sorted(plain.data.rglob("*")) != before) is succeeds


@pair(off.proven_build)
def test_21_nothing_is_built_that_is_not_proven(tmp_path: Path, succeeds: bool) -> None:
    """Figures that came past the audit are refused by whoever builds the site."""
    with pytest.MonkeyPatch.context() as inner:
        off.no_audit(inner)
        instance = site_of(tmp_path / "prov")
    out = tmp_path / "site"
    try:
        build_site(instance.root, out)
    except ProblemsError as error:
        assert {p.code for p in error.problems} == {"EST455"}
    assert (out / "index.html").is_file() is succeeds
