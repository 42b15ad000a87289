"""The hooks in real repositories: a commit and a push with answers in them are stopped."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from est_build.protect.rawguard.hooks import CHAINED, HOOKS, script

from .canaries import coded
from .formats import semicolons
from .repo import Repo

RAW = semicolons(coded(40))
NAME = "data/perioder/2026-v45-46/1286/svar.csv"


def installed(repo: Repo) -> Repo:
    done = repo.guard("--installera")
    assert (done.returncode, done.stderr) == (0, "")
    return repo


@pytest.fixture
def guarded(repo: Repo) -> Repo:
    """Return a repository with the hooks."""
    return installed(repo)


@pytest.fixture
def remote(guarded: Repo, tmp_path: Path) -> Repo:
    """Return the empty repository that ``guarded`` pushes to."""
    bare = Repo(tmp_path / "server.git")
    bare.path.mkdir()
    bare.git("init", "-q", "--bare", "-b", "main")
    guarded.git("remote", "add", "origin", str(bare.path))
    return bare


def refs(bare: Repo) -> str:
    return bare.git("for-each-ref", "--format=%(refname)").stdout


def test_a_commit_with_answers_is_stopped(guarded: Repo) -> None:
    before = guarded.git("rev-parse", "HEAD").stdout
    guarded.add(NAME, RAW)
    done = guarded.git("commit", "-m", "Svar", check=False)
    assert done.returncode == 1
    assert "EST432" in done.stderr
    assert "Committen är stoppad. Inget är sparat." in done.stderr
    assert guarded.git("rev-parse", "HEAD").stdout == before
    guarded.git("restore", "--staged", NAME)
    guarded.add("content/om.md", "# Om\n\nEn rad till.\n")
    assert guarded.git("commit", "-m", "Text").stderr == ""


@pytest.mark.parametrize("options", [("-a",), ("--only", "content/om.md")], ids=["alla", "en fil"])
def test_the_index_of_the_commit_itself_is_what_counts(guarded: Repo, options: tuple[str, ...]) -> None:
    """``commit -a`` and ``commit <file>`` use an index of their own."""
    guarded.write("content/om.md", RAW)
    done = guarded.git("commit", "-m", "Klistrat", *options, check=False)
    assert done.returncode == 1
    assert "EST435" in done.stderr


def test_first_push_is_looked_at_whole(guarded: Repo, remote: Repo) -> None:
    guarded.commit("Med", **{NAME: RAW})
    guarded.remove(NAME)
    done = guarded.git("push", "origin", "main", check=False)
    assert done.returncode == 1
    assert "EST432" in done.stderr
    assert "borta nu, men kvar i historiken" in done.stderr
    assert "Pushen är stoppad. Inget är skickat." in done.stderr
    assert refs(remote) == ""


def test_added_then_deleted_between_pushes(guarded: Repo, remote: Repo) -> None:
    guarded.git("push", "-q", "origin", "main")
    sound = guarded.git("rev-parse", "HEAD").stdout.strip()
    guarded.commit("Med", **{NAME: RAW})
    guarded.remove(NAME)
    for options in (("main",), ("--force", "main"), ("HEAD:refs/heads/annan",), ("--tags",)):
        guarded.git("tag", "-f", "v1")
        assert guarded.git("push", "origin", *options, check=False).returncode == 1, options
    assert refs(remote) == "refs/heads/main\n"
    assert remote.git("rev-parse", "main").stdout.strip() == sound
    guarded.git("reset", "-q", "--hard", sound)
    guarded.commit("Rätt", **{"content/ny.md": "# Ny\n"})
    guarded.git("push", "origin", "main")


def test_deletions_and_sound_force_pushes_pass(guarded: Repo, remote: Repo) -> None:
    guarded.git("tag", "v1")
    guarded.git("tag", "-a", "v2", "-m", "Andra utgåvan")
    guarded.git("push", "-q", "origin", "main", "main:refs/heads/sida", "v1", "v2")
    guarded.commit("Ändrat", **{"content/ny.md": "# Ny\n"})
    guarded.git("push", "-q", "origin", "main")
    guarded.git("commit", "-q", "--amend", "-m", "Bättre ord")
    guarded.git("push", "-q", "--force", "origin", "main")
    guarded.git("push", "-q", "origin", ":sida", ":refs/tags/v1", ":refs/tags/v2")
    assert refs(remote) == "refs/heads/main\n"
    done = guarded.git("push", "origin", "main")
    assert "Everything up-to-date" in done.stderr


def test_force_push_over_what_was_never_fetched(guarded: Repo, remote: Repo, tmp_path: Path) -> None:
    guarded.git("push", "-q", "origin", "main")
    guarded.git("clone", "-q", str(remote.path), str(tmp_path / "annan"))
    other = Repo(tmp_path / "annan")
    other.commit("Någon annans", **{"content/annan.md": "# Annan\n"})
    other.git("push", "-q", "origin", "main")
    guarded.git("push", "-q", "--force", "origin", "main")
    other.commit("Mer", **{"content/mer.md": "# Mer\n"})
    other.git("push", "-q", "--force", "origin", "main")
    guarded.commit("Med", **{NAME: RAW})
    guarded.remove(NAME)
    assert guarded.git("push", "--force", "origin", "main", check=False).returncode == 1


# ---- hooks that were there before ----------------------------------------------------------------


def own_hook(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_an_existing_hook_is_kept_and_runs_first(repo: Repo, tmp_path: Path) -> None:
    log = tmp_path / "logg"
    folder = repo.path / ".git" / "hooks"
    own_hook(folder, "pre-commit", f"echo commit >> '{log}'")
    own_hook(folder, "pre-push", f"echo \"push $1\" >> '{log}'; cat >> '{log}'")
    before = {name: (folder / name).read_bytes() for name in HOOKS}
    told = repo.guard("--installera").stdout
    assert all(f"{name} som redan fanns är kvar" in told for name in HOOKS)
    installed(repo)
    bare = Repo(tmp_path / "server.git")
    bare.path.mkdir()
    bare.git("init", "-q", "--bare")
    repo.git("remote", "add", "origin", str(bare.path))
    repo.add("content/ny.md", "# Ny\n")
    repo.git("commit", "-q", "-m", "Ny")
    repo.git("push", "-q", "origin", "main")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["commit", "push origin"]
    assert lines[2].startswith("refs/heads/main ")
    assert len(lines) == 3
    assert repo.guard("--avinstallera").returncode == 0
    assert {name: (folder / name).read_bytes() for name in HOOKS} == before
    assert sorted(p.name for p in folder.iterdir() if not p.name.endswith(".sample")) == sorted(HOOKS)
    assert repo.git("config", "--get", "estbuild.python", check=False).returncode == 1


def test_an_existing_hook_may_say_no(repo: Repo) -> None:
    own_hook(repo.path / ".git" / "hooks", "pre-commit", "echo nej >&2; exit 7")
    installed(repo).add("content/ny.md", "# Ny\n")
    done = repo.git("commit", "-m", "Ny", check=False)
    assert done.returncode != 0
    assert done.stderr == "nej\n"


def test_a_hook_that_is_switched_off_stays_so(repo: Repo) -> None:
    own_hook(repo.path / ".git" / "hooks", "pre-commit", "exit 1").chmod(0o644)
    installed(repo).add("content/ny.md", "# Ny\n")
    repo.git("commit", "-q", "-m", "Ny")


def test_two_others_are_not_touched(repo: Repo) -> None:
    folder = repo.path / ".git" / "hooks"
    own_hook(folder, "pre-push", "exit 0")
    own_hook(folder, f"pre-push{CHAINED}", "exit 0")
    before = sorted(p.name for p in folder.iterdir())
    done = repo.guard("--installera")
    assert done.returncode == 2
    assert "EST444" in done.stderr
    assert sorted(p.name for p in folder.iterdir()) == before


def test_install_twice_is_install_once(guarded: Repo) -> None:
    folder = guarded.path / ".git" / "hooks"
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    installed(guarded)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert guarded.git("config", "--get-all", "estbuild.python").stdout.count("\n") == 1


def test_uninstall_leaves_others_alone(repo: Repo) -> None:
    mine = own_hook(repo.path / ".git" / "hooks", "pre-push", "exit 0")
    assert repo.guard("--avinstallera").returncode == 0
    assert mine.exists()


# ---- where hooks are kept ------------------------------------------------------------------------


def test_hooks_path_inside_the_repository(repo: Repo) -> None:
    repo.git("config", "core.hooksPath", ".krokar")
    installed(repo)
    assert sorted(p.name for p in (repo.path / ".krokar").iterdir()) == sorted(HOOKS)
    repo.add(NAME, RAW)
    assert repo.git("commit", "-m", "Svar", check=False).returncode == 1


def test_hooks_path_shared_by_several(repo: Repo, tmp_path: Path) -> None:
    shared = tmp_path / "delade krokar"
    repo.git("config", "core.hooksPath", str(shared))
    installed(repo)
    repo.add(NAME, RAW)
    assert repo.git("commit", "-m", "Svar", check=False).returncode == 1
    other = Repo(tmp_path / "annat")
    other.path.mkdir()
    other.git("init", "-q", "-b", "main")
    other.git("config", "core.hooksPath", str(shared))
    other.add("vad-som-helst.csv", RAW)
    other.git("commit", "-q", "-m", "Något helt annat")
    # A repository that looks like ours is not let through because nobody set it up.
    other.add("data/webbplats.yml", 'format: "1"\n')
    done = other.git("commit", "-m", "Vår", check=False)
    assert done.returncode == 1
    assert "estbuild.python saknas" in done.stderr
    assert repo.guard("--avinstallera").returncode == 0
    assert sorted(p.name for p in shared.iterdir()) == sorted(HOOKS)


def test_a_linked_work_tree_is_guarded_too(guarded: Repo, tmp_path: Path) -> None:
    guarded.git("worktree", "add", "-q", "-b", "sida", str(tmp_path / "sida"))
    side = Repo(tmp_path / "sida")
    side.add(NAME, RAW)
    assert side.git("commit", "-m", "Svar", check=False).returncode == 1
    assert installed(side).path == side.path


def test_a_folder_that_cannot_be_used(repo: Repo) -> None:
    repo.git("config", "core.hooksPath", "/dev/null")
    done = repo.guard("--installera")
    assert done.returncode == 2
    assert "EST444" in done.stderr
    assert "Traceback" not in done.stderr


# ---- when the guard cannot run -------------------------------------------------------------------


@pytest.mark.parametrize("python", ["/finns/inte/python", "", None], ids=["borta", "tom", "ingen"])
def test_without_an_interpreter_nothing_passes(guarded: Repo, remote: Repo, python: str | None) -> None:
    if python is None:
        guarded.git("config", "--unset-all", "estbuild.python")
    else:
        guarded.git("config", "estbuild.python", python)
    guarded.add("content/ny.md", "# Ny\n")
    commit = guarded.git("commit", "-m", "Ny", check=False)
    push = guarded.git("push", "origin", "main", check=False)
    for done, what in ((commit, "Committen"), (push, "Pushen")):
        assert done.returncode == 1
        assert "est-build vakt kan inte köras" in done.stderr
        assert f"{what} är stoppad, för ingen har granskat den." in done.stderr
    assert refs(remote) == ""


def test_an_interpreter_without_est_build(guarded: Repo, remote: Repo, tmp_path: Path) -> None:
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\necho No module named est_build >&2\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    guarded.git("config", "estbuild.python", str(fake))
    done = guarded.git("push", "origin", "main", check=False)
    assert done.returncode == 1
    assert f"est-build saknas i {fake}" in done.stderr
    assert refs(remote) == ""


def test_a_history_that_is_cut_short_stops_the_push(guarded: Repo, remote: Repo, tmp_path: Path) -> None:
    guarded.git("push", "-q", "origin", "main")
    guarded.commit("Mer", **{"content/ny.md": "# Ny\n"})
    guarded.git("push", "-q", "origin", "main")
    remote.git("clone", "-q", "--depth", "1", remote.path.as_uri(), str(tmp_path / "grund"))
    shallow = installed(Repo(tmp_path / "grund"))
    shallow.commit("Mer", **{"content/mer.md": "# Mer\n"})
    shallow.git("push", "-q", "origin", "main")
    done = shallow.git("push", "origin", "main:annan", check=False)
    assert done.returncode == 1
    assert "EST447" in done.stderr
    assert "Pushen är stoppad" in done.stderr


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize("shared", [True, False])
def test_hooks_are_plain_sh(tmp_path: Path, name: str, shared: bool) -> None:
    path = tmp_path / name
    path.write_text(script(name, shared=shared), encoding="utf-8")
    for shell in ("sh", "dash", "bash"):
        if any((Path(folder) / shell).exists() for folder in os.environ["PATH"].split(os.pathsep)):
            done = subprocess.run((shell, "-n", str(path)), capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")
    assert "@" not in script(name, shared=shared).replace('"$@"', "")
