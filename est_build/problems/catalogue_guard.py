"""The catalogue, 431-449: the guard that keeps raw survey exports out of the repository.

No message here ever repeats what a file holds: the guard also speaks in public logs. ``{where}`` names
the commit, ``{cure}`` what to do; both depend on whether the file is on its way in or already in history.
"""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

PLACE_UNKNOWN = Kind(
    "EST431",
    "fel",
    "Filen har ingen plats i förrådet{where}. {why}.",
    "{cure}",
    "The file has no place in the repository{where_en}. {why_en}.",
    "{cure_en}",
)
DATA_FORMAT = Kind(
    "EST432",
    "fel",
    "Filen är {why} och ingen av de filer som får ligga i förrådet{where}.",
    "{cure}",
    "The file is {why_en} and none of those that may be in the repository{where_en}.",
    "{cure_en}",
)
DISGUISED = Kind(
    "EST433",
    "fel",
    "Filen är inte det som namnet säger{where}: den är {why}.",
    "{cure}",
    "The file is not what its name says{where_en}: it is {why_en}.",
    "{cure_en}",
)
NOT_AS_KNOWN = Kind(
    "EST434",
    "fel",
    "Innehållet är inte det som filen ska ha{where}: {why}.",
    "{cure}",
    "The content is not what the file should have{where_en}: {why_en}.",
    "{cure_en}",
)
LOOKS_RAW = Kind(
    "EST435",
    "fel",
    "Innehållet ser ut som råa enkätsvar{where}: {why}.",
    "{cure} Är det inga svar? Ta då bort kolumnen med nummer eller klockslag, eller räkna ihop raderna.",
    "The content looks like raw survey answers{where_en}: {why_en}.",
    "{cure_en} If it is something else, drop the column of numbers or times, or add the rows up.",
)
ENCODED = Kind(
    "EST436",
    "fel",
    "Filen har ett långt stycke som är kodat så att ingen kan läsa det{where}: {why}.",
    "{cure}",
    "The file has a long encoded part that nobody can read{where_en}: {why_en}.",
    "{cure_en}",
)
LINK = Kind(
    "EST437",
    "fel",
    "Filen är en länk till något annat{where}. Det kan leda till den privata sidan.",
    "{cure}",
    "The file is a symbolic link{where_en}. It may lead to the private side.",
    "{cure_en}",
)
SUBMODULE = Kind(
    "EST438",
    "fel",
    "Här ligger ett annat förråd (submodul){where}. Dess innehåll kan vakten inte se.",
    "{cure}",
    "This is another repository (submodule){where_en}. The guard cannot see its content.",
    "{cure_en}",
)
LFS_POINTER = Kind(
    "EST439",
    "fel",
    "Filen är en pekare till Git LFS{where}. Det som den pekar på kan vakten inte se.",
    "{cure}",
    "The file is a Git LFS pointer{where_en}. The guard cannot see what it points at.",
    "{cure_en}",
)
TOO_LARGE = Kind(
    "EST440",
    "fel",
    "Filen är för stor{where}: {why}.",
    "{cure}",
    "The file is too large{where_en}: {why_en}.",
    "{cure_en}",
)
IMAGE_METADATA = Kind(
    "EST441",
    "fel",
    "Bilden bär på mer än det som syns{where}: {why}.",
    "Spara bilden på nytt utan metadata (ta en skärmbild av den, eller exportera utan metadata). {cure}",
    "The image carries more than what is seen{where_en}: {why_en}.",
    "Save the image again without metadata. {cure_en}",
)
IMAGE_ACTIVE = Kind(
    "EST442",
    "fel",
    "Bilden är inte bara en bild{where}: {why}.",
    "Ta bort det ur bilden. {cure}",
    "The image is more than an image{where_en}: {why_en}.",
    "Remove it from the image. {cure_en}",
)

HOOK_TAKEN = Kind(
    "EST444",
    "fel",
    "Vakten kan inte läggas in i git: {why}.",
    "Ordna det och kör est-build vakt --installera igen.",
    "The guard cannot be installed in git: {why_en}.",
    "Mend it and run est-build vakt --installera again.",
)
GIT_MISSING = Kind(
    "EST445",
    "fel",
    "git finns inte på den här datorn. Vakten läser filerna ur git.",
    "Installera git och kör igen.",
    "git is not on this machine. The guard reads the files from git.",
    "Install git and run again.",
)
NO_REPOSITORY = Kind(
    "EST446",
    "fel",
    "Mappen hör inte till något git-förråd.",
    "Gå till mappen med förrådet, eller peka ut den med --root.",
    "The folder belongs to no git repository.",
    "Go to the repository, or name it with --root.",
)
HISTORY_CUT = Kind(
    "EST447",
    "fel",
    "Historiken är avkortad här. Vakten kan inte se alla commits som ska granskas.",
    "Hämta resten med git fetch --unshallow. I GitHub Actions: fetch-depth: 0 i checkout-steget.",
    "The history is cut short here. The guard cannot see every commit that it should check.",
    "Run git fetch --unshallow. In GitHub Actions: fetch-depth: 0 in the checkout step.",
)
REF_UNKNOWN = Kind(
    "EST448",
    "fel",
    "git känner inte till {value}.",
    "Kontrollera stavningen, eller hämta grenen med git fetch.",
    "git does not know {value}.",
    "Check the spelling, or fetch the branch.",
)
GIT_FAILED = Kind(
    "EST449",
    "fel",
    "git svarade inte som väntat: {why}.",
    "Kör git fsck och försök igen.",
    "git did not answer as expected: {why_en}.",
    "Run git fsck and try again.",
)
