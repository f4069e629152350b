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
 * alone: nothing in them outlives a crash.
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
enum kind { BYTES, LENGTH, NAME, MOVE, REMOVAL, FOLDER };
enum { SECTOR = 512 };

/* One change that is not durable yet, with what undoes it. */
struct change {
  enum kind kind;
  dev_t dev;         /* of the file, or of the folder whose fsync makes a name durable */
  ino_t ino;
  int fd;            /* of a file: our own, never closed, as closing would drop SQLite's locks */
  off_t offset, old_size;
  size_t length, old_length;
  char *old;         /* the bytes that stood there */
  char *path, *source, *parked;
};

static enum mode mode;
static pid_t armed;
static long calls, at;
static int fault, forever, some;
static unsigned long long dice;
static char root[PATH_MAX], attic[PATH_MAX];
static struct change *changes;
static size_t count, room, parked;

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

/* ---- the log of what is not durable ---- */

static void die(const char *why) {
  dprintf(2, "shim: %s: %s\n", why, strerror(errno));
  _exit(99);
}

static struct change *add(enum kind kind) {
  if (count == room) {
    room = room ? room * 2 : 256;
    changes = realloc(changes, room * sizeof *changes);
    if (!changes) die("no memory");
  }
  memset(&changes[count], 0, sizeof *changes);
  changes[count].kind = kind;
  return &changes[count++];
}

static int own_fd(int fd, const struct stat *what) {
  for (size_t i = 0; i < count; i++)
    if (changes[i].kind <= LENGTH && changes[i].dev == what->st_dev && changes[i].ino == what->st_ino)
      return changes[i].fd;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int own = REAL(open)(link, O_RDWR | O_CLOEXEC);
  if (own < 0) die(link);
  return own;
}

/* Bytes from `offset` on are about to change, or the length is. */
static void note_bytes(int fd, enum kind kind, off_t offset, size_t length) {
  struct stat what;
  if (mode != FORGET || fstat(fd, &what) || !S_ISREG(what.st_mode)) return;
  int own = own_fd(fd, &what);
  struct change *new = add(kind);
  new->dev = what.st_dev, new->ino = what.st_ino, new->fd = own;
  new->offset = offset, new->length = length, new->old_size = what.st_size;
  if (offset < what.st_size) {
    size_t held = what.st_size - offset;
    new->old = malloc(held < length ? held : length);
    ssize_t got = pread(own, new->old, held < length ? held : length, offset);
    if (got < 0) die("pread");
    new->old_length = got;
  }
}

/* A name in a folder is about to change; gives the change, or NULL where none is kept. */
static struct change *note_name(enum kind kind, const char *path) {
  if (mode != FORGET) return NULL;
  char folder[PATH_MAX];
  struct stat what;
  snprintf(folder, sizeof folder, "%s", path);
  *strrchr(folder, '/') = 0;
  if (stat(folder, &what)) return NULL;
  struct change *new = add(kind);
  new->dev = what.st_dev, new->ino = what.st_ino, new->path = strdup(path);
  return new;
}

static char *park(const char *path) {
  char place[PATH_MAX + 32];
  if (access(path, F_OK)) return NULL;
  snprintf(place, sizeof place, "%s/%d-%zu", attic, armed, parked++);
  if (REAL(link)(path, place)) die(path);
  return strdup(place);
}

static void forget_durable(int fd) {
  struct stat what;
  if (mode != FORGET || fstat(fd, &what)) return;
  int folder = S_ISDIR(what.st_mode);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    struct change *one = &changes[i];
    int durable = (one->kind > LENGTH) == folder && one->dev == what.st_dev && one->ino == what.st_ino;
    if (!durable) changes[kept++] = *one;
  }
  count = kept;
}

/* ---- the power cut ---- */

struct mark { dev_t dev; ino_t ino; off_t sector; char *path; };
static struct mark *marks;
static size_t marked;

static int coin(void) {
  dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
  return (dice >> 20) & 1;
}

