# certaudit: build, test, install. GNU make. `make help` lists the goals.

VERSION = 0.1.0

# For the user to set, as CC and CPPFLAGS are.
CFLAGS  ?= -O2 -g
LDFLAGS ?=
PREFIX  ?= /usr/local
DESTDIR ?=
WERROR  ?=
BUILD    = build
V       ?=

# `make V=1` shows whole command lines.
Q   = $(if $(V),,@)
say = $(if $(V),,@echo "  $(1) $@")

BINDIR = $(DESTDIR)$(PREFIX)/bin
MANDIR = $(DESTDIR)$(PREFIX)/share/man

# Debian's names of what building and testing need, of what .ci/run needs besides, of what fuzz and
# coverage do, of what bench does, and of what look does.
PACKAGES    = gcc make pkg-config libc6-dev libcjson-dev libxlsxwriter-dev libminizip-dev \
              zlib1g-dev libcsv-dev libssl-dev libseccomp-dev check jq xlsx2csv cmark-gfm mandoc \
              libxml2-utils
CI_PACKAGES = clang clang-format cppcheck $(DIST_PACKAGES)
DIST_PACKAGES = binutils dpkg-dev git util-linux xz-utils
EXTRA_PACKAGES = clang libclang-rt-dev gcovr
BENCH_PACKAGES = hyperfine time jq
LOOK_PACKAGES  = $(OFFICE) poppler-utils cmark-gfm pandoc chromium tmux aha imagemagick \
                 fonts-crosextra-carlito fonts-liberation fonts-dejavu-core
# LibreOffice with its windows, or without: each puts the other one out, so the one that is there.
OFFICE = libreoffice-calc$(if $(shell dpkg-query -W -f '$${db:Status-Status}' libreoffice-core \
         2>/dev/null | grep -x installed),,-nogui)

# Flags. Everything that runs a program is expanded late (=), so that `setup` can bring it.
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wformat=2 -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wswitch-enum \
           $(if $(filter 1,$(WERROR)),-Werror)
FORTIFY  = $(if $(filter -O%,$(filter-out -O0,$(CFLAGS))),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
X86      = $(filter x86_64-% i386-% i486-% i586-% i686-%,$(shell $(CC) -dumpmachine))
HARDEN   = -fstack-protector-strong $(FORTIFY) $(if $(X86),-fcf-protection)
HARDEN_LINK = -Wl,-z,relro,-z,now

COMPILE = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) -fPIE -pthread $(HARDEN) $(INCLUDES) $(DEFINES) \
          -MMD -MP $(CPPFLAGS) $(CFLAGS)
LINK    = $(CC) -pie -pthread $(HARDEN_LINK) $(CFLAGS) $(LDFLAGS)

PKG_CFLAGS = $(shell pkg-config --cflags libcjson xlsxwriter libcrypto libseccomp)
LIBS       = $(shell pkg-config --libs libcjson xlsxwriter libcrypto libseccomp) -lcsv -lminizip -lz -lm -pthread
TEST_LIBS  = $(shell pkg-config --libs check)
# Puts the runner's own function in front of Check's, for the messages of failures.
TEST_LINK  = -Wl,--wrap=_ck_assert_failed

