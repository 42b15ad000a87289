# est-build. Two commands matter: `make site` and `make test`. What is longer than a line is in scripts/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-test site serve demo lint types format pytest test test-national bench bench-protect bench-signals fuzz lock sbom clean distclean

BIN := .venv/bin
PYTEST_ARGS ?=
# `make test EST_CHROMIUM=/path` picks a browser, `make site PYTHON=/path` an interpreter: make hands on
# both through the environment.

help:
	@echo 'make site           bygg exempelwebbplatsen i mappen site/ (hämtar allt som behövs)'
	@echo 'make serve          visa webbplatsen på den här datorn'
	@echo 'make test           kör alla kontroller och tester (hämtar allt, även webbläsaren)'
	@echo ''
	@echo 'make lint           granska koden: ruff och mypy'
	@echo 'make format         rätta och formatera koden'
	@echo 'make test-national  hela landet: prov på stora, verkliga data bredvid förrådet'
	@echo 'make bench          mät byggtid och minne'
	@echo 'make bench-protect  mät granskningen för 12, 60 och 200 områden'
	@echo 'make bench-signals  mät hur ofta slumpen ensam ger en markering'
	@echo 'make fuzz           leta fel med slumpade indata i FUZZ_SECONDS sekunder (annars 300)'
	@echo 'make demo           gör om de påhittade exempeldata'
	@echo 'make lock           gör om uv.lock efter en ändring i pyproject.toml'
	@echo 'make sbom           skriv vad programmet är gjort av: build/sbom.cdx.json'
	@echo 'make clean          ta bort det som byggts (distclean: även .venv)'

setup:
	@sh scripts/setup.sh site

setup-test:
	@sh scripts/setup.sh test

site: setup
	@$(BIN)/est-build build $(if $(CI),--utan-minne)
	@echo ''
	@echo 'Klart. Webbplatsen ligger i mappen site/.'
	@echo 'Titta på den: skriv  make serve  och öppna adressen som visas.'

serve: setup
	@$(BIN)/est-build serve

demo: setup
	@$(BIN)/est-build demo

lint: setup-test
	$(BIN)/ruff check .
	@$(MAKE) --no-print-directory types

types: setup-test
	$(BIN)/mypy

format: setup-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pytest: setup-test
	@EST_CHROMIUM="$$($(BIN)/python scripts/find_chromium.py --install)" && export EST_CHROMIUM && \
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# One after the other, also under `make -j`: the report ends with what pytest says.
test: setup-test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory pytest

test-national: setup-test
	$(BIN)/python -m pytest -m national $(PYTEST_ARGS)

bench-protect: setup-test
	@PYTHONPATH=. $(BIN)/python scripts/bench_protect.py $(BENCH_ARGS)

bench-signals: setup-test
	@PYTHONPATH=. $(BIN)/python scripts/bench_signals.py $(BENCH_ARGS)

bench: setup-test
	@$(BIN)/python scripts/bench.py $(BENCH_ARGS)

# Atheris has a folder of its own: the tests do without it, and so do systems that it is not made for.
fuzz: setup-test
	@mkdir -p build/fuzz && $(BIN)/uv export --quiet --locked --only-group fuzz --output-file build/fuzz/krav.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target build/fuzz/atheris --require-hashes \
		-r build/fuzz/krav.txt || echo 'Atheris gick inte att hämta. Bara Hypothesis körs.'
	@PYTHONPATH=build/fuzz/atheris $(BIN)/python -m tests.fuzz $(FUZZ_SECONDS)

# Not after setup, which asks for the lock file that this makes.
lock:
	@test -x $(BIN)/uv || $(MAKE) --no-print-directory setup
	$(BIN)/uv lock

sbom: setup-test
	@$(BIN)/python scripts/sbom.py build/sbom.cdx.json

clean:
	rm -rf site build .pytest_cache .mypy_cache .ruff_cache .hypothesis

distclean: clean
	rm -rf .venv
