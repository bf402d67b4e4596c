# certaudit: build, test, install. For GNU make. `make help` lists the goals.

VERSION = 0.1.0

# For the user to set, like CC and CPPFLAGS.
CFLAGS  ?= -O2 -g
LDFLAGS ?=
PREFIX  ?= /usr/local
DESTDIR ?=
WERROR  ?=
BUILD    = build
V       ?=
SUITE   ?=
CASE    ?=

# `make V=1` shows whole command lines.
Q   = $(if $(V),,@)
say = $(if $(V),,@echo "  $(1) $@")

BINDIR = $(DESTDIR)$(PREFIX)/bin
MANDIR = $(DESTDIR)$(PREFIX)/share/man

# The Debian packages that are needed to build and test, and those that .ci/run, fuzz and coverage
# need in addition. The included files have those for dist, bench and look.
PACKAGES    = gcc make pkg-config libc6-dev libcjson-dev libxlsxwriter-dev libminizip-dev \
              zlib1g-dev libcsv-dev libssl-dev libseccomp-dev check jq xlsx2csv cmark-gfm mandoc \
              libxml2-utils
CI_PACKAGES = clang clang-format cppcheck $(DIST_PACKAGES)
EXTRA_PACKAGES = clang libclang-rt-dev gcovr

# Flags. Whatever runs a program is expanded late (=), because `setup` may have to install it first.
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
# The runner's own function replaces Check's for failed assertions.
TEST_LIBS  = -Wl,--wrap=_ck_assert_failed $(shell pkg-config --libs check)

# Files.
CORE    = $(wildcard src/*/*.c)
FORMATS = $(wildcard formats/*.c formats/*/*.c)
PRELOAD = tests/fault_injection/faults.c tests/fault_injection/probe.c
BENCH   = $(wildcard tests/bench/*.c)
TESTS   = $(filter-out tests/fuzz/fuzz_entry.c tests/estates/long_run.c $(PRELOAD) $(BENCH),$(wildcard tests/*.c tests/*/*.c))
SOURCES = $(wildcard src/*.c src/*/*.[ch] formats/*.[ch] formats/*/*.[ch])

PROGRAM = $(BUILD)/certaudit
RUNNER  = $(BUILD)/tests/check
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
COMMON_OBJECTS  = $(call objects,$(CORE) $(FORMATS) controls_data.c)
PROGRAM_OBJECTS = $(COMMON_OBJECTS) $(call objects,src/main.c)
TEST_OBJECTS    = $(COMMON_OBJECTS) $(call objects,$(TESTS))
PRELOADED       = $(patsubst %.c,$(BUILD)/%.so,$(PRELOAD))

# If one command asks for set-up and work, set-up comes first, with -j too.
SETUP = $(filter setup setup-ci setup-extra setup-dist setup-bench setup-look,$(MAKECMDGOALS))

.PHONY: all setup setup-ci setup-extra demo programs check check-all golden sanitize \
        sanitize-threads coverage werror lint install uninstall clean help FORCE
.DELETE_ON_ERROR:

all: $(PROGRAM) ## build the program (default)

$(PROGRAM): $(PROGRAM_OBJECTS)
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(RUNNER): $(TEST_OBJECTS)
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(sort $(PROGRAM_OBJECTS) $(TEST_OBJECTS)) $(call objects,$(BENCH)): $(BUILD)/flags

# Includes name the room: "base/text.h". With -iquote, because src/base/memory.h is not <memory.h>.
# Only main.c of src/ sees formats/.
$(call objects,$(CORE) controls_data.c): INCLUDES = -iquote src $(PKG_CFLAGS)
$(call objects,src/main.c $(FORMATS)): INCLUDES = -iquote src -iquote formats $(PKG_CFLAGS)
$(call objects,$(TESTS) tests/estates/long_run.c): INCLUDES = -iquote src -iquote formats -iquote tests $(PKG_CFLAGS) \
                                     $(shell pkg-config --cflags check)
$(BUILD)/src/base/build_info.o: DEFINES = -DCERTAUDIT_VERSION='"$(VERSION)"' -DCERTAUDIT_COMMIT='"$(or $(COMMIT),not known)"'
$(BUILD)/src/base/build_info.o: $(BUILD)/commit

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(call say,cc)
	$(Q)$(COMPILE) -c -o $@ $<

