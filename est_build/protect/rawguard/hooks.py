"""The hooks that run the guard: their text, as POSIX sh. ``cli.guard_hooks`` writes them to disk.

The interpreter stands in the repository's own configuration, not in the hook: a hook is the same text
everywhere, also in a folder of hooks that several repositories share.
"""

from __future__ import annotations

HOOKS = ("pre-commit", "pre-push")
CHAINED = ".fore-vakt"
"""End of the name of a hook that was there before; it runs first."""
CONFIG = "estbuild.python"
"""Git setting with the interpreter that has est-build."""
_MARK = "# est-build vakt: stoppar råa enkätsvar innan de hamnar i git."

_HEAD = f"""\
#!/bin/sh
{_MARK}
# Skriven av "est-build vakt --installera". Tas bort med "est-build vakt --avinstallera".
fore="$0{CHAINED}"

kan_inte() {{
    echo "est-build vakt kan inte köras: $1" >&2
    echo "@VAD@ är stoppad, för ingen har granskat den. Kör make setup och sedan" >&2
    echo "est-build vakt --installera. Försök sedan igen." >&2
    exit 1
}}

granska() {{
    python=$(git config --local --get {CONFIG})
    if [ -z "$python" ]; then
@UTAN@
    fi
    [ -x "$python" ] || kan_inte "$python finns inte."
    "$python" -P -m est_build vakt "$@"
    kod=$?
    [ "$kod" -eq 0 ] && exit 0
    "$python" -P -c 'import est_build.cli.guard' 2>/dev/null || kan_inte "est-build saknas i $python."
    [ "$kod" -eq 1 ] || kan_inte "läs raderna ovan."
    echo "@VAD@ är stoppad. @INGET@" >&2
    exit 1
}}
"""
_OWN = '        kan_inte "inställningen ' + CONFIG + ' saknas."'
_SHARED = (
    "        # En delad mapp med krokar: bara förråd som ser ut som våra granskas.\n"
    "        [ -f data/webbplats.yml ] || exit 0\n" + _OWN
)
_BODY = {
    "pre-commit": """
if [ -x "$fore" ]; then
    "$fore" "$@" || exit $?
fi
granska --staged
""",
    "pre-push": """
rader=$(cat)
skicka() {
    [ -z "$rader" ] || printf '%s\\n' "$rader"
}
if [ -x "$fore" ]; then
    skicka | "$fore" "$@" || exit $?
fi
skicka | granska "--pre-push=$2"
exit $?
""",
}
_WHAT = {
    "pre-commit": ("Committen", "Inget är sparat."),
    "pre-push": ("Pushen", "Inget är skickat."),
}


def script(name: str, *, shared: bool) -> str:
    """The text of the hook ``name``. ``shared``: its folder may serve other repositories too."""
    what, nothing = _WHAT[name]
    head = _HEAD.replace("@VAD@", what).replace("@INGET@", nothing)
    return head.replace("@UTAN@", _SHARED if shared else _OWN) + _BODY[name]


def is_ours(text: str) -> bool:
    """True for a hook that the guard wrote, of any version."""
    return _MARK in text
