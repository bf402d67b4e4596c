/* check_hardening.c: what the compiler and the linker put into the program against attacks. */
#include "support/harness.h"
#include <string.h>

Suite *hardening_suite(void);

/* A sanitizer's or gcov's build has no use for it, and none without optimisation is fortified. */
#if defined __OPTIMIZE__ && !defined CERTAUDIT_WITHOUT_SANDBOX

struct trait {
    const char *program, *option, *mark; /* what prints the mark, or does not */
    bool there;
};

static const struct trait traits[] = {
    {"readelf", "-d", "Flags: NOW PIE",
     true}, /* a position-independent program, all symbols bound at start */
    {"readelf", "-d", "TEXTREL", false},
    {"readelf", "-d", "PATH)",
     false}, /* RPATH, RUNPATH: libraries from places that others may write */
    {"readelf", "-l", "GNU_RELRO", true},
    {"readelf", "-l", "GNU_STACK", true},
    {"readelf", "-l", "RWE", false}, /* no segment is both written and run */
    {"readelf", "-s", "__stack_chk_fail", true},
    {"readelf", "-s", "__fprintf_chk", true}, /* _FORTIFY_SOURCE */
#ifdef __x86_64__
    /* -fcf-protection, in our own code: Debian's start files are not marked for it. */
    {"objdump", "--disassemble=main", "endbr64", true},
#endif
};
enum { TRAITS = sizeof traits / sizeof traits[0] };

START_TEST(program_has_trait)
{
    const struct trait *trait = &traits[_i];
    const char *output =
        harness_tool(trait->program, (const char *const[]){trait->option, harness_program(), NULL});
    HARNESS_REQUIRE((strstr(output, trait->mark) != NULL) == trait->there, "%s %s in:\n%s",
                    trait->there ? "no" : "a", trait->mark, output);
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
