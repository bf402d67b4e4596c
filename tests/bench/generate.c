/*
 * generate.c: generates outputs of `aws acm describe-certificate`: the same bytes for the same
 * seed, on every machine.
 *
 *     generate SEED COUNT                      as AWS CLI 2 prints them, one after another
 *     generate --lines SEED COUNT              as JSON Lines, like `jq -c`
 *     generate --files DIR SEED COUNT FOLDERS  a file each, in that many folders in DIR
 *
 * Accounts, regions and states come in no order. Dates are meant for a run with
 * `--as-of 2026-11-20T00:00:00Z`.
 */
#include "bench/describe.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_ROOM = 4096 };

_Noreturn static void explain(void)
{
    fputs("usage: generate [--lines] SEED COUNT\n"
          "       generate --files DIR SEED COUNT FOLDERS\n",
          stderr);
    exit(2);
}

static uint64_t parse(const char *text)
{
    char *end = NULL;
    uint64_t number;

    errno = 0;
    number = strtoumax(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0')
        explain();
    return number;
}

static void generate(struct print *print, uint64_t seed, uint64_t first, uint64_t end)
{
    for (uint64_t i = first; i < end; i++) {
        struct certificate certificate = certificate_make(seed, i);
        describe(print, &certificate);
    }
    print_flush(print);
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        print_die("cannot make", path);
}

/* The path for the number: DIR/folder-012/certificate-004012.json. */
static void generate_file(struct print *print, const char *folder, uint64_t seed, uint64_t number)
{
    char path[PATH_ROOM];
    int length = snprintf(path, sizeof path, "%s/certificate-%06" PRIu64 ".json", folder, number);

    if (length < 0 || (size_t)length >= sizeof path)
        explain();
    print->file = fopen(path, "w");
    if (print->file == NULL)
        print_die("cannot open", path);
    generate(print, seed, number, number + 1);
    if (fclose(print->file) != 0)
        print_die("cannot write", path);
}

static void generate_files(struct print *print, const char *top, uint64_t seed, uint64_t count,
                           uint64_t folders)
{
    char path[PATH_ROOM];

    make_folder(top);
    for (uint64_t i = 0; i < folders; i++) {
        int length = snprintf(path, sizeof path, "%s/folder-%03" PRIu64, top, i);

        if (length < 0 || (size_t)length >= sizeof path)
            explain();
        make_folder(path);
        for (uint64_t j = i; j < count; j += folders)
            generate_file(print, path, seed, j);
    }
}

int main(int argc, char **argv)
{
    static struct print print; /* too large for some stacks */

    if (argc == 6 && strcmp(argv[1], "--files") == 0) {
        generate_files(&print, argv[2], parse(argv[3]), parse(argv[4]), parse(argv[5]));
        return 0;
    }
    print.file = stdout;
    print.lines = argc == 4 && strcmp(argv[1], "--lines") == 0;
    if (argc != (print.lines ? 4 : 3))
        explain();
    generate(&print, parse(argv[argc - 2]), 0, parse(argv[argc - 1]));
    if (fclose(stdout) != 0)
        print_die("cannot write", "standard output");
    return 0;
}
