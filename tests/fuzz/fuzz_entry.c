/* fuzz_entry.c: libFuzzer's entry to one harness; the build names it (FUZZ=fuzz_times). */
#include "base/memory.h"
#include "fuzz/fuzz.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

_Noreturn void fuzz_fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

_Noreturn void memory_exhausted(void)
{
    fputs("fuzz: out of memory\n", stderr);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FUZZ(bytes, size);
    return 0;
}