static void mark(struct mark new) {
  marks = realloc(marks, (marked + 1) * sizeof *marks);
  if (!marks) die("no memory");
  marks[marked++] = new;
}

/* Whether a later change of this sector (or of one from it on) has reached the disk. */
static int sector_kept(const struct change *one, off_t sector, int or_later) {
  for (size_t i = 0; i < marked; i++)
    if (!marks[i].path && marks[i].dev == one->dev && marks[i].ino == one->ino &&
        (marks[i].sector == sector || (or_later && marks[i].sector > sector)))
      return 1;
  return 0;
}

static int name_kept(const char *path) {
  for (size_t i = 0; path && i < marked; i++)
    if (marks[i].path && strcmp(marks[i].path, path) == 0) return 1;
  return 0;
}

static void put_back(const struct change *one, off_t from, off_t until) {
  off_t end = one->offset + (off_t)one->old_length;
  for (off_t place = from; place < until; place++) {
    char byte = place < end ? one->old[place - one->offset] : 0;
    if (pwrite(one->fd, &byte, 1, place) != 1) die("pwrite");
  }
}

static void undo_bytes(const struct change *one) {
  if (one->old_length && pwrite(one->fd, one->old, one->old_length, one->offset) < 0) die("pwrite");
  if (ftruncate(one->fd, one->old_size)) die("ftruncate");
}

/* A disk holds each sector as it was at some moment; never an older one after a newer. */
static void undo_some_bytes(const struct change *one) {
  off_t last = one->offset + (off_t)one->length;
  if (one->kind == LENGTH) {
    if (sector_kept(one, 0, 1) || coin())
      mark((struct mark){one->dev, one->ino, LONG_MAX / SECTOR, NULL});
    else
      undo_bytes(one);
    return;
  }
  struct stat what;
  if (fstat(one->fd, &what)) die("fstat");
  if (last > what.st_size) last = what.st_size;
  for (off_t sector = one->offset / SECTOR; sector * SECTOR < last; sector++) {
    off_t from = sector * SECTOR, until = from + SECTOR;
    if (sector_kept(one, sector, 0)) continue;
    if (coin())
      mark((struct mark){one->dev, one->ino, sector, NULL});
    else
      put_back(one, from < one->offset ? one->offset : from, until > last ? last : until);
  }
  if (one->old_size < what.st_size && !sector_kept(one, one->old_size / SECTOR, 1))
    if (ftruncate(one->fd, one->old_size)) die("ftruncate");
}

static void undo_name(const struct change *one) {
  char place[PATH_MAX + 32];
  switch (one->kind) {
  case NAME:
    if (REAL(unlink)(one->path)) die(one->path);
    break;
  case MOVE:
    if (REAL(rename)(one->path, one->source)) die(one->path);
    if (one->parked && REAL(link)(one->parked, one->path)) die(one->parked);
    break;
  case REMOVAL:
    if (one->parked && REAL(link)(one->parked, one->path)) die(one->parked);
    break;
  default:
    snprintf(place, sizeof place, "%s/%d-%zu", attic, armed, parked++);
    if (REAL(rename)(one->path, place)) die(one->path);
  }
}

static void cut_power(void) {
  for (size_t i = count; i-- > 0;) {
    const struct change *one = &changes[i];
    if (one->kind <= LENGTH) {
      if (some) undo_some_bytes(one);
      else undo_bytes(one);
    } else if (some && (name_kept(one->path) || name_kept(one->source) || coin())) {
      mark((struct mark){0, 0, 0, one->path});
      if (one->source) mark((struct mark){0, 0, 0, one->source});
      if (one->kind == NAME || one->kind == MOVE || one->kind == FOLDER) {
        /* what is in a folder that is there needs the folder */
        char *folder = strdup(one->path);
        *strrchr(folder, '/') = 0;
        mark((struct mark){0, 0, 0, folder});
      }
    } else
      undo_name(one);
  }
}

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
