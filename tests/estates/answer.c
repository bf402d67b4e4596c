/* answer.c: see answer.h. */
#include "estates/answer.h"
#include "support/harness.h"
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

void answer_wrong(FILE *report, const char *invariant, const char *format, ...)
{
    va_list arguments;
    char message[1500];
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    for (char *at = message; *at != '\0'; at++)
        if (*at == '\n')
            *at = ' ';
    fprintf(report, "%s %s\n", invariant, message);
}

void answer_delete(const char *folder)
{
    DIR *stream = opendir(folder);
    struct stat status;
    if (stream == NULL)
        return;
    for (const struct dirent *at; (at = readdir(stream)) != NULL;) {
        if (strcmp(at->d_name, ".") == 0 || strcmp(at->d_name, "..") == 0)
            continue;
        const char *path = harness_format("%s/%s", folder, at->d_name);
        HARNESS_REQUIRE(lstat(path, &status) == 0, "%s: %s", path, strerror(errno));
        if (S_ISDIR(status.st_mode))
            answer_delete(path);
        else
            HARNESS_REQUIRE(unlink(path) == 0, "%s: %s", path, strerror(errno));
    }
    closedir(stream);
    HARNESS_REQUIRE(rmdir(folder) == 0, "%s: %s", folder, strerror(errno));
}

static void make_folders(const char *path, size_t root)
{
    for (const char *slash = strchr(path + root, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        const char *folder = harness_format("%.*s", (int)(slash - path), path);
        HARNESS_REQUIRE(mkdir(folder, 0755) == 0 || errno == EEXIST, "%s: %s", folder,
                        strerror(errno));
    }
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *stream = fopen(path, "wb");
    HARNESS_REQUIRE(stream != NULL && fwrite(bytes, 1, length, stream) == length &&
                        fclose(stream) == 0,
                    "%s: %s", path, strerror(errno));
}

void answer_write(const struct estate *estate, const char *folder)
{
    const char *exports = harness_format("%s/exports", folder);
    answer_delete(exports);
    HARNESS_REQUIRE(mkdir(exports, 0755) == 0, "%s: %s", exports, strerror(errno));
    for (size_t i = 0; i < estate->file_count; i++) {
        const struct estate_file *file = &estate->files[i];
        const char *path = harness_format("%s/%s", exports, file->path);
        size_t length;
        if (file->removed)
            continue;
        make_folders(path, strlen(exports) + 1);
        const char *bytes = estate_render(estate, file, &length);
        write_bytes(path, bytes, length);
    }
    if (estate->scope_text != NULL)
        write_bytes(harness_format("%s/scope.csv", folder), estate->scope_text,
                    estate->scope_length);
    if (estate->waivers_text != NULL)
        harness_write(harness_format("%s/waivers.csv", folder), estate->waivers_text);
    if (estate->baseline_text != NULL)
        harness_write(harness_format("%s/baseline.csv", folder), estate->baseline_text);
}

/* Adds NAME FILE if the file is given. */
static void add_given(const char **arguments, size_t *count, const char *name, const char *file,
                      const char *text)
{
    if (text == NULL)
        return;
    arguments[(*count)++] = name;
    arguments[(*count)++] = file;
}

struct answer answer_run(const struct estate *estate, const char *folder, const char *pack,
                         const char *const *arguments)
{
    const char *all[32];
    size_t count = 0;
    const char *out = harness_format("%s/out.csv", folder);
    bool terminal = pack != NULL && *pack == '\0', csv = pack == NULL;
    bool as_of = false;
    add_given(all, &count, "--scope", "scope.csv", estate->scope_text);
    add_given(all, &count, "--waivers", "waivers.csv", estate->waivers_text);
    add_given(all, &count, "--baseline", "baseline.csv", estate->baseline_text);
    if (pack != NULL && !terminal) {
        answer_delete(harness_format("%s/%s", folder, pack));
        add_given(all, &count, "--pack", pack, pack);
    }
    for (; arguments != NULL && *arguments != NULL; arguments++) {
        as_of |= strcmp(*arguments, "--as-of") == 0;
        all[count++] = *arguments;
    }
    add_given(all, &count, "--as-of", HARNESS_AS_OF, as_of ? NULL : "");
    add_given(all, &count, "-o", "-", csv ? "" : NULL);
    add_given(all, &count, "--format", "csv", csv ? "" : NULL);
    all[count++] = "exports";
    all[count] = NULL;
    struct harness_result result = harness_run(
        &(struct harness_run){.arguments = all, .folder = folder, .output = csv ? out : NULL});
    struct answer answer = {
        .status = result.status, .output = result.output, .error = result.error};
    if (!csv && !terminal)
        answer.pack = harness_format("%s/%s", folder, pack);
    const char *table = csv ? out : harness_format("%s/findings.csv", answer.pack);
    if (!terminal && (result.status == 0 || result.status == 1 || result.status == 3))
        answer.findings = sheet_read_csv(table);
    return answer;
}

const char *answer_cell(const struct sheet *sheet, size_t row, const char *title)
{
    for (size_t i = 0; i < sheet->rows[0].count; i++)
        if (strcmp(sheet->rows[0].cells[i], title) == 0)
            return sheet_cell(sheet, row, i);
    return "";
}

bool answer_next(const struct answer *answer, const struct estate_certificate *certificate,
                 size_t *row)
{
    while (answer->findings != NULL && ++*row < answer->findings->count) {
        const char *arn = answer_cell(answer->findings, *row, "arn");
        if (*arn == '\0'
                ? strcmp(answer_cell(answer->findings, *row, "certificate"), certificate->name) == 0
                : strcmp(arn, certificate->arn) == 0)
            return true;
    }
    return false;
}
