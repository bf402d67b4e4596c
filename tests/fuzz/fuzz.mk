# fuzz.mk: a libFuzzer program for each harness.

HARNESSES = documents times controls scope waivers baseline
FUZZERS   = $(addprefix $(BUILD)/,$(HARNESSES))
FUZZ      = $(filter-out %/fuzz_entry.c %/check_fuzz.c,$(wildcard tests/fuzz/*.c)) \
            tests/support/json_trees.c

.PHONY: fuzz fuzzers

$(FUZZERS): $(BUILD)/%: tests/fuzz/fuzz_entry.c $(COMMON_OBJECTS) $(call objects,$(FUZZ))
	$(call say,link)
	$(Q)$(LINK) -fsanitize=fuzzer -std=c11 -DFUZZ=fuzz_$(@F) -iquote src -iquote formats -iquote tests $(PKG_CFLAGS) \
	    -o $@ $^ $(LIBS)
fuzzers: $(FUZZERS)

# New inputs are kept in $(BUILD)/fuzz/corpus. Comparisons are not traced: that would halve the
# speed, and the dictionary has the values.
SECONDS   = 60
FUZZ_ARGS = -max_len=8192 -timeout=20 -dict=tests/fuzz/certaudit.dict -max_total_time=$(SECONDS)
fuzz: | $(SETUP) ## fuzz every reader for SECONDS=60 each, under ASan and UBSan
	@ls $$(clang -print-runtime-dir)/libclang_rt.fuzzer-* > /dev/null 2>&1 || \
	    { echo 'fuzz: needs $(EXTRA_PACKAGES); run make setup-extra' >&2; exit 1; }
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang HARDEN= $(NO_SANDBOX) LDFLAGS='$(SANITIZE)' \
	    CFLAGS='-O2 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link \
	    -fno-sanitize-coverage=trace-cmp $(SANITIZE)' fuzzers
	@cd $(BUILD)/fuzz && mkdir -p finds $(addprefix corpus/,$(HARNESSES))
	@status=0; for harness in $(HARNESSES); do \
	    seeds=tests/fuzz/$$harness; test $$harness != documents || seeds="$$seeds fixtures"; \
	    log=$(BUILD)/fuzz/$$harness.log; echo "  fuzz $$harness"; \
	    $(BUILD)/fuzz/$$harness $(FUZZ_ARGS) -artifact_prefix=$(BUILD)/fuzz/finds/$$harness- \
	        $(BUILD)/fuzz/corpus/$$harness $$seeds > $$log 2>&1 || \
	        { status=1; grep -E 'does not hold|ERROR:|runtime error:|Test unit written to' $$log || \
	          tail $$log; }; \
	done; exit $$status
