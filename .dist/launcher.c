/*
 * launcher.c: bin/certaudit of the bundle: starts ../lib/certaudit with the dynamic loader and the
 * libraries in ../lib, and uses none of the machine's. Linked statically, to run without them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_NO_REPORT = 2 };

/* The folder that contains bin/, with a slash at its end; NULL if it cannot be found. */
static char *find_folder(void)
{
    size_t room = 256;
    char *path = malloc(room), *grown;
    ssize_t length = -1;
    while (path != NULL && (length = readlink("/proc/self/exe", path, room)) == (ssize_t)room) {
        grown = realloc(path, room *= 2);
        if (grown == NULL)
            free(path);
        path = grown;
    }
    if (path == NULL || length < 0)
        return NULL;
    path[length] = '\0';
    for (int i = 0; i < 2; i++) { /* removes certaudit, then bin */
        char *slash = strrchr(path, '/');
        if (slash == NULL)
            return NULL;
        *slash = '\0';
    }
    strcat(path, "/"); /* there is room: this is shorter than what was removed */
    return path;
}

static char *join(const char *folder, const char *name)
{
    char *path = malloc(strlen(folder) + strlen(name) + 1);
    return path == NULL ? NULL : strcat(strcpy(path, folder), name);
}

int main(int argc, char **argv)
{
    char no_cache[] = "--inhibit-cache", library_path[] = "--library-path", name[] = "--argv0";
    char *folder = find_folder();
    size_t count = 0;
    if (folder == NULL) {
        fputs("certaudit: cannot find its own folder; /proc is not mounted\n", stderr);
        return STATUS_NO_REPORT;
    }
    /* In a path, the loader takes these characters for separators and variables. */
    if (strpbrk(folder, ":;$") != NULL) {
        fprintf(stderr, "certaudit: %s: move it to a folder without : ; or $ in its path\n",
                folder);
        return STATUS_NO_REPORT;
    }
    char *loader = join(folder, "lib/" LOADER), *libraries = join(folder, "lib");
    char *program = join(folder, "lib/certaudit");
    char **arguments = calloc((size_t)argc + 8, sizeof *arguments);
    if (loader == NULL || libraries == NULL || program == NULL || arguments == NULL ||
        unsetenv("LD_PRELOAD") != 0 || unsetenv("LD_AUDIT") != 0 ||
        unsetenv("LD_LIBRARY_PATH") != 0) {
        fputs("certaudit: out of memory\n", stderr);
        return STATUS_NO_REPORT;
    }
    arguments[count++] = loader;
    arguments[count++] = no_cache;
    arguments[count++] = library_path;
    arguments[count++] = libraries;
    arguments[count++] = name;
    arguments[count++] = argc > 0 ? argv[0] : name + 2;
    arguments[count++] = program;
    for (int i = 1; i < argc; i++)
        arguments[count++] = argv[i];
    execv(loader, arguments);
    fprintf(stderr, "certaudit: %s: cannot be started: %s\n", loader, strerror(errno));
    return STATUS_NO_REPORT;
}
