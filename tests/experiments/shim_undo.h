/* What no fsync has made durable yet, and how a power cut undoes it: a part of shim.c.
 *
 * Each change is noted before it is made, with what undoes it, and is struck out once it is
 * durable. At a power cut those left are undone, the newest first.
 */
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

static struct change *changes;
static size_t count, room, parked;

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
