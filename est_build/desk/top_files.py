"""The files of a new instance that have no ending of their own."""

from __future__ import annotations

MAKEFILE = """\
# $namn. Hjälp: make
.DEFAULT_GOAL := help
.PHONY: help site check serve

# Varifrån est-build hämtas. Byt till en viss version eller en egen kopia när ni vill.
EST_BUILD ?= $verktyg
PYTHON ?= python3
EST ?= .venv/bin/est-build

help:
	@echo 'make site    bygg webbplatsen i mappen site/'
	@echo 'make check   kontrollera alla filer'
	@echo 'make serve   visa webbplatsen på den här datorn'

.venv/bin/est-build:
	$$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet '$$(EST_BUILD)'

site: $$(EST)
	@$$(EST) check
	@$$(EST) build $$(if $$(CI),--utan-minne)

check: $$(EST)
	@$$(EST) check

serve: $$(EST)
	@$$(EST) serve
"""
GITIGNORE = """\
/site/
/build/
/.venv/
/data/.est-prepare/
.*.ny
.*.gammal
__pycache__/
# Ett första nät under enkätsvar: de hör aldrig hemma här.
enkatexport*
enkätexport*
enkatsvar*
enkätsvar*
svar*.csv
rådata*
radata*
*.xlsx
*.xls
*.ods
*.sav
*.sqlite
*.sqlite3
*.db
"""
GITATTRIBUTES = """\
* text=auto eol=lf
*.png binary
*.jpg binary
intyg.json linguist-generated
"""