# Libraries that tests preload. They define functions that are macros or inline functions with
# _FORTIFY_SOURCE.
$(PRELOADED): DEFINES = -U_FORTIFY_SOURCE -fPIC
$(PRELOADED): INCLUDES = -iquote src -iquote tests
$(PRELOADED): $(BUILD)/%.so: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(COMPILE) -shared $(LDFLAGS) -o $@ $<

# The control table as an array of bytes, declared in src/rules/controls_data.h.
$(BUILD)/controls_data.c: src/rules/controls.csv Makefile
	@mkdir -p $(@D)
	$(call say,make)
	$(Q){ printf '#include "rules/controls_data.h"\nconst unsigned char controls_data[] = {\n'; \
	  od -An -v -tu1 $< | awk '{ gsub(/ +/, ","); print substr($$0, 2) "," }'; \
	  printf '};\nconst size_t controls_data_size = sizeof controls_data;\n'; } > $@

# Changes with the flags, the compiler and the version; every object depends on it.
FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(WERROR) $(VERSION)
$(BUILD)/flags: FORCE | $(SETUP)
	@mkdir -p $(@D)
	@printf '%s\n' '$(FLAGS)' | cmp -s - $@ || printf '%s\n' '$(FLAGS)' > $@

# The commit, if the tree has no changes.
COMMIT := $(shell .dist/tree commit)
$(BUILD)/commit: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(COMMIT)' | cmp -s - $@ || printf '%s\n' '$(COMMIT)' > $@

FORCE:

# $(call install_missing,PACKAGES): silent if none is missing.
define install_missing
@command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || { \
    echo 'setup: not a Debian system; install the equivalents of: $(strip $(1))' >&2; exit 1; }; \
missing=$$(for package in $(1); do \
    dpkg-query -W -f '$${db:Status-Status}\n' $$package 2>/dev/null | grep -qx installed || \
    echo $$package; done); \
test -n "$$missing" || exit 0; \
if test "$$(id -u)" -eq 0; then root=; elif command -v sudo >/dev/null; then root=sudo; else \
    echo 'setup: installing needs root or sudo; missing:' $$missing >&2; exit 1; fi; \
echo 'setup: installing' $$missing; \
$$root apt-get -q update && $$root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q install -y --no-install-recommends $$missing
endef

setup: ## install the Debian packages needed to build and test
	$(call install_missing,$(PACKAGES))

setup-extra: ## install the packages needed by fuzz and coverage
	$(call install_missing,$(EXTRA_PACKAGES))

setup-ci: $(filter setup,$(MAKECMDGOALS)) ## install the packages needed by .ci/run
	$(call install_missing,$(CI_PACKAGES))

# The example has failures: exit status 1 is a success here.
DEMO = $(PROGRAM) fixtures/example --as-of 2026-11-20T00:00:00Z
demo: $(PROGRAM) ## report on fixtures/example to the terminal and to build/demo/
	@mkdir -p $(BUILD)/demo
	$(DEMO); test $$? -eq 1
	$(DEMO) $(patsubst %,-o $(BUILD)/demo/report.%,csv xlsx md); test $$? -eq 1

programs: $(PROGRAM) $(RUNNER) $(PRELOADED)

RUN_TESTS = CERTAUDIT=$(PROGRAM) $(if $(SUITE),CK_RUN_SUITE='$(SUITE)') \
            $(if $(CASE),CK_RUN_CASE='$(CASE)') $(RUNNER)
check: programs ## run the tests, with a sample of the long sweeps
	@$(RUN_TESTS)

check-all: programs ## run the tests, with the long sweeps in full
	@CHECK_ALL=1 $(RUN_TESTS)

golden: programs ## rewrite the expected output in tests/golden, for review
	CERTAUDIT=$(PROGRAM) tests/golden/update.sh

# Without the sandbox, which refuses what the sanitizers do (ptrace, files of their own). Exit status
# 99 is different from all of the program's. Without a fork for each test, because the sanitizers'
# shadow memory makes forks slow.
NO_SANDBOX = CPPFLAGS='$(CPPFLAGS) -DCERTAUDIT_WITHOUT_SANDBOX'
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
CHECK = check
sanitize: | $(SETUP) ## run the tests under ASan and UBSan
	@ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99 CK_FORK=no \
	$(MAKE) --no-print-directory BUILD=$(BUILD)/asan HARDEN= $(NO_SANDBOX) LDFLAGS='$(SANITIZE)' \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer $(SANITIZE)' $(CHECK)

