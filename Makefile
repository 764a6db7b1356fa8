# Four verbs and the server: each works from a clean clone with Python 3.11+ and pip.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check -qq
SERVE := .venv/.serve-stamp
DEV := .venv/.dev-stamp
BENCH := .venv-bench/.stamp

.PHONY: serve test lint bench corpus soak
.DEFAULT_GOAL := serve

serve: $(SERVE)
	@$(BIN)/jiwon sync || echo "색인을 바꾸지 못해 지금 있는 색인으로 시작합니다." >&2
	@exec $(BIN)/jiwon serve

test: $(DEV)
	@$(BIN)/python -m pytest -n auto --maxprocesses 5 -m "not long"

# What takes minutes: the tests marked long, then load, faults, kills and many texts, one after the other, since each of
# those wants the machine for itself.
soak: $(DEV)
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 -m long
	@$(BIN)/python -m pytest -q -s tests/soak -o python_files='soak_*.py' -o timeout=1800

lint: $(DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(BENCH)
	@.venv-bench/bin/python -m tests.bench.retrieval
	@.venv-bench/bin/python -m tests.bench.programmes
	@.venv-bench/bin/python -m tests.bench.cost
	@.venv-bench/bin/python -m tests.bench.stores
	@.venv-bench/bin/python -m tests.bench.chunks
	@.venv-bench/bin/python tests/bench/answering.py
	@.venv-bench/bin/python tests/bench/reading.py
	@.venv-bench/bin/python tests/bench/growth.py
	@.venv-bench/bin/python -m tests.bench.page

corpus: $(DEV)
	@$(BIN)/python corpus/typeset.py

$(SERVE): requirements.lock pyproject.toml
	@$(call venv)
	@echo "필요한 패키지를 설치합니다. 처음에는 몇 분 걸립니다."
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# torch comes first and alone: pinned exactly, pip takes the build at hand and no other package widens the choice.
$(DEV): requirements-dev.lock pyproject.toml
	@$(call venv)
	@echo "개발용 패키지를 설치합니다. 처음에는 몇 분 걸립니다."
	@$(PIP) install torch==2.13.0
	@$(PIP) install -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# The libraries that the product is measured against; nothing but the benchmarks imports them.
$(BENCH): requirements-bench.lock requirements-dev.lock pyproject.toml
	@$(call venv)
	@echo "비교할 라이브러리를 설치합니다. 처음에는 몇 분 걸립니다."
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip --disable-pip-version-check -qq install torch==2.13.0
	@grep -v '^certifi==' requirements-dev.lock | \
	  .venv-bench/bin/pip --disable-pip-version-check -qq install -r /dev/stdin -r requirements-bench.lock
	@.venv-bench/bin/pip --disable-pip-version-check -qq install --no-deps --no-build-isolation -e .
	@touch $@

define venv
command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) 명령이 없습니다. Python 3.11 이상을 설치해 주세요." >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 이상이 필요합니다. 지금은 $$($(PYTHON) --version 2>&1)입니다. make PYTHON=python3.12 처럼 지정해 주세요." >&2; exit 1; }; \
test -x $(BIN)/pip || $(PYTHON) -m venv .venv
endef