# Files. Of src/ only main.c sees a header of formats/: an upward arrow does not build.
CORE    = $(wildcard src/*/*.c)
FORMATS = $(wildcard formats/*.c formats/*/*.c)
FUZZ    = $(filter-out tests/fuzz/fuzz_entry.c,$(wildcard tests/fuzz/*.c))
PRELOAD = tests/fault_injection/faults.c tests/fault_injection/probe.c
BENCH   = $(wildcard tests/bench/*.c)
TESTS   = $(filter-out tests/fuzz/fuzz_entry.c $(PRELOAD) $(BENCH),$(wildcard tests/*.c tests/*/*.c))
SOURCES = $(wildcard src/*.c src/*/*.[ch] formats/*.[ch] formats/*/*.[ch] tests/*.c tests/*/*.[ch] .dist/*.c)

PROGRAM = $(BUILD)/certaudit
RUNNER  = $(BUILD)/tests/check
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
COMMON_OBJECTS  = $(call objects,$(CORE) $(FORMATS) controls_data.c)
PROGRAM_OBJECTS = $(COMMON_OBJECTS) $(call objects,src/main.c)
TEST_OBJECTS    = $(COMMON_OBJECTS) $(call objects,$(TESTS))
PRELOADED       = $(patsubst %.c,$(BUILD)/%.so,$(PRELOAD))
BENCHED         = $(addprefix $(BUILD)/tests/bench/,generate xlsx_loop)

# Where set-up and work are asked for at once, set-up comes first, with -j too.
SETUP = $(filter setup setup-ci setup-extra setup-dist setup-bench setup-look,$(MAKECMDGOALS))

.PHONY: all setup setup-ci setup-extra setup-dist setup-bench setup-look demo programs check golden \
        sanitize sanitize-threads coverage werror lint fuzz fuzzers benched bench look picture dist \
        dist-check install uninstall clean help FORCE
.DELETE_ON_ERROR:

all: $(PROGRAM) ## build the program (default)

$(PROGRAM): $(PROGRAM_OBJECTS)
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(RUNNER): $(TEST_OBJECTS)
	$(call say,link)
	$(Q)$(LINK) $(TEST_LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(BUILD)/tests/bench/generate: $(filter-out %/xlsx_loop.o,$(call objects,$(BENCH)))
$(BUILD)/tests/bench/xlsx_loop: $(BUILD)/tests/bench/xlsx_loop.o
$(BENCHED):
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(shell pkg-config --libs xlsxwriter)

$(sort $(PROGRAM_OBJECTS) $(TEST_OBJECTS)) $(call objects,$(BENCH)): $(BUILD)/flags

# Headers are named by their room. -iquote, since src/base/memory.h is not the system's <memory.h>.
$(call objects,$(CORE) controls_data.c):    INCLUDES = -iquote src $(PKG_CFLAGS)
$(call objects,src/main.c $(FORMATS)): INCLUDES = -iquote src -iquote formats $(PKG_CFLAGS)
$(call objects,$(TESTS)): INCLUDES = -iquote src -iquote formats -iquote tests $(PKG_CFLAGS) \
                                     $(shell pkg-config --cflags check)
$(call objects,$(BENCH)): INCLUDES = -iquote tests $(shell pkg-config --cflags xlsxwriter)
$(BUILD)/src/base/build_info.o: DEFINES = -DCERTAUDIT_VERSION='"$(VERSION)"' -DCERTAUDIT_COMMIT='"$(or $(COMMIT),not known)"'
$(BUILD)/src/base/build_info.o: $(BUILD)/commit

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(call say,cc)
	$(Q)$(COMPILE) -c -o $@ $<

# Libraries that tests load ahead of the C library. They take the names of functions that are macros
# or inline where they are checked.
$(PRELOADED): DEFINES = -U_FORTIFY_SOURCE -fPIC
$(PRELOADED): INCLUDES = -iquote src -iquote tests
$(PRELOADED): $(BUILD)/%.so: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(COMPILE) -shared $(LDFLAGS) -o $@ $<

# The control table as bytes, declared in src/rules/controls_data.h.
$(BUILD)/controls_data.c: src/rules/controls.csv Makefile
	@mkdir -p $(@D)
	$(call say,make)
	$(Q){ printf '#include "rules/controls_data.h"\nconst unsigned char controls_data[] = {\n'; \
	  od -An -v -tu1 $< | awk '{ gsub(/ +/, ","); print substr($$0, 2) "," }'; \
	  printf '};\nconst size_t controls_data_size = sizeof controls_data;\n'; } > $@

# Changes when a flag, the compiler or the version does, and with it every object.
FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(WERROR) $(VERSION)
$(BUILD)/flags: FORCE | $(SETUP)
	@mkdir -p $(@D)
	@printf '%s\n' '$(FLAGS)' | cmp -s - $@ || printf '%s\n' '$(FLAGS)' > $@

# The commit of a clean tree.
COMMIT := $(shell .dist/tree commit)
$(BUILD)/commit: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(COMMIT)' | cmp -s - $@ || printf '%s\n' '$(COMMIT)' > $@

FORCE:

-include $(patsubst %.o,%.d,$(sort $(PROGRAM_OBJECTS) $(TEST_OBJECTS) $(call objects,$(BENCH)))) \
         $(PRELOADED:.so=.d)

# $(call install_missing,PACKAGES): silent where nothing is missing.
define install_missing
@command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || { \
    echo 'setup: this is no Debian; install what these packages hold: $(strip $(1))' >&2; exit 1; }; \
missing=$$(for package in $(1); do \
    dpkg-query -W -f '$${db:Status-Status}\n' $$package 2>/dev/null | grep -qx installed || \
    echo $$package; done); \
test -n "$$missing" || exit 0; \
if test "$$(id -u)" -eq 0; then root=; elif command -v sudo >/dev/null; then root=sudo; else \
    echo 'setup: needs root or sudo to install:' $$missing >&2; exit 1; fi; \
echo 'setup: installing' $$missing; \
$$root apt-get -q update && $$root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q install -y --no-install-recommends $$missing
endef

setup: ## install the Debian packages that are missing
	$(call install_missing,$(PACKAGES))

setup-extra: ## install what fuzz and coverage need besides
	$(call install_missing,$(EXTRA_PACKAGES))

setup-dist: ## install what dist needs besides
	$(call install_missing,$(DIST_PACKAGES))

setup-bench: ## install what bench needs besides
	$(call install_missing,$(BENCH_PACKAGES))

setup-look: ## install what look and picture need besides
	$(call install_missing,$(LOOK_PACKAGES))

setup-ci: $(filter setup,$(MAKECMDGOALS)) ## install what .ci/run needs besides
	$(call install_missing,$(CI_PACKAGES))

# The example holds failures: its exit status is 1, and anything else is an error here.
DEMO = $(PROGRAM) fixtures/example --as-of 2026-11-20T00:00:00Z
demo: $(PROGRAM) ## report on fixtures/example to the terminal and to build/demo/
	@mkdir -p $(BUILD)/demo
	$(DEMO); test $$? -eq 1
	$(DEMO) $(patsubst %,-o $(BUILD)/demo/report.%,csv xlsx md); test $$? -eq 1

programs: $(PROGRAM) $(RUNNER) $(PRELOADED)

check: programs ## run every test
	@CERTAUDIT=$(PROGRAM) $(RUNNER)

golden: programs ## write the expected output of tests/golden anew, to be reviewed
	CERTAUDIT=$(PROGRAM) tests/golden/update.sh

# Without the sandbox, which refuses what the sanitizers do (ptrace, files of their own). A status
# of its own for what a sanitizer finds: 1 is a FAIL's. Without a fork for each test: the
# sanitizers' shadow memory makes forks slow, so that most of the time would go there.
NO_SANDBOX = CPPFLAGS='$(CPPFLAGS) -DCERTAUDIT_WITHOUT_SANDBOX'
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize: | $(SETUP) ## run every test under ASan and UBSan
	@ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99 CK_FORK=no \
	$(MAKE) --no-print-directory BUILD=$(BUILD)/asan HARDEN= $(NO_SANDBOX) LDFLAGS='$(SANITIZE)' \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer $(SANITIZE)' check

# Each run works with eight threads where the test says nothing else. What fails is a library's
# call or a disk, and that on several threads, in the suites of the plain build.
sanitize-threads: | $(SETUP) ## run every test but faults under ThreadSanitizer, with 8 threads
	@TSAN_OPTIONS=exitcode=99 CK_FORK=no \
	$(MAKE) --no-print-directory BUILD=$(BUILD)/tsan HARDEN= \
	    CPPFLAGS='$(CPPFLAGS) -DCERTAUDIT_WITHOUT_SANDBOX -DCERTAUDIT_JOBS=8' \
	    LDFLAGS=-fsanitize=thread CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=thread' check

# A process that may write no file leaves no counts, or half of them: it shall not say so in between,
# and gcov's sums may be out by one there. What a failing assert does is not for a test to reach.
COVERAGE = $(BUILD)/coverage
coverage: | $(SETUP) ## run every test, and tell which lines and branches none reaches
	@command -v gcovr >/dev/null || { \
	    echo 'coverage: needs $(EXTRA_PACKAGES): run make setup-extra' >&2; exit 1; }
	@mkdir -p $(COVERAGE)/html && find $(COVERAGE) -name '*.gcda' -exec rm -f {} +
	@GCOV_ERROR_FILE=/dev/null CK_FORK=no \
	$(MAKE) --no-print-directory BUILD=$(COVERAGE) CC=gcc HARDEN= $(NO_SANDBOX) LDFLAGS=--coverage \
	    CFLAGS='-O0 -g --coverage' check
	gcovr --root . --filter src/ --filter formats/ --exclude-branches-by-pattern '.*\bassert\(.*' \
	    --gcov-ignore-parse-errors --json $(COVERAGE)/coverage.json $(COVERAGE)
	gcovr --root . --add-tracefile $(COVERAGE)/coverage.json --sort-uncovered --txt
	gcovr --root . --add-tracefile $(COVERAGE)/coverage.json --sort-uncovered --branches --txt \
	    --html-details $(COVERAGE)/html/index.html --print-summary \
	    --fail-under-line 95 --fail-under-branch 90

werror: | $(SETUP) ## build with -Werror under gcc and under clang
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/gcc CC=gcc WERROR=1 programs benched
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang WERROR=1 programs benched

# cppcheck is not shown the system's headers (missingIncludeSystem), so it is told of cJSON's loop.
CJSON_LOOP = cJSON_ArrayForEach(item,array)=for(item=(array)->child;item;item=item->next)
lint: | $(SETUP) ## mandoc, clang-format, cppcheck
	mandoc -T lint -W warning man/*.[15]
	clang-format --dry-run -Werror $(SOURCES)
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -D_POSIX_C_SOURCE=200809L \
	    --enable=warning,performance,portability --suppress=missingIncludeSystem \
	    -D'$(CJSON_LOOP)' -DLOADER='""' -Isrc -Iformats src formats .dist

# A program of libFuzzer for each harness of tests/fuzz.
HARNESSES = documents times controls scope waivers baseline
FUZZERS   = $(addprefix $(BUILD)/,$(HARNESSES))
$(FUZZERS): $(BUILD)/%: tests/fuzz/fuzz_entry.c $(COMMON_OBJECTS) $(call objects,$(FUZZ))
	$(call say,link)
	$(Q)$(LINK) -fsanitize=fuzzer -std=c11 -DFUZZ=fuzz_$(@F) -iquote src -iquote formats -iquote tests $(PKG_CFLAGS) \
	    -o $@ $^ $(LIBS)
fuzzers: $(FUZZERS)

# What a harness meets anew is kept under $(BUILD)/fuzz/corpus. Comparisons are not traced: it
# would halve the speed, and what they are with is in the dictionary.
SECONDS   = 60
FUZZ_ARGS = -max_len=8192 -timeout=20 -dict=tests/fuzz/certaudit.dict -max_total_time=$(SECONDS)
fuzz: | $(SETUP) ## fuzz every reader for SECONDS each, under ASan and UBSan
	@ls $$(clang -print-runtime-dir)/libclang_rt.fuzzer-* > /dev/null 2>&1 || \
	    { echo 'fuzz: needs $(EXTRA_PACKAGES): run make setup-extra' >&2; exit 1; }
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

# What is measured is the installed program, as users run it.
benched: $(BENCHED)
bench: $(PROGRAM) benched | $(SETUP) ## measure speed and memory, beside jq and others
	@{ hyperfine -V && jq -V && env time -f '' true; } >/dev/null 2>&1 || { \
	    echo 'bench: needs $(BENCH_PACKAGES): run make setup-bench' >&2; exit 1; }
	@$(MAKE) --no-print-directory -s install DESTDIR=$(BUILD)/bench/root PREFIX=/usr
	@tests/bench/run.sh $(BUILD)

# The files of a release: without debugging information, whose paths would be this folder's, and
# without symbols, as Debian wants it: the program has one digest in bundle and package.
DIST = $(BUILD)/dist
dist: | $(SETUP) ## build the release: bundle, Debian package, sources, digests
	@$(MAKE) --no-print-directory BUILD=$(DIST)/obj CFLAGS=-O2 LDFLAGS=-s $(DIST)/obj/certaudit $(DIST)/obj/launcher
	@.dist/build $(VERSION) $(DIST)

dist-check: dist $(PROGRAM) ## run the bundle in an empty root, and build the release once more
	@.dist/check $(VERSION) $(DIST) $(PROGRAM)
	@.dist/twice $(DIST)

$(BUILD)/launcher: .dist/launcher.c
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(COMPILE) $(HARDEN_LINK) $(LDFLAGS) -static -o $@ $< -DLOADER='"$(notdir $(shell ldd $(BUILD)/certaudit | awk '$$1 ~ /^\// { print $$1 }'))"'
$(BUILD)/launcher: $(BUILD)/certaudit $(BUILD)/flags

GENERATE = $(BUILD)/tests/bench/generate
look: $(PROGRAM) $(GENERATE) | $(SETUP) ## render every report to pictures, under build/look/
	@tests/look/look.sh $(BUILD) example many

# The first pages of the example's workbook, without their margins and feet.
PAGES = $(addprefix $(BUILD)/look/example/workbook-00,1.png 2.png)
picture: $(PROGRAM) $(GENERATE) | $(SETUP) ## make the README's picture, man/summary.png, anew
	@tests/look/look.sh $(BUILD) example
	convert $(PAGES) -gravity south -chop 0x60 -trim +repage -gravity west -bordercolor white \
	    -border 12 -append -strip -colors 64 PNG8:man/summary.png

install: $(PROGRAM) ## install under $(DESTDIR)$(PREFIX)
	install -d $(BINDIR) $(MANDIR)/man1 $(MANDIR)/man5
	install -m 755 $(PROGRAM) $(BINDIR)/certaudit
	install -m 644 man/certaudit.1 $(MANDIR)/man1/certaudit.1
	install -m 644 man/certaudit.5 $(MANDIR)/man5/certaudit.5

uninstall: ## remove what install put there
	rm -f $(BINDIR)/certaudit $(MANDIR)/man1/certaudit.1 $(MANDIR)/man5/certaudit.5

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## list the goals
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
