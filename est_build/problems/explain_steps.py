"""Explanations, 5xx and 6xx: the private side, building the site, and the commands of the desk."""

from __future__ import annotations

from est_build.problems.explain import explained as e

_PREPARE = "est-build prepare svar.csv --period 2026-v45-46"

_PRIVATE = {
    "EST501": e(
        "En fil i ett git-förråd hamnar lätt på nätet.",
        "A file in a git repository is easily published.",
        "est-build prepare data/svar.csv …",
        "est-build prepare ~/privat/svar.csv …",
        what="Exporten",
        value="trygghet",
    ),
    "EST502": e(
        "Allt i den mappen publiceras.",
        "All in that folder is published.",
        "est-build prepare data/svar.csv …",
        "est-build prepare ~/privat/svar.csv …",
        what="Exporten",
        value="data",
    ),
    "EST503": e(
        "Perioden är redan framtagen. Två versioner av samma tid kan jämföras och avslöja någon.",
        "The period is already made. Two versions of it could be compared.",
        _PREPARE,
        span="vecka 45–46",
        value="1286",
    ),
    "EST504": e(
        "Filen är skadad, skyddad med lösenord eller av en annan sort.",
        "The file is damaged, protected or of another kind.",
        "svar.pdf",
        "svar.xlsx",
        why="det är inget kalkylblad",
    ),
    "EST505": e(
        "Enkätverktyget har bytt rubrik på en kolumn.",
        "The survey tool has renamed a column.",
        "kolumner: {omrade: Plats}",
        "kolumner: {omrade: Område}",
        column="Plats",
        canonical="omrade",
        found="Kommun, Område, Kategori",
    ),
    "EST506": e(
        "Enkäten har fått en ny fråga.",
        "The survey has a new question.",
        "en ny kolumn: Väder",
        "ignorera: [Väder]",
        column="Väder",
    ),
    "EST507": e(
        "Enkäten har ett svarsalternativ som ingen har kopplat till en kod.",
        "The survey has an answer that no code stands for.",
        "Mörkt",
        "varden: {kategori: {Mörkt: otrygg-utformning.belysning}}",
        column="kategori",
        value="Mörkt",
    ),
    "EST508": e(
        "Verktyget skriver tidpunkter på ett annat sätt än i enkat.yml.",
        "The tool writes times in another way.",
        "3/11 2026 kl 9",
        '"%d/%m %Y kl %H"',
        value="3/11 2026 kl 9",
        allowed="%Y-%m-%d %H:%M",
    ),
    "EST509": e(
        "Organisationen är ny, eller stavad på ett annat sätt i exporten.",
        "The organisation is new or spelt in another way.",
        "Biblioteket",
        "Stadsbiblioteket",
        value="Biblioteket",
        where="Ystad",
    ),
    "EST510": e(
        "Två svar har fått samma nummer.",
        "Two answers have the same number.",
        "svar 17 från två organisationer",
        value="17",
    ),
    "EST511": e(
        "Fel period eller fel export är vald.",
        "The wrong period or export was chosen.",
        _PREPARE,
        span="vecka 45–46",
        dates="2–15 november 2026",
    ),
    "EST512": e(
        "Området och kommunen i svaret hör inte ihop.",
        "Area and municipality do not match.",
        "Kivik i Ystad",
        "Kivik i Simrishamn",
        value="Kivik",
        where="Ystad",
    ),
    "EST513": e(
        "Området har för få invånare eller organisationer för att redovisas för sig.",
        "Too few live or work in the area for it to stand by itself.",
        "slimminge för sig",
        "sammanslagna: {slimminge: rydsgard}",
        value="slimminge",
        why="färre än sex verksamheter",
    ),
    "EST515": e(
        "Två körningar samtidigt kan förstöra för varandra.", "Two runs at once could do harm.", _PREPARE
    ),
    "EST516": e(
        "Databasen är skadad eller av en äldre version.",
        "The database is damaged.",
        "svar.sqlite",
        why="filen är ingen databas",
    ),
    "EST517": e(
        "Kvartalet eller året bygger på svar som finns på en annan dator.",
        "The span rests on answers that are on another machine.",
        _PREPARE,
        span="kvartal 4, 2026",
        value="vecka 41–42",
    ),
    "EST518": e(
        "Exporten har även svar från andra perioder. Det är ofta som det ska.",
        "The export holds answers of other periods too.",
        _PREPARE,
        value="12",
    ),
    "EST520": e(
        "Disken är full, eller så får du inte skriva i mappen.",
        "The disk is full or protected.",
        _PREPARE,
        why="disken är full",
    ),
    "EST521": e(
        "Organisationen har bytt sektor i det ena men inte i det andra.",
        "The organisation has another sector in the register.",
        "Fritidsgården: skola",
        "Fritidsgården: fritid",
        value="Fritidsgården",
        found="skola",
        expected="fritid",
    ),
    "EST522": e(
        "En rad i exporten saknar något som varje svar har.",
        "A row lacks what every answer has.",
        "en rad utan organisation",
        column="organisation",
    ),
    "EST524": e(
        "Datorn stannade eller disken blev full mitt i.",
        "The machine stopped in the middle.",
        _PREPARE,
        why="disken är full",
    ),
    "EST525": e(
        "Svaret säger bara gruppen, och då går det inte att räkna per kategori.",
        "The answer names the group only.",
        "Trafik",
        "Trafik: buskörning",
        value="Trafik",
    ),
    "EST526": e(
        "Mappen med en publicerad period är borttagen ur data/.",
        "The folder of a published period was removed.",
        "data/perioder/2026-v45-46/1286/ borttagen",
        "git restore data/perioder/2026-v45-46/1286",
    ),
}
_BUILD = {
    "EST601": e(
        "Motorn som gör sidorna stannade.",
        "The engine that makes the pages stopped.",
        "est-build build",
        why="mallen gick inte att läsa",
    ),
    "EST602": e(
        "Ett program eller ett paket som behövs är inte installerat.",
        "A program or package is not installed.",
        "est-build build",
        "make site",
        value="mkdocs",
    ),
    "EST603": e(
        "Det ligger andra filer i mappen, och de får inte skrivas över.",
        "Other files are in the folder and must not be overwritten.",
        "est-build build --out ~/Dokument",
        "est-build build --out site",
        value="Dokument",
    ),
    "EST604": e(
        "Något på en färdig sida är fel: en länk leder ingenstans, eller två sidor har samma adress.",
        "Something on a finished page is wrong.",
        "[Läs mer](/finns-inte/)",
        "[Läs mer](/metod/)",
        why="länken /finns-inte/ leder ingenstans",
    ),
}
_DESK = {
    "EST611": e(
        "Det finns redan en fil med det namnet. Ingen fil skrivs över.",
        "There is a file of that name. No file is overwritten.",
        "est-build new period 2026-v45-46 (igen)",
        value="perioder/2026-v45-46/lagesbild.yml",
    ),
    "EST612": e(
        "En ny instans skrivs bara i en tom mapp.",
        "A new instance needs an empty folder.",
        "est-build new sajt Dokument",
        "est-build new sajt trygghet-norrby",
        value="Dokument",
    ),
    "EST613": e(
        "Kalendern är slut.",
        "The calendar has ended.",
        "est-build new period",
        "(fler rader i data/kalender.csv)",
        value="2026-v45-46",
    ),
    "EST614": e(
        "Det som står efter kommandot stämmer inte med det som kommandot gör.",
        "What stands after the command does not fit it.",
        "est-build new uppfoljning 2026-999",
        "est-build new uppfoljning 2026-017",
        what="Åtgärden",
        value="2026-999",
    ),
    "EST615": e(
        "Någon, eller ett annat program, sparade filen medan du läste förslaget.",
        "Somebody saved the file while you read the proposal.",
        "est-build fix",
        file="atgarder/2026-017.yml",
    ),
    "EST616": e(
        "Ett val har ett värde som inte går att använda.",
        "An option has a value that cannot be used.",
        "--kommun Ystad",
        "--kommun 1286:Ystad",
        key="--kommun",
        value="Ystad",
        hint="Skriv kod och namn, till exempel 1286:Ystad.",
    ),
}
TEXTS = {**_PRIVATE, **_BUILD, **_DESK}
