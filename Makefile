# make run    installs what is missing and starts Daymark
# make teams  installs the extra for a bot in Teams, too (docs/teams.md)
# make wheel   makes a wheel in dist/, which needs nothing of this folder (docs/operations.md)
# make cluster   installs the extra for several machines, too (docs/operations.md)
# make test   runs every test that this machine can run; of large families a part, another one with each commit
# make test-long   runs everything at full size, and lives a hundred councils: for the night
# make simulate SEEDS=1000   lives a thousand councils for two years each (or SECONDS=180)
# make fuzz   grows mails for ten minutes, in search of one that takes the reader two seconds
# make soak MINUTES=60   lives at fifty times the real load, and tells whether memory stays flat (20 minutes by default)
# make docs   makes the generated pages of docs/ anew
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
UV := $(BIN)/uv
# Compiled while installing: Prefect is so large that its first start would otherwise take 8 s longer.
INTO := --python $(BIN)/python --quiet --compile-bytecode
# Tests wait for servers more than they count; with four workers on two cores the run took a minute longer than with three.
WORKERS ?= 3
SIDE_BY_SIDE = -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: install teams cluster wheel run test test-long check style types arrows packages bench soak simulate fuzz docs lock clean system

install: $(VENV)/.installed

run: install
	@$(BIN)/daymark up

test: $(VENV)/.developing system
	$(BIN)/pytest $(SIDE_BY_SIDE) --durations=25 $(ARGS)

test-long: $(VENV)/.developing system
	DAYMARK_TEST_LONG=1 $(BIN)/pytest $(SIDE_BY_SIDE) --durations=100 $(ARGS)
	$(BIN)/python -m tests.simulation --seeds 100

# `make -j2 check` looks at the rest while mypy, which takes longest, reads the types.
check: types style arrows packages

types: $(VENV)/.developing
	$(BIN)/mypy

style: $(VENV)/.developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check

arrows: $(VENV)/.developing
	$(BIN)/lint-imports

packages: $(VENV)/.developing
	$(BIN)/deptry . --no-ansi
	$(BIN)/deptry . --no-ansi --exclude '$(VENV)' --non-dev-dependency-groups test

# Each benchmark prints its table, and the last step all aims, with MISSED where one is missed. ONLY="pages million" runs
# some; RESULTS=FILE keeps the figures, and several runs in it give medians; PAGE=docs/benchmarks.md writes them there.
ONLY ?= $(patsubst bench_%.py,%,$(notdir $(wildcard tests/benchmarks/bench_*.py)))
bench: $(VENV)/.developing
	@kept=$$(mktemp -d) && export DAYMARK_TEST_TEMPLATES=$$kept DAYMARK_BENCH_RESULTS=$(or $(RESULTS),$$kept/results.jsonl) && \
	for name in $(ONLY); do $(BIN)/python -W ignore -m tests.benchmarks.bench_$$name || exit 1; done && \
	$(BIN)/python -m tests.benchmarks.table $$DAYMARK_BENCH_RESULTS $(PAGE) && rm -r $$kept

soak: $(VENV)/.developing system
	$(BIN)/python -W ignore -m tests.benchmarks.soak $(or $(MINUTES),20)

SIMULATED := $(if $(SEEDS),--seeds $(SEEDS)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(FROM),--from $(FROM))
simulate: $(VENV)/.developing
	$(BIN)/python -m tests.simulation $(SIMULATED) $(ARGS)

# Mails that grow, in search of one that holds the reader up; SECONDS=600 by default.
fuzz: $(VENV)/.developing
	$(BIN)/python -m tests.timeline.replies.hostile.growing --seconds $(or $(SECONDS),600) $(ARGS)

# The pages that are made from what the code says and does. Tests hold them equal to it.
docs: $(VENV)/.developing
	@for page in architecture commands escalation law histories picture mails; do $(BIN)/python -m tests.docs.$${page}_page || exit 1; done

# The real parts that tests use: a browser, PostgreSQL, Redis, an IMAP server and a proxy. Installed where it may be, said where not.
system:
	@sh .ci/system

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Daymark needs Python 3.11 or later: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.installed: requirements.lock pyproject.toml | $(UV)
	$(UV) pip install $(INTO) --require-hashes -r requirements.lock
	$(UV) pip install $(INTO) --no-deps --editable .
	# Ours too: where nothing may write beside the sources, each start would compile four hundred modules anew.
	$(BIN)/python -m compileall -q cli config flows models tasks timeline web
	@touch $@

teams: requirements-teams.lock $(VENV)/.installed
	$(UV) pip install $(INTO) --require-hashes -r requirements-teams.lock

cluster: requirements-cluster.lock $(VENV)/.installed
	$(UV) pip install $(INTO) --require-hashes -r requirements-cluster.lock

wheel: | $(UV)
	rm -rf build dist
	$(UV) build --wheel --quiet --out-dir dist .
	rm -rf build

$(VENV)/.developing: requirements-dev.lock $(VENV)/.installed
	$(UV) pip install $(INTO) --require-hashes -r requirements-dev.lock
	@touch $@

# The locks hold for every platform and name no registry: whoever installs decides where from.
# `make lock UPGRADE=--upgrade` takes newer versions.
COMPILE := $(UV) pip compile pyproject.toml --no-config --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet $(UPGRADE)
lock: | $(UV)
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra teams --constraints requirements.lock --output-file requirements-teams.lock
	$(COMPILE) --extra cluster --constraints requirements.lock --output-file requirements-cluster.lock
	$(COMPILE) --extra teams --extra cluster --group dev --constraints requirements.lock --output-file requirements-dev.lock
	@! grep -nE '://|--find-links|--(extra-)?index-url' requirements.lock requirements-teams.lock requirements-cluster.lock requirements-dev.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
