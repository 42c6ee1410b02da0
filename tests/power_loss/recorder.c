/* Records what a process writes to files named *.sqlite and *.sqlite-* (with
 * RECORD_FILES set, to attachments and their directories instead), what it
 * syncs, and what it says it has acknowledged, in the order in which it
 * happens. Loaded with LD_PRELOAD by tests/power_loss.rs.
 *
 * The record, one entry after the other, little-endian:
 *   u8 kind, u8 file, u64 offset, u64 length, then `length` bytes
 * kind: 'o' open (bytes: the name), 'w' write, 't' truncate (offset: the new
 * size), 's' sync, 'u' unlink, 'r' rename (bytes: the new name), 'm' a new
 * directory (bytes: its name), 'a' acknowledgement (bytes: the text).
 *
 * An acknowledgement is a line on standard output.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 250
#define ACKNOWLEDGED 1

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *names[FILES];
static int file_of[1024]; /* descriptor -> 1 + file */
static int record_fd = -1;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static int watched(const char *path) {
    if (!path) return 0;
    if (getenv("RECORD_FILES")) {
        size_t length = strlen(path);
        return strstr(path, "/attachments") || (length >= 6 && !strcmp(path + length - 6, "/store"));
    }
    return strstr(path, ".sqlite") && !strstr(path, "-shm");
}

static void put(char kind, int file, uint64_t offset, uint64_t length, const void *bytes) {
    static ssize_t (*real_write)(int, const void *, size_t);
    if (!real_write) real_write = next("write");
    if (record_fd < 0) {
        static int (*real_open)(const char *, int, ...);
        if (!real_open) real_open = next("open");
        record_fd = real_open(getenv("RECORD"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    unsigned char head[18] = {(unsigned char)kind, (unsigned char)file};
    memcpy(head + 2, &offset, 8);
    memcpy(head + 10, &length, 8);
    if (real_write(record_fd, head, sizeof head) != sizeof head) abort();
    while (length) {
        ssize_t n = real_write(record_fd, bytes, length);
        if (n <= 0) abort();
        bytes = (const char *)bytes + n;
        length -= (uint64_t)n;
    }
}

static int file_named(const char *path) {
    for (int i = 0; i < FILES; i++) {
        if (!names[i]) {
            names[i] = strdup(path);
            return i;
        }
        if (strcmp(names[i], path) == 0) return i;
    }
    abort();
}

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < 1024 && watched(path)) {
        pthread_mutex_lock(&lock);
        int file = file_named(path);
        file_of[fd] = 1 + file;
        put('o', file, 0, strlen(path), path);
        pthread_mutex_unlock(&lock);
    }
    return fd;
}

#define OPEN(NAME)                                                          \
    int NAME(const char *path, int flags, ...) {                            \
        static int (*real)(const char *, int, ...);                         \
        if (!real) real = next(#NAME);                                      \
        va_list args;                                                       \
        va_start(args, flags);                                              \
        mode_t mode = va_arg(args, int);                                    \
        va_end(args);                                                       \
        return opened(real(path, flags, mode), path);                       \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(NAME)                                                        \
    int NAME(int at, const char *path, int flags, ...) {                    \
        static int (*real)(int, const char *, int, ...);                    \
        if (!real) real = next(#NAME);                                      \
        va_list args;                                                       \
        va_start(args, flags);                                              \
        mode_t mode = va_arg(args, int);                                    \
        va_end(args);                                                       \
        return opened(real(at, path, flags, mode), path);                   \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    static int (*real)(int);
    if (!real) real = next("close");
    if (fd >= 0 && fd < 1024) file_of[fd] = 0;
    return real(fd);
}

static int file(int fd) { return fd >= 0 && fd < 1024 ? file_of[fd] - 1 : -1; }

ssize_t write(int fd, const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = next("write");
    if (fd == ACKNOWLEDGED) {
        pthread_mutex_lock(&lock);
        put('a', 0, 0, length, bytes);
        pthread_mutex_unlock(&lock);
        return (ssize_t)length;
    }
    int f = file(fd);
    if (f < 0) return real(fd, bytes, length);
    pthread_mutex_lock(&lock);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t n = real(fd, bytes, length);
    if (n > 0) put('w', f, (uint64_t)at, (uint64_t)n, bytes);
    pthread_mutex_unlock(&lock);
    return n;
}

#define PWRITE(NAME, OFFSET)                                                \
    ssize_t NAME(int fd, const void *bytes, size_t length, OFFSET at) {     \
        static ssize_t (*real)(int, const void *, size_t, OFFSET);          \
        if (!real) real = next(#NAME);                                      \
        int f = file(fd);                                                   \
        if (f < 0) return real(fd, bytes, length, at);                      \
        pthread_mutex_lock(&lock);                                          \
        ssize_t n = real(fd, bytes, length, at);                            \
        if (n > 0) put('w', f, (uint64_t)at, (uint64_t)n, bytes);           \
        pthread_mutex_unlock(&lock);                                        \
        return n;                                                           \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(NAME, OFFSET)                                              \
    int NAME(int fd, OFFSET size) {                                         \
        static int (*real)(int, OFFSET);                                    \
        if (!real) real = next(#NAME);                                      \
        int f = file(fd);                                                   \
        if (f < 0) return real(fd, size);                                   \
        pthread_mutex_lock(&lock);                                          \
        int result = real(fd, size);                                        \
        if (result == 0) put('t', f, (uint64_t)size, 0, "");                \
        pthread_mutex_unlock(&lock);                                        \
        return result;                                                      \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(NAME)                                                          \
    int NAME(int fd) {                                                      \
        static int (*real)(int);                                            \
        if (!real) real = next(#NAME);                                      \
        int f = file(fd);                                                   \
        if (f < 0) return real(fd);                                         \
        pthread_mutex_lock(&lock);                                          \
        int result = real(fd);                                              \
        if (result == 0) put('s', f, 0, 0, "");                             \
        pthread_mutex_unlock(&lock);                                        \
        return result;                                                      \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = next("unlink");
    if (!watched(path)) return real(path);
    pthread_mutex_lock(&lock);
    int result = real(path);
    if (result == 0) put('u', file_named(path), 0, 0, "");
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = next("rename");
    if (!watched(from)) return real(from, to);
    pthread_mutex_lock(&lock);
    int result = real(from, to);
    if (result == 0) put('r', file_named(from), 0, strlen(to), to);
    pthread_mutex_unlock(&lock);
    return result;
}

int mkdir(const char *path, mode_t mode) {
    static int (*real)(const char *, mode_t);
    if (!real) real = next("mkdir");
    if (!watched(path)) return real(path, mode);
    pthread_mutex_lock(&lock);
    int result = real(path, mode);
    if (result == 0) put('m', file_named(path), 0, strlen(path), path);
    pthread_mutex_unlock(&lock);
    return result;
}
