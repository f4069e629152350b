/* What a kill, a power cut or a failing disk does to a program, at a call of one's choosing.
 *
 * Preloaded (LD_PRELOAD) it stands before the C library's calls that change files. Once armed, it
 * counts those that touch something below `root` (the files of one office) and at call `at`
 *
 *   COUNT   does nothing;
 *   KILL    kills the process with SIGKILL: what was written stays, as the system keeps its cache;
 *   FORGET  first undoes what no fsync has made durable, as a power cut would, then kills: bytes
 *           are durable after fsync or fdatasync of their file, names (created, renamed, linked,
 *           removed) after fsync of their folder and not before. With `some`, a random part of it
 *           has reached the disk all the same: by sectors of a file, by names of a folder;
 *   FAIL    lets the call fail with `fault`, once or (`forever`) each one from then on.
 *
 * While armed, fsync does not wait for the disk: nothing that is tried here depends on it. A child
 * of the armed process is not armed. `attic` is a folder outside `root` on the same disk. Calls
 * that are not understood here (writev, sendfile, ...) end the process with code 99 when they touch
 * a file below `root`, so that no experiment passes by not looking. SQLite's -shm files are left
 * alone: nothing in them outlives a crash. The undoing stands in shim_undo.h.
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { OFF, COUNT, KILL, FORGET, FAIL };

static enum mode mode;
static pid_t armed;
static long calls, at;
static int fault, forever, some;
static unsigned long long dice;
static char root[PATH_MAX], attic[PATH_MAX];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void strike(void);

/* ---- what the experiment calls ---- */

void shim_arm(int new_mode, long new_at, const char *new_root, const char *new_attic, int new_fault,
              int new_forever, int new_some, unsigned long long seed) {
  snprintf(root, sizeof root, "%s", new_root);
  snprintf(attic, sizeof attic, "%s", new_attic);
  calls = 0, at = new_at, fault = new_fault, forever = new_forever, some = new_some;
  dice = seed * 2 + 1, armed = getpid(), mode = new_mode;
}

long shim_calls(void) { return calls; }

/* Die here and now, in the way that was armed. */
void shim_strike(void) { strike(); }

void shim_disarm(void) { mode = OFF; }

/* ---- which calls count ---- */

static int active(void) { return mode != OFF && getpid() == armed; }

