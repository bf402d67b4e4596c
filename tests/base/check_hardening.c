/* check_hardening.c: the compiler and the linker have hardened the program against attacks. */
#include "support/harness.h"
#include <string.h>

Suite *hardening_suite(void);

/* Builds for sanitizers and coverage are not hardened, and fortification needs optimisation. */
#if defined __OPTIMIZE__ && !defined CERTAUDIT_WITHOUT_SANDBOX

struct trait {
    const char *program, *option, *mark; /* the command, and text in its output */
    bool expected;
};

static const struct trait traits[] = {
    {"readelf", "-d", "Flags: NOW PIE",
     true}, /* position-independent, all symbols bound at start */
    {"readelf", "-d", "TEXTREL", false},
    {"readelf", "-d", "PATH)",
     false}, /* RPATH, RUNPATH: others might be able to write to those folders */
    {"readelf", "-l", "GNU_RELRO", true},
    {"readelf", "-l", "GNU_STACK", true},
    {"readelf", "-l", "RWE", false}, /* a segment that is writable and executable */
    {"readelf", "-s", "__stack_chk_fail", true},
    {"readelf", "-s", "__fprintf_chk", true}, /* _FORTIFY_SOURCE */
#ifdef __x86_64__
    /* -fcf-protection: checked in our own code, since Debian's start files lack it */
    {"objdump", "--disassemble=main", "endbr64", true},
#endif
};
enum { TRAITS = sizeof traits / sizeof traits[0] };

START_TEST(program_has_trait)
{
    const struct trait *trait = &traits[_i];
    const char *output =
        harness_tool(trait->program, (const char *const[]){trait->option, harness_program(), NULL});
    HARNESS_REQUIRE((strstr(output, trait->mark) != NULL) == trait->expected,
                    "expected %s \"%s\" in:\n%s", trait->expected ? "a" : "no", trait->mark,
                    output);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_loop_test(tests, program_has_trait, 0, TRAITS);
}

#else
#include <stdio.h>

static void add_tests(TCase *tests)
{
    (void)tests;
    puts("skipped: hardening: this build is for a sanitizer, for coverage or not optimised");
}
#endif

Suite *hardening_suite(void)
{
    Suite *suite = suite_create("hardening");
    TCase *tests = tcase_create("hardening");
    add_tests(tests);
    suite_add_tcase(suite, tests);
    return suite;
}
