"""Explanations, 4xx: protected files, texts, the guard and the audit."""

from __future__ import annotations

from est_build.problems.explain import Explanation
from est_build.problems.explain import explained as e

_BY_HAND = "Filen är ändrad för hand, avklippt eller från en annan publicering."
_BY_HAND_EN = "The file was edited by hand, cut off or belongs to another release."


def _guarded(cause: str, cause_en: str, wrong: str, why: tuple[str, str] | None = None) -> Explanation:
    more = {} if why is None else {"why": why[0], "why_en": why[1]}
    cure = ("Ta bort filen ur committen.", "Take the file out of the commit.")
    cures = {"cure": cure[0], "cure_en": cure[1], "where": "", "where_en": ""}
    return e(cause, cause_en, wrong, "", **more, **cures)


_RELEASE = {
    "EST401": e(
        _BY_HAND, _BY_HAND_EN, "rapporter.csv utan raden kommun,ystad,alla,,,,", why="1 rader saknas"
    ),
    "EST402": e(
        _BY_HAND,
        _BY_HAND_EN,
        "kommun,ystad,alla,,,12,",
        "kommun,ystad,alla,,,10,14",
        value="12",
        steps="5–9, …",
    ),
    "EST403": e(
        "Mappen är kopierad utan sitt intyg.",
        "The folder was copied without its attestation.",
        "data/perioder/2026-v45-46/1286/ utan intyg.json",
    ),
    "EST404": e(
        _BY_HAND, _BY_HAND_EN, "rapporter.csv sparad på nytt i ett kalkylprogram", value="rapporter.csv"
    ),
    "EST405": e(
        _BY_HAND,
        _BY_HAND_EN,
        '"kommun": "1291" i mappen 1286/',
        '"kommun": "1286"',
        why="det gäller 1291 2026-v45-46",
    ),
    "EST406": e(
        _BY_HAND, _BY_HAND_EN, "1286,alla,10,15,19", "1286,alla,21,15,19", why="fler svar än inbjudna"
    ),
}
_TEXT = {
    "EST411": e(
        "Ett nummer i texten har formen av ett personnummer.",
        "A number looks like an identity number.",
        "Personen, 19…-…, sågs",
        "En person sågs",
        value="19…",
    ),
    "EST412": e(
        "Ett telefonnummer kan leda till en person.",
        "A telephone number may lead to a person.",
        "Ring 07…",
        "Ring kommunens växel",
        value="07…",
    ),
    "EST413": e(
        "Adressen ser ut att vara en persons, inte en funktions.",
        "The address looks like a person's.",
        "Skriv till fo…",
        "Skriv till trygghet@kommunen.example",
        value="fo…",
    ),
    "EST414": e(
        "Ett registreringsnummer pekar ut en ägare.",
        "A registration plate points out an owner.",
        "Bilen AB…",
        "En bil",
        value="AB…",
    ),
    "EST415": e(
        "Gata och nummer pekar ut ett hem.",
        "Street and number point out a home.",
        "Utanför St…",
        "På en gata i centrum",
        value="St…",
    ),
    "EST416": e(
        "Ett numrerat trapphus pekar ut några få hem.",
        "A numbered stairwell points out a few homes.",
        "I trapphus …",
        "I ett trapphus",
        value="tr…",
    ),
    "EST417": e(
        "Koordinater är en punkt på kartan.",
        "Coordinates are a point on the map.",
        "Vid 55…, 13…",
        "I Svarte",
        value="55…",
    ),
    "EST418": e(
        "En fastighetsbeteckning pekar ut en ägare.",
        "A property designation points out an owner.",
        "På fastigheten Sv…",
        "I Svarte",
        value="Sv…",
    ),
    "EST419": e(
        "Ett konto eller en länk i sociala medier leder till en människa.",
        "An account or a link leads to a person.",
        "Se @…",
        "Se kommunens webbplats",
        value="@…",
    ),
    "EST420": e(
        "Ett exakt antal bredvid de publicerade stegen kan avslöja det som är dolt.",
        "An exact number beside the published steps may reveal what is hidden.",
        "Sju rapporter handlade om mörker",
        "5–9 rapporter handlade om mörker",
        value="Sju rapporter",
    ),
    "EST421": e(
        "Ordet pekar ut en grupp, en plats eller en person, eller lovar mer än vi vet.",
        "The word points out a group, a place or a person, or claims too much.",
        "Vid ett hvb",
        "I norra delen av tätorten",
        value="hvb",
        why="det röjer var människor som behöver skydd finns",
        instead="Nämn inte verksamheten.",
    ),
    "EST422": e(
        "Ordet kan behövas, men två roller ska ha tänkt på det.",
        "The word may be needed, but two roles must have thought of it.",
        "Kameror sätts upp",
        "Platsen blir mer överblickbar",
        value="Kameror",
        why="det kan störa en åtgärd",
        instead="Skriv vad invånaren märker.",
        file="atgarder/2026-017.yml",
    ),
    "EST423": e(
        "Det går att säga bättre. Inget stoppas.",
        "It can be said better. Nothing is stopped.",
        "Klippningen ledde till bättre ljus",
        "Ljuset är bättre sedan träden klipptes",
        value="ledde till",
        why="ingen har undersökt orsaken",
        instead="Skriv vad som har hänt.",
    ),
    "EST424": e(
        "För- och efternamn i följd är nästan alltid en person.",
        "A first and a last name together are nearly always a person.",
        "Kontakta (förnamn efternamn)",
        "Kontakta fältgruppen",
        value="(förnamn efternamn)",
        file="fragor/2026-004.yml",
    ),
    "EST425": e(
        "Ett ensamt förnamn kan vara en person, men också ett vanligt ord.",
        "A first name by itself may be a person, or an ordinary word.",
        "Enligt (förnamn)",
        "Enligt fritidsgården",
        value="(förnamn)",
    ),
    "EST426": e(
        "Klockslag, ålder och liknande gör att den som var där kan kännas igen.",
        "Times and ages let those who were there be recognised.",
        "Klockan 21.40 på tisdagen",
        "Sent på kvällen",
        value="Klockan 21.40",
        why="ett exakt klockslag",
        file="perioder/2026-v45-46/lagesbild.yml",
    ),
    "EST427": e(
        "Ett antal händelser eller personer bredvid siffrorna kan avslöja en dold ruta.",
        "A number of events beside the figures may reveal a hidden box.",
        "Vid två tillfällen",
        "Vid några tillfällen",
        value="två tillfällen",
        file="perioder/2026-v45-46/lagesbild.yml",
    ),
    "EST428": e(
        "Texten är ändrad sedan den godkändes, eller så är raden felstavad.",
        "The text has changed since it was signed off, or the row is misspelt.",
        "uttryck: kamror",
        "uttryck: kameror",
        value="kamror",
        file="atgarder/2026-017.yml",
        why="uttrycket finns inte i filen",
    ),
    "EST429": e(
        "Texten är inklistrad från en sida eller ett dokument med tecken som inte syns.",
        "The text was pasted with characters that are not seen.",
        "Ljus(osynligt tecken)",
        "Ljus",
        value="3",
    ),
}
_GUARD = {
    "EST431": _guarded(
        "Bara filer med en bestämd plats och form får ligga i förrådet.",
        "Only files with a known place may be in the repository.",
        "anteckningar.txt",
        ("Filer av det slaget har inget att göra här", "Files of that kind have no business here"),
    ),
    "EST432": _guarded(
        "Kalkylblad, dokument och arkiv kan innehålla svar.",
        "Sheets, documents and archives may hold answers.",
        "svar.xlsx",
        ("ett kalkylblad", "a spreadsheet"),
    ),
    "EST433": _guarded(
        "Filens innehåll är av ett annat slag än namnet säger.",
        "The content is of another kind than the name says.",
        "bild.png som är ett zip-arkiv",
        ("ett zip-arkiv", "a zip archive"),
    ),
    "EST434": _guarded(
        "Filen har kolumner eller nycklar som den inte ska ha.",
        "The file has columns or keys that it should not have.",
        "rapporter.csv med kolumnen organisation",
        ("kolumnen organisation", "a column"),
    ),
    "EST435": _guarded(
        "Rader med nummer, klockslag och organisationer är så som enkätsvar ser ut.",
        "Rows with numbers, times and organisations look like answers.",
        "en inklistrad tabell ur enkäten",
        ("rader med klockslag", "rows with times"),
    ),
    "EST436": _guarded(
        "Kodad text kan innehålla vad som helst.",
        "Encoded text may hold anything.",
        "ett långt stycke base64",
        ("base64", "base64"),
    ),
    "EST437": _guarded(
        "En länk kan leda till den privata sidan.",
        "A link may lead to the private side.",
        "data/svar -> en annan mapp",
    ),
    "EST438": _guarded(
        "Ett förråd i förrådet kan inte granskas.",
        "A repository inside cannot be checked.",
        "en submodul i data/",
    ),
    "EST439": _guarded(
        "Pekaren kan stå för vilken fil som helst.",
        "The pointer may stand for any file.",
        "version https://git-lfs.github.com/spec/v1",
    ),
    "EST440": _guarded(
        "Filen är mycket större än filer av sitt slag brukar vara.",
        "The file is far larger than its kind ever is.",
        "data/skydd.yml, 3 MB",
        ("3 MB", "3 MB"),
    ),
    "EST441": _guarded(
        "Bilder bär ofta på plats, tid och kamera.",
        "Images often carry place and time.",
        "foto.jpg direkt ur en telefon",
        ("den säger var den togs", "it says where it was taken"),
    ),
    "EST442": _guarded(
        "En bild kan innehålla kod eller hämta något från nätet.",
        "An image may hold code or fetch something.",
        "karta.svg med ett skript",
        ("ett skript", "a script"),
    ),
    "EST444": e(
        "Det finns redan krokar i git som vakten inte kan ställa sig framför.",
        "There are hooks in git that the guard cannot precede.",
        "est-build vakt --installera",
        why="det finns redan två andra krokar",
        why_en="two other hooks exist",
    ),
    "EST445": e("git är inte installerat, eller hittas inte.", "git is not installed.", "est-build vakt"),
    "EST446": e(
        "Kommandot körs i en mapp utanför förrådet.",
        "The command runs outside the repository.",
        "est-build vakt i fel mapp",
        "est-build vakt --root förrådets-mapp",
    ),
    "EST447": e(
        "Förrådet är hämtat med bara de senaste ändringarna.",
        "The repository was fetched with the latest commits only.",
        "git clone --depth 1",
        "git fetch --unshallow",
    ),
    "EST448": e(
        "Grenen eller committen finns inte på den här datorn.",
        "The branch or commit is not on this machine.",
        "--base mian",
        "--base main",
        value="mian",
    ),
    "EST449": e(
        "git avslutade med ett fel, ofta för att förrådet är skadat.",
        "git failed, often because the repository is damaged.",
        "git cat-file",
        why="git cat-file",
        why_en="git cat-file",
    ),
}
_AUDIT = {
    "EST451": e(
        "Tabellerna i planen kan tillsammans inte granskas.",
        "The tables cannot be audited together.",
        "kvartal: [kommun_miljo, omrade_miljo, omrade_tid]",
        "kvartal: [kommun, kommun_grupp, omrade]",
        why="två tabeller delar samma rutor på olika sätt",
    ),
    "EST452": e(
        "En gräns i skydd.yml är ändrad mitt i ett år.",
        "A limit was changed within a year.",
        "rapporter: 10 (var 5)",
        "rapporter: 5",
        span="vecka 45–46",
    ),
    "EST453": e(
        "En fil i skydd/ har fel namn eller fel år.",
        "A file in skydd/ has the wrong name or year.",
        "skydd/2025.yml med galler_fran: 2026",
        "skydd/2026.yml med galler_fran: 2026",
        why="filen heter 2025.yml men gäller från 2026",
    ),
    "EST454": e(
        "En gräns är ritad om mitt i ett år. Skillnaden mellan gammal och ny yta kan avslöja någon.",
        "A border was redrawn within a year.",
        "en ändrad yta i omraden.geojson",
        span="vecka 45–46",
    ),
    "EST455": e(_BY_HAND, _BY_HAND_EN, "verkligheter.csv ändrad för hand", why="en rad är fel skriven"),
    "EST456": e(
        "En publicerad fil är ändrad eller borttagen. Jämförelsen mellan gammal och ny kan avslöja någon.",
        "A published file was changed or removed.",
        "rapporter.csv i en stängd period",
        value="3f2a91c0de",
    ),
    "EST457": e(
        "Förrådet är hämtat med bara de senaste ändringarna.",
        "The repository was fetched with the latest commits only.",
        "git clone --depth 1",
        "git fetch --unshallow",
    ),
    "EST458": e(
        "Mappen är en kopia utan sin historik.",
        "The folder is a copy without its history.",
        "en uppackad zip-fil",
        "git clone …",
        why="git hittar inget förråd",
    ),
    "EST459": e(
        "Det som är ute går inte att ta tillbaka. Mer vid sidan av skulle röja en ruta.",
        "What is out cannot be taken back; more beside it would expose a box.",
        "est-build prepare … --period 2026-v45-46",
        value="1286 2026-v45-46",
    ),
    "EST460": e(
        "För få organisationer rör sig i området just nu.",
        "Too few organisations are there now.",
        "ett litet område",
        value="slimminge",
        why="färre än sex verksamheter",
    ),
    "EST461": e(
        "En kategori är ändrad mitt i ett år.",
        "A category was changed within a year.",
        "kanslighet: oppen (var omrade)",
        "fran_ar: 2027",
        span="vecka 45–46",
    ),
}
TEXTS = {**_RELEASE, **_TEXT, **_GUARD, **_AUDIT}
