"""Each defence switched off: what it stopped goes through. Otherwise its tests would prove nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from est_build.cli import guard
from est_build.cli.guard_git import Git
from est_build.protect.rawguard import inspect as checks
from est_build.protect.rawguard import places
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.listing import Change
from est_build.protect.rawguard.words import Words

from .canaries import coded, google_forms
from .formats import commas, encoded, in_page, semicolons
from .pictures import CARRYING
from .repo import Repo, codes

FEW = semicolons(coded(3))
REPORTS = "data/perioder/2026-v45-46/1286/rapporter.csv"
PAGE = "content/om.md"


def found(path: str, content: bytes, words: Words) -> set[str]:
    return {f.kind.code for f in inspect(Entry(path, "100644", len(content), content), words)}


def nothing(*_: object, **__: object) -> list[object]:
    return []


def test_deny_by_default(words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("data/anteckningar.yml", FEW, words) == {"EST431"}
    known = places.role_of
    monkeypatch.setattr(places, "role_of", lambda path: known(path) or places.Role.PROSE)
    assert found("data/anteckningar.yml", FEW, words) == set()


@pytest.mark.parametrize(
    ("path", "content", "code", "defence"),
    [
        (REPORTS, commas(coded(40)), "EST434", "table_findings"),
        (PAGE, in_page(google_forms(40)), "EST435", "raw_findings"),
        (PAGE, encoded(coded(40)), "EST436", "encoded_findings"),
    ],
)
def test_content(
    path: str, content: bytes, code: str, defence: str, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(path, content, words) == {code}
    monkeypatch.setattr(checks, defence, nothing)
    assert found(path, content, words) == set()


def test_images(words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = CARRYING["jpeg exif"]
    assert found("content/a.jpg", photo, words) == {"EST441"}
    monkeypatch.setattr(checks, "image_findings", nothing)
    assert found("content/a.jpg", photo, words) == set()


def test_every_blob_and_not_only_the_tip(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("Med", **{"svar.csv": FEW})
    repo.remove("svar.csv")
    assert codes(repo.check()) == {"EST432"}
    tip = guard._files(Git(repo.path), ["HEAD"])

    def only_tip(found: Iterable[Change], *_: object) -> list[Change]:
        return [change for change in found if (change.path, change.sha) in tip]

    monkeypatch.setattr(guard, "first_seen", only_tip)
    # The blob itself is still seen, but nobody knows what it was called.
    assert [p.code for p in repo.check().problems] == ["EST431"]
    assert "svar.csv" not in repo.check().problems[0].place.file


def test_an_old_content_under_a_new_name(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    base = repo.commit()
    repo.git("mv", "data/webbplats.yml", "data/anteckningar.yml")
    repo.commit("Nytt namn")
    assert codes(repo.check(base)) == {"EST431"}
    monkeypatch.setattr(guard, "_files", lambda *_: set())
    assert codes(repo.check(base)) == set()


def test_messages(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(in_page(coded(20)).decode())
    assert codes(repo.check()) == {"EST435"}
    monkeypatch.setattr(guard, "_messages", nothing)
    assert codes(repo.check()) == set()


def test_hooks(repo: Repo) -> None:
    assert repo.guard("--installera").returncode == 0
    repo.add("data/svar.csv", FEW)
    assert repo.git("commit", "-m", "Svar", check=False).returncode == 1
    assert repo.guard("--avinstallera").returncode == 0
    assert repo.git("commit", "-m", "Svar", check=False).returncode == 0
