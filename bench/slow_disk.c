/* A disk on which each sync takes five milliseconds longer: for LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

typedef int (*sync_call)(int);

static int slowly(const char *name, int descriptor) {
    usleep(5000);
    return ((sync_call)dlsym(RTLD_NEXT, name))(descriptor);
}

int fsync(int descriptor) { return slowly("fsync", descriptor); }
int fdatasync(int descriptor) { return slowly("fdatasync", descriptor); }
