"""Every blob on its way in, however it came into the history."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from est_build.cli.guard_git import CannotRunError

from .canaries import coded, google_forms
from .formats import in_page, semicolons, xlsx
from .repo import Repo, codes, make_repo

RAW = semicolons(coded(40))
PAGE = in_page(google_forms(40))
ZERO = "0" * 40


def test_a_sound_repository_has_nothing(repo: Repo) -> None:
    checked = repo.check()
    assert checked.problems == ()
    assert (checked.files, checked.commits) == (5, 1)


@pytest.mark.parametrize(
    "name",
    [
        "svar.csv",
        "data/svar.csv",
        "content/svar.csv",
        "tests/guard/svar.csv",
        "est_build/svar.csv",
        "a/b/svar.CSV",
    ],
)
def test_added_then_deleted(repo: Repo, name: str) -> None:
    base = repo.commit()
    added = repo.commit("Lägger till", **{name: RAW})
    repo.remove(name)
    (found,) = repo.check(base).problems
    assert (found.code, found.place.file) == ("EST432", name)
    assert added[:10] in found.message()
    assert "kvar i historiken" in found.message()
    assert "räkna uppgiften som spridd" in found.cure()
    assert "Om något känsligt ändå har hamnat här" in found.cure()


def test_pasted_and_taken_back(repo: Repo) -> None:
    repo.commit("Fel", **{"content/om.md": PAGE})
    repo.commit("Rätt", **{"content/om.md": "# Om\n\nUtan svar.\n"})
    (found,) = repo.check().problems
    assert (found.code, found.place.file) == ("EST435", "content/om.md")
    assert found.place.line is not None


def test_renamed_twice(repo: Repo) -> None:
    repo.commit("1", **{"svar.csv": RAW})
    repo.git("mv", "svar.csv", "content/svar.md")
    repo.commit("2")
    repo.git("mv", "content/svar.md", "content/bild.png")
    repo.commit("3")
    repo.remove("content/bild.png")
    places = {(p.place.file, p.code) for p in repo.check().problems}
    assert places == {("svar.csv", "EST432"), ("content/svar.md", "EST435"), ("content/bild.png", "EST433")}


def test_a_branch_that_was_merged_after_it_was_cleaned(repo: Repo) -> None:
    base = repo.commit()
    repo.git("checkout", "-q", "-b", "sida")
    repo.commit("Med", **{"data/rå.csv": RAW})
    repo.remove("data/rå.csv")
    repo.git("checkout", "-q", "main")
    repo.commit("Annat", **{"content/nytt.md": "# Nytt\n"})
    repo.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Slår ihop", "sida")
    assert [p.place.file for p in repo.check(base).problems] == ["data/rå.csv"]
    assert codes(repo.check("HEAD^1")) == {"EST432"}
    assert codes(repo.check("HEAD^2")) == set()


def test_a_file_that_only_the_merge_itself_has(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "sida")
    repo.commit("Sida", **{"content/a.md": "# A\n"})
    repo.git("checkout", "-q", "main")
    repo.commit("Stam", **{"content/b.md": "# B\n"})
    repo.git("merge", "-q", "--no-ff", "--no-commit", "sida")
    repo.add("content/c.md", PAGE)
    repo.commit("Slår ihop")
    repo.remove("content/c.md")
    assert [p.place.file for p in repo.check().problems] == ["content/c.md"]


def test_what_the_base_has_is_not_looked_at_again(repo: Repo) -> None:
    old = repo.commit("Förr", **{"svar.csv": RAW})
    repo.commit("Nu", **{"content/a.md": "# A\n"})
    assert repo.check(old).problems == ()
    assert repo.check(old).files == 1
    assert codes(repo.check()) == {"EST432"}


def test_a_file_that_comes_back_or_changes_its_name(repo: Repo) -> None:
    """The content is an old one, that the base has in its history; the place is new."""
    repo.commit("Förr", **{"svar.csv": RAW})
    base = repo.remove("svar.csv")
    old = repo.git("rev-parse", f"{base}^").stdout.strip()
    repo.git("checkout", "-q", old, "--", "svar.csv")
    repo.commit("Tillbaka")
    assert [(p.code, p.place.file) for p in repo.check(base).problems] == [("EST432", "svar.csv")]
    repo.git("reset", "-q", "--hard", base)
    repo.git("mv", "data/webbplats.yml", "data/anteckningar.yml")
    repo.commit("Nytt namn")
    assert [(p.code, p.place.file) for p in repo.check(base).problems] == [
        ("EST431", "data/anteckningar.yml")
    ]


def test_links_submodules_and_pointers(repo: Repo) -> None:
    inner = repo.git("rev-parse", "HEAD").stdout.strip()
    (repo.path / "content" / "privat.md").symlink_to("/ingenstans/svar.csv")
    repo.git("add", "-f", "content/privat.md")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{inner},bibliotek")
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 123\n"
    repo.add("content/bild.png", pointer)
    repo.add("data/svar.csv", pointer)
    wanted = {
        ("content/privat.md", "EST437"),
        ("bibliotek", "EST438"),
        ("content/bild.png", "EST439"),
        ("data/svar.csv", "EST439"),
    }
    assert {(p.place.file, p.code) for p in repo.staged().problems} == wanted
    repo.commit("Allt")
    assert {(p.place.file, p.code) for p in repo.check().problems} == wanted


def test_a_large_file_is_refused_without_being_read(repo: Repo) -> None:
    repo.commit("Stor", **{"content/stor.md": b"lugnt\n" * 900_000, "data/stor.sav": b"x" * 5_000_000})
    found = {p.place.file: p for p in repo.check().problems}
    assert found["content/stor.md"].code == "EST440"
    assert "5,4 MB" in found["content/stor.md"].message()
    assert found["data/stor.sav"].code == "EST432"


@pytest.mark.parametrize(
    "name",
    [
        "svar\n2.csv",
        'svar"2".csv',
        "-svar.csv",
        " svar .csv",
        "svår.csv",
        "a\tb.csv",
        "\x1b[31msvar.csv",
        ":svar.csv",
    ],
)
def test_strange_names(repo: Repo, name: str) -> None:
    base = repo.commit()
    (repo.path / name).write_bytes(RAW)
    repo.git("add", "-f", "--", f"./{name}")
    (staged,) = repo.staged().problems
    repo.commit("Konstigt namn")
    (found,) = repo.check(base).problems
    assert staged.code == found.code == "EST432"
    assert found.place.file.isprintable()


def test_a_name_that_is_not_utf8(repo: Repo) -> None:
    base = repo.commit()
    path = os.fsencode(repo.path) + b"/sv\xe5r.csv"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(RAW)
    repo.git("add", "-A", "-f")
    (found,) = repo.staged().problems
    repo.commit("Latin-1")
    (later,) = repo.check(base).problems
    assert found.place.file == later.place.file
    found.place.file.encode("utf-8")


# ---- what is no file of a commit -----------------------------------------------------------------


def test_messages_are_published_too(repo: Repo) -> None:
    table = in_page(coded(20)).decode()
    made = repo.commit(f"Klistrade fel\n\n{table}")
    repo.git("tag", "-a", "v1", "-m", semicolons(coded(20)).decode("utf-8-sig"))
    found = repo.check(None, "v1").problems
    assert {p.code for p in found} == {"EST435"}
    assert len(found) == 2
    assert any(made[:10] in p.place.file for p in found)


def test_a_tag_on_a_lone_blob(repo: Repo) -> None:
    repo.write("utanför.csv", RAW)
    blob = repo.git("hash-object", "-w", "utanför.csv").stdout.strip()
    repo.git("tag", "bara-svar", blob)
    (found,) = repo.check(None, "bara-svar").problems
    assert found.code == "EST431"
    assert blob[:10] in found.place.file


def test_notes_have_no_place(repo: Repo) -> None:
    repo.git("notes", "add", "-m", "en anteckning")
    assert codes(repo.check(None, "refs/notes/commits")) == {"EST431"}


def test_a_replaced_object_hides_nothing(repo: Repo) -> None:
    repo.commit("Rå", **{"content/a.md": PAGE})
    raw = repo.git("rev-parse", "HEAD:content/a.md").stdout.strip()
    sound = repo.git("rev-parse", "HEAD:content/om.md").stdout.strip()
    repo.git("replace", raw, sound)
    assert codes(repo.check()) == {"EST435"}


def test_a_grafted_history_hides_nothing(repo: Repo) -> None:
    repo.commit("Rå", **{"svar.csv": RAW})
    repo.remove("svar.csv")
    tip = repo.commit("Sist")
    repo.write(".git/info/grafts", f"{tip}\n")
    assert codes(repo.check()) == {"EST432"}


# ---- where the guard runs ------------------------------------------------------------------------


def test_nobodys_settings_change_what_is_seen(repo: Repo) -> None:
    repo.commit("Rå", **{"content/djupt/nere/a.md": PAGE, "svår.csv": RAW})
    for key, value in {
        "diff.relative": "true",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.ignoreSubmodules": "all",
        "color.ui": "always",
        "core.quotePath": "true",
        "log.showSignature": "true",
    }.items():
        repo.git("config", key, value)
    inside = Repo(repo.path / "content")
    expected = {"content/djupt/nere/a.md", "svår.csv"}
    assert {p.place.file for p in repo.check().problems} == expected
    assert {p.place.file for p in inside.check().problems} == expected
    repo.git("rm", "-q", "--cached", "svår.csv")
    repo.add("data/ny.xlsx", xlsx(coded(5)))
    assert {p.place.file for p in inside.staged().problems} == {"data/ny.xlsx"}


def test_before_the_first_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.git("init", "-q", "-b", "main")
    assert repo.check().problems == ()
    assert repo.staged().problems == ()
    repo.add("svar.csv", RAW)
    repo.add("content/a.md", "# A\n")
    assert [p.place.file for p in repo.staged().problems] == ["svar.csv"]
    assert "git restore --staged" in repo.staged().problems[0].cure()


def test_only_what_is_staged_counts(repo: Repo) -> None:
    repo.write("svar.csv", RAW)
    repo.write("content/om.md", PAGE)
    assert repo.staged().problems == ()
    repo.git("add", "content/om.md")
    repo.write("content/om.md", "# Om\n")
    assert codes(repo.staged()) == {"EST435"}


def test_a_repository_with_sha256(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "ny", "--object-format=sha256")
    base = repo.commit()
    repo.commit("Rå", **{"svar.csv": RAW})
    assert codes(repo.check(base)) == {"EST432"}
    repo.add("mer.csv", RAW)
    assert codes(repo.staged()) == {"EST432"}


def test_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", "-b", "sida", str(tmp_path / "sida"))
    side = Repo(tmp_path / "sida")
    side.add("svar.csv", RAW)
    assert codes(side.staged()) == {"EST432"}
    assert repo.staged().problems == ()


def test_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    base = repo.commit("Grund")
    repo.commit("Mer", **{"content/a.md": "# A\n"})
    repo.git("clone", "-q", "--depth", "1", repo.path.as_uri(), str(tmp_path / "grund"))
    shallow = Repo(tmp_path / "grund")
    for start in (None, base):
        done = shallow.guard(*(["--base", start] if start else []))
        assert done.returncode == 2
        assert "EST447" in done.stderr
        assert "fetch-depth: 0" in done.stderr
    # What was made on top of the cut can be seen whole.
    tip = shallow.git("rev-parse", "HEAD").stdout.strip()
    shallow.commit("Rå", **{"svar.csv": RAW})
    assert codes(shallow.check(tip)) == {"EST432"}


def test_force_push_in_a_workflow(repo: Repo) -> None:
    """The former tip is nowhere any more: everything is looked at."""
    repo.commit("Rå", **{"svar.csv": RAW})
    repo.remove("svar.csv")
    assert codes(repo.check("ab" * 20)) == {"EST432"}
    assert codes(repo.check(ZERO)) == {"EST432"}


def test_unknown_names(repo: Repo) -> None:
    for options in (["--base", "origin/mian"], ["--head", "finns-inte"], ["--base", "--upload-pack=x"]):
        done = repo.guard(*options)
        assert done.returncode == 2, options
    assert "EST448" in repo.guard("--base", "origin/mian").stderr
    with pytest.raises(CannotRunError):
        repo.check("--all")


def test_no_repository_and_no_git(tmp_path: Path, repo: Repo) -> None:
    outside = Repo(tmp_path)
    done = outside.guard(GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "EST446" in done.stderr
    done = repo.guard(PATH=str(tmp_path))
    assert done.returncode == 2
    assert "EST445" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_repository(repo: Repo) -> None:
    blob = repo.git("rev-parse", "HEAD:content/om.md").stdout.strip()
    path = repo.path / ".git" / "objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.unlink()
    done = repo.guard()
    assert done.returncode == 2
    assert "EST449" in done.stderr
    assert "Traceback" not in done.stderr
