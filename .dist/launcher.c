/*
 * launcher.c: bin/certaudit of the bundle: starts ../lib/certaudit with the loader and the
 * libraries that lie beside it, and none of the machine's. Static, so that it runs where there are
 * none.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_NO_REPORT = 2 };

/* The folder that holds bin/, with a slash behind it; NULL where it cannot be told. */
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
    for (int i = 0; i < 2; i++) { /* certaudit, then bin */
        char *slash = strrchr(path, '/');
        if (slash == NULL)
            return NULL;
        *slash = '\0';
    }
    strcat(path, "/"); /* shorter than what was taken off */
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
        fputs("certaudit: its own folder cannot be found: is /proc there?\n", stderr);
        return STATUS_NO_REPORT;
    }
    /* The loader takes these for the ends of a folder's name, and for variables in it. */
    if (strpbrk(folder, ":;$") != NULL) {
        fprintf(stderr, "certaudit: %s: move it to a folder with no : ; or $ in its name\n",
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
    fprintf(stderr, "certaudit: %s cannot be started: %s\n", loader, strerror(errno));
    return STATUS_NO_REPORT;
}
