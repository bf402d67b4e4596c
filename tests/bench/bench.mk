# bench.mk: speed and memory of the installed program, which users run.

BENCH_PACKAGES = hyperfine time jq
BENCHED        = $(addprefix $(BUILD)/tests/bench/,generate xlsx_loop)

.PHONY: bench benched setup-bench

$(call objects,$(BENCH)): INCLUDES = -iquote tests $(shell pkg-config --cflags xlsxwriter)
$(BUILD)/tests/bench/generate: $(filter-out %/xlsx_loop.o,$(call objects,$(BENCH)))
$(BUILD)/tests/bench/xlsx_loop: $(BUILD)/tests/bench/xlsx_loop.o
$(BENCHED):
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(shell pkg-config --libs xlsxwriter)

setup-bench: ## install the packages needed by bench
	$(call install_missing,$(BENCH_PACKAGES))

benched: $(BENCHED)
bench: $(PROGRAM) benched | $(SETUP) ## measure speed and memory, compared with jq and other tools
	@{ hyperfine -V && jq -V && env time -f '' true; } >/dev/null 2>&1 || { \
	    echo 'bench: needs $(BENCH_PACKAGES); run make setup-bench' >&2; exit 1; }
	@$(MAKE) --no-print-directory -s install DESTDIR=$(BUILD)/bench/root PREFIX=/usr
	@tests/bench/run.sh $(BUILD)