static int below(const char *path) {
  size_t length = strlen(root), whole = strlen(path);
  if (whole > 4 && strcmp(path + whole - 4, "-shm") == 0) return 0;
  return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int path_of_fd(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  char *gone = strstr(path, " (deleted)");
  if (gone && gone[10] == 0) *gone = 0;
  return 1;
}

static int whole_path(int folder, const char *name, char *path) {
  char base[PATH_MAX];
  static const char here[] = "/proc/self/cwd/";
  if (strncmp(name, here, sizeof here - 1) == 0) folder = AT_FDCWD, name += sizeof here - 1;
  if (name[0] == '/') return snprintf(path, PATH_MAX, "%s", name) < PATH_MAX;
  if (folder == AT_FDCWD ? !getcwd(base, sizeof base) : !path_of_fd(folder, base)) return 0;
  return snprintf(path, PATH_MAX, "%s/%s", base, name) < PATH_MAX;
}

static int counts(int folder, const char *name, char *path) {
  return active() && whole_path(folder, name, path) && below(path);
}

static int fd_counts(int fd) {
  char path[PATH_MAX];
  return active() && path_of_fd(fd, path) && below(path);
}

/* Count a call; whether it must fail. Where the process is to die, this does not return. */
static int fails(void) {
  calls++;
  if (mode == FAIL && (calls == at || (forever && calls > at))) {
    errno = fault;
    return 1;
  }
  if ((mode == KILL || mode == FORGET) && calls == at) strike();
  return 0;
}

#include "shim_undo.h"

/* ---- striking ---- */

static void strike(void) {
  enum mode way = mode;
  mode = OFF;
  if (way == FORGET) cut_power();
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* ---- the calls ---- */

static ssize_t placed(int fd, const void *data, size_t length, off_t offset) {
  if (fd_counts(fd)) {
    if (fails()) return -1;
    note_bytes(fd, BYTES, offset, length);
  }
  return REAL(pwrite64)(fd, data, length, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
  return placed(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return placed(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
  if (fd_counts(fd)) {
    struct stat what;
    if (fails()) return -1;
    off_t offset = lseek(fd, 0, SEEK_CUR);
    if ((fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &what)) offset = what.st_size;
    if (offset >= 0) note_bytes(fd, BYTES, offset, length);
  }
  return REAL(write)(fd, data, length);
}

static int cut(int fd, off_t length) {
  if (fd_counts(fd)) {
    struct stat what;
    if (fails()) return -1;
    if (!fstat(fd, &what)) note_bytes(fd, LENGTH, length, what.st_size > length ? what.st_size - length : 0);
  }
  return REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off_t length) { return cut(fd, length); }

static int made_durable(int fd, int (*real)(int)) {
  if (!fd_counts(fd)) return real(fd);
  if (fails()) return -1;
  forget_durable(fd);
  return 0;
}

int fsync(int fd) { return made_durable(fd, REAL(fsync)); }
int fdatasync(int fd) { return made_durable(fd, REAL(fdatasync)); }

static int opened(int folder, const char *name, int flags, mode_t rights) {
  char path[PATH_MAX];
  int changing = (flags & (O_CREAT | O_TRUNC)) && counts(folder, name, path);
  int there = changing && !access(path, F_OK);
  struct stat what;
  changing = changing && (there ? (flags & O_TRUNC) && !stat(path, &what) && what.st_size : flags & O_CREAT);
  if (changing && fails()) return -1;
  if (changing && there && mode == FORGET) {
    int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) die(path);
    note_bytes(fd, LENGTH, 0, what.st_size);
  }
  int fd = REAL(openat)(folder, name, flags, rights);
  if (changing && !there && fd >= 0) note_name(NAME, path);
  return fd;
}

#define OPENED(folder, name, flags)             \
  mode_t rights = 0;                            \
  if (flags & (O_CREAT | __O_TMPFILE)) {        \
    va_list more;                               \
    va_start(more, flags);                      \
    rights = va_arg(more, mode_t);              \
    va_end(more);                               \
  }                                             \
  return opened(folder, name, flags, rights);

int open(const char *name, int flags, ...) { OPENED(AT_FDCWD, name, flags) }
int open64(const char *name, int flags, ...) { OPENED(AT_FDCWD, name, flags) }
int openat(int folder, const char *name, int flags, ...) { OPENED(folder, name, flags) }
int openat64(int folder, const char *name, int flags, ...) { OPENED(folder, name, flags) }

static int moved(int from, const char *source, int to, const char *target) {
  char old[PATH_MAX], path[PATH_MAX];
  if (!counts(to, target, path) || !whole_path(from, source, old))
    return REAL(renameat)(from, source, to, target);
  if (fails()) return -1;
  char *kept = mode == FORGET ? park(path) : NULL;
  int result = REAL(renameat)(from, source, to, target);
  struct change *new = result ? NULL : note_name(MOVE, path);
  if (new) new->source = strdup(old), new->parked = kept;
  return result;
}

int rename(const char *source, const char *target) { return moved(AT_FDCWD, source, AT_FDCWD, target); }
int renameat(int from, const char *source, int to, const char *target) { return moved(from, source, to, target); }

static int linked(int from, const char *source, int to, const char *target, int flags) {
  char path[PATH_MAX];
  int counted = counts(to, target, path);
  if (counted && fails()) return -1;
  int result = REAL(linkat)(from, source, to, target, flags);
  if (counted && !result) note_name(NAME, path);
  return result;
}

int link(const char *source, const char *target) { return linked(AT_FDCWD, source, AT_FDCWD, target, 0); }
int linkat(int from, const char *source, int to, const char *target, int flags) {
  return linked(from, source, to, target, flags);
}

static int removed(int folder, const char *name, int flags) {
  char path[PATH_MAX];
  if (flags || !counts(folder, name, path)) return REAL(unlinkat)(folder, name, flags);
  if (access(path, F_OK)) return REAL(unlinkat)(folder, name, flags);
  if (fails()) return -1;
  char *kept = mode == FORGET ? park(path) : NULL;
  int result = REAL(unlinkat)(folder, name, flags);
  struct change *new = result ? NULL : note_name(REMOVAL, path);
  if (new) new->parked = kept;
  return result;
}

int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }

static int made(int folder, const char *name, mode_t rights) {
  char path[PATH_MAX];
  int counted = counts(folder, name, path) && access(path, F_OK);
  if (counted && fails()) return -1;
  int result = REAL(mkdirat)(folder, name, rights);
  if (counted && !result) note_name(FOLDER, path);
  return result;
}

int mkdir(const char *name, mode_t rights) { return made(AT_FDCWD, name, rights); }
int mkdirat(int folder, const char *name, mode_t rights) { return made(folder, name, rights); }

#define REFUSED(result, name, fd, declared, passed)              \
  result name declared {                                         \
    errno = ENOTSUP;                                             \
    if (fd_counts(fd)) die("a call not understood here: " #name); \
    return REAL(name) passed;                                    \
  }

REFUSED(ssize_t, writev, fd, (int fd, const struct iovec *parts, int n), (fd, parts, n))
REFUSED(ssize_t, pwritev, fd, (int fd, const struct iovec *parts, int n, off_t at_), (fd, parts, n, at_))
REFUSED(ssize_t, sendfile64, to, (int to, int from, off_t *at_, size_t n), (to, from, at_, n))
REFUSED(ssize_t, copy_file_range, to,
        (int from, off_t *a, int to, off_t *b, size_t n, unsigned flags), (from, a, to, b, n, flags))