# Runs use eight threads unless the test sets a number.
sanitize-threads: | $(SETUP) ## run the tests under ThreadSanitizer, with 8 threads
	@TSAN_OPTIONS=exitcode=99 CK_FORK=no \
	$(MAKE) --no-print-directory BUILD=$(BUILD)/tsan HARDEN= \
	    CPPFLAGS='$(CPPFLAGS) -DCERTAUDIT_WITHOUT_SANDBOX -DCERTAUDIT_JOBS=8' \
	    LDFLAGS=-fsanitize=thread CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=thread' $(CHECK)

# A process with a limit on file sizes leaves no counts, or incomplete counts; gcov must not print
# errors into its output, and gcovr must ignore them. Branches of assert are not to be reached.
COVERAGE = $(BUILD)/coverage
coverage: | $(SETUP) ## run the tests and report the lines and branches that none reaches
	@command -v gcovr >/dev/null || { \
	    echo 'coverage: needs $(EXTRA_PACKAGES); run make setup-extra' >&2; exit 1; }
	@mkdir -p $(COVERAGE)/html && find $(COVERAGE) -name '*.gcda' -exec rm -f {} +
	@GCOV_ERROR_FILE=/dev/null CK_FORK=no \
	$(MAKE) --no-print-directory BUILD=$(COVERAGE) CC=gcc HARDEN= $(NO_SANDBOX) LDFLAGS=--coverage \
	    CFLAGS='-O0 -g --coverage' $(CHECK)
	gcovr --root . --filter src/ --filter formats/ --exclude-branches-by-pattern '.*\bassert\(.*' \
	    --gcov-ignore-parse-errors --json $(COVERAGE)/coverage.json $(COVERAGE)
	gcovr --root . --add-tracefile $(COVERAGE)/coverage.json --sort-uncovered --txt
	gcovr --root . --add-tracefile $(COVERAGE)/coverage.json --sort-uncovered --branches --txt \
	    --html-details $(COVERAGE)/html/index.html --print-summary \
	    --fail-under-line 95 --fail-under-branch 90

werror: | $(SETUP) ## build with -Werror under gcc and under clang
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/gcc CC=gcc WERROR=1 programs benched
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang WERROR=1 programs benched

# cppcheck does not read the system's headers (missingIncludeSystem), so cJSON's loop is defined here.
CJSON_LOOP = cJSON_ArrayForEach(item,array)=for(item=(array)->child;item;item=item->next)
lint: | $(SETUP) ## check includes, manuals (mandoc), format (clang-format), code (cppcheck)
	@echo '  includes'
	$(Q)awk -f tests/lint/arrows.awk $(SOURCES)
	@echo '  manuals'
	$(Q)mandoc -T lint -W warning man/*.[15]
	@echo '  format'
	$(Q)clang-format --dry-run -Werror $(SOURCES) $(wildcard tests/*.c tests/*/*.[ch] .dist/*.c)
	@echo '  code'
	$(Q)cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -D_POSIX_C_SOURCE=200809L \
	    --enable=warning,performance,portability --suppress=missingIncludeSystem \
	    -D'$(CJSON_LOOP)' -DLOADER='""' -Isrc -Iformats src formats .dist

install: $(PROGRAM) ## install under $(DESTDIR)$(PREFIX)
	install -d $(BINDIR) $(MANDIR)/man1 $(MANDIR)/man5
	install -m 755 $(PROGRAM) $(BINDIR)/certaudit
	install -m 644 man/certaudit.1 $(MANDIR)/man1/certaudit.1
	install -m 644 man/certaudit.5 $(MANDIR)/man5/certaudit.5

uninstall: ## remove the installed files
	rm -f $(BINDIR)/certaudit $(MANDIR)/man1/certaudit.1 $(MANDIR)/man5/certaudit.5

clean: ## remove everything that was built
	rm -rf $(BUILD)

INCLUDED = tests/bench/bench.mk tests/look/look.mk tests/fuzz/fuzz.mk tests/estates/estates.mk .dist/dist.mk
include $(INCLUDED)

help: ## list the goals
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-18s%s\n", $$1, $$2 }' Makefile $(INCLUDED)
	@echo
	@echo 'make check SUITE=rules CASE=list   run one suite, or one case of a suite'
	@echo 'make V=1                           show whole command lines'

-include $(patsubst %.o,%.d,$(sort $(PROGRAM_OBJECTS) $(TEST_OBJECTS) $(call objects,$(BENCH)))) \
         $(PRELOADED:.so=.d)
