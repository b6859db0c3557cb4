/*
 * A disk with a volatile write cache, for power-cut tests.
 *
 *   volatile_disk IMAGE WITNESS CUTS MOUNTPOINT [lying]
 *
 * IMAGE     what is on the medium at the start: a file system image, read once and never written
 * WITNESS   a file beside the disk in which the program under test notes what it was promised
 * CUTS      the folder that receives what a power cut leaves behind: 0.img, 1.img, ...
 * lying     answers a flush without writing anything back, as bad memory cards do: a test of the test
 *
 * The mount point then holds three files:
 *   image     the disk; loop-mount it. A write goes to the cache, a flush (fsync, REQ_OP_FLUSH) empties the cache
 *             onto the medium.
 *   cut       write "AFTER PERCENT SEED": before the disk's AFTER-th request from now (0: at once), the power goes. Each
 *             cached sector has reached the medium with a probability of PERCENT, and what is then on the medium is saved.
 *             The disk itself carries on, so that one load gives many cuts.
 *   counters  read "NAME VALUE" lines: cuts so far, the length of the witness at the last of them, and what the disk did.
 *
 * The program runs in one thread. So no request is half done when the power goes, and whatever the witness said by then
 * rests on flushes that were answered before. The order in which a real cache writes back is unknown: every cached write
 * survives or not by itself, an older one of the same sector too. What this cannot show is a disk that harms sectors that
 * nobody wrote.
 */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, BLOCK = 4096, CACHE_SECTORS = 1 << 17 };

struct cached_sector {
    uint32_t number;
    unsigned char content[SECTOR];
};

static struct {
    size_t bytes;
    unsigned char *medium; /* what survives any power cut */
    unsigned char *visible; /* what a reader sees: medium and cache together */
    struct cached_sector *cache; /* in the order of writing */
    size_t cached;
} disk;

static struct {
    bool armed;
    uint64_t requests_left;
    unsigned percent;
    uint64_t seed;
} next_cut;

static struct {
    uint64_t cuts, witness, cached_at_cut, writes, bytes, flushes;
} counters;

static const char *witness_path, *cuts_folder;
static bool lying;

/* ---- the disk ---- */

static void write_back(size_t sectors)
{
    for (size_t i = 0; i < sectors; i++)
        memcpy(disk.medium + (size_t)disk.cache[i].number * SECTOR, disk.cache[i].content, SECTOR);
    memmove(disk.cache, disk.cache + sectors, (disk.cached - sectors) * sizeof *disk.cache);
    disk.cached -= sectors;
}

static void put(const unsigned char *content, size_t bytes, size_t offset)
{
    memcpy(disk.visible + offset, content, bytes);
    for (size_t done = 0; done < bytes; done += SECTOR) {
        /* A full cache makes room by itself, the oldest first, without anybody's flush. */
        if (disk.cached == CACHE_SECTORS)
            write_back(CACHE_SECTORS / 2);
        struct cached_sector *sector = &disk.cache[disk.cached++];
        sector->number = (uint32_t)((offset + done) / SECTOR);
        memcpy(sector->content, content + done, SECTOR);
    }
}

/* ---- the power cut ---- */

/* splitmix64, prng.di.unimi.it/splitmix64.c (public domain constants) */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static bool save_at(int file, const unsigned char *content, size_t bytes, size_t offset)
{
    return pwrite(file, content, bytes, (off_t)offset) == (ssize_t)bytes;
}

static bool save_medium_and_survivors(int file)
{
    static const unsigned char zeros[BLOCK];
    if (ftruncate(file, (off_t)disk.bytes) != 0)
        return false;
    for (size_t at = 0; at < disk.bytes; at += BLOCK)
        if (memcmp(disk.medium + at, zeros, BLOCK) != 0 && !save_at(file, disk.medium + at, BLOCK, at))
            return false;

    uint64_t random = next_cut.seed;
    for (size_t i = 0; i < disk.cached; i++)
        if (draw(&random) % 100 < next_cut.percent
            && !save_at(file, disk.cache[i].content, SECTOR, (size_t)disk.cache[i].number * SECTOR))
            return false;
    return true;
}

static int cut(void)
{
    char path[4096];
    struct stat witness;
    next_cut.armed = false;
    if (stat(witness_path, &witness) != 0)
        return -errno;
    snprintf(path, sizeof path, "%s/%" PRIu64 ".img", cuts_folder, counters.cuts);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return -errno;
    bool saved = save_medium_and_survivors(file);
    if (close(file) != 0 || !saved) {
        perror(path);
        return -EIO;
    }

    counters.witness = (uint64_t)witness.st_size;
    counters.cached_at_cut = disk.cached;
    counters.cuts++;
    return 0;
}

/* Called before each request of the disk. */
static void cut_when_due(void)
{
    if (next_cut.armed && next_cut.requests_left-- == 0)
        cut();
}

static int arm(const char *text, size_t length)
{
    char line[100];
    if (length >= sizeof line)
        return -EINVAL;
    memcpy(line, text, length);
    line[length] = '\0';
    if (sscanf(line, "%" SCNu64 " %u %" SCNu64, &next_cut.requests_left, &next_cut.percent, &next_cut.seed) != 3
        || next_cut.percent > 100)
        return -EINVAL;
    next_cut.armed = true;
    return next_cut.requests_left == 0 ? cut() : 0;
}

/* ---- the three files ---- */

static bool is(const char *path, const char *name) { return strcmp(path + 1, name) == 0; }

static int on_getattr(const char *path, struct stat *status, struct fuse_file_info *info)
{
    (void)info;
    memset(status, 0, sizeof *status);
    if (is(path, "")) {
        status->st_mode = S_IFDIR | 0700;
        status->st_nlink = 2;
        return 0;
    }

    if (!is(path, "image") && !is(path, "cut") && !is(path, "counters"))
        return -ENOENT;
    status->st_mode = S_IFREG | 0600;
    status->st_nlink = 1;
    status->st_size = is(path, "image") ? (off_t)disk.bytes : 0;
    return 0;
}

static int on_open(const char *path, struct fuse_file_info *info)
{
    /* The small files have no fixed length, so the kernel must ask each time. */
    info->direct_io = !is(path, "image");
    return 0;
}

static int read_counters(char *buffer, size_t size, size_t offset)
{
    /* Numbers of one width: the text keeps its length, however many reads a reader needs to reach its end. */
    char text[300];
    int length = snprintf(text, sizeof text,
        "cuts %020" PRIu64 "\nwitness %020" PRIu64 "\ncached-at-cut %020" PRIu64 "\n"
        "writes %020" PRIu64 "\nbytes %020" PRIu64 "\nflushes %020" PRIu64 "\n",
        counters.cuts, counters.witness, counters.cached_at_cut, counters.writes, counters.bytes, counters.flushes);
    if (offset >= (size_t)length)
        return 0;
    size_t taken = (size_t)length - offset < size ? (size_t)length - offset : size;
    memcpy(buffer, text + offset, taken);
    return (int)taken;
}

static int on_read(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *info)
{
    (void)info;
    if (is(path, "counters"))
        return read_counters(buffer, size, (size_t)offset);
    if (!is(path, "image") || (size_t)offset >= disk.bytes)
        return 0;
    size_t taken = disk.bytes - (size_t)offset < size ? disk.bytes - (size_t)offset : size;
    memcpy(buffer, disk.visible + offset, taken);
    return (int)taken;
}

static int on_write(const char *path, const char *content, size_t size, off_t offset, struct fuse_file_info *info)
{
    (void)info;
    if (is(path, "cut")) {
        int failed = arm(content, size);
        return failed ? failed : (int)size;
    }

    if (!is(path, "image") || offset % SECTOR != 0 || size % SECTOR != 0)
        return -EINVAL;
    if ((size_t)offset + size > disk.bytes)
        return -ENOSPC;
    cut_when_due();
    put((const unsigned char *)content, size, (size_t)offset);
    counters.writes++;
    counters.bytes += size;
    return (int)size;
}

static int on_fsync(const char *path, int data_only, struct fuse_file_info *info)
{
    (void)data_only, (void)info;
    if (!is(path, "image"))
        return 0;
    cut_when_due();
    if (!lying)
        write_back(disk.cached);
    counters.flushes++;
    return 0;
}

/* ---- start ---- */

static bool load(const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) != 0 || status.st_size == 0 || status.st_size % BLOCK != 0)
        return false;
    disk.bytes = (size_t)status.st_size;
    disk.medium = mmap(NULL, disk.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    disk.visible = mmap(NULL, disk.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    disk.cache = malloc(CACHE_SECTORS * sizeof *disk.cache);
    close(file);
    return disk.medium != MAP_FAILED && disk.visible != MAP_FAILED && disk.cache != NULL;
}

int main(int count, char **arguments)
{
    static const struct fuse_operations operations = {
        .getattr = on_getattr, .open = on_open, .read = on_read, .write = on_write, .fsync = on_fsync,
    };
    lying = count == 6 && strcmp(arguments[5], "lying") == 0;
    if (count != 5 && !lying) {
        fprintf(stderr, "Usage: volatile_disk IMAGE WITNESS CUTS MOUNTPOINT [lying]\n");
        return 2;
    }

    if (!load(arguments[1])) {
        fprintf(stderr, "Expected a file system image of whole 4096-byte blocks at '%s': %s\n", arguments[1], strerror(errno));
        return 1;
    }

    witness_path = arguments[2];
    cuts_folder = arguments[3];
    char *fuse_arguments[] = { arguments[0], "-f", "-s", arguments[4], NULL };
    return fuse_main(4, fuse_arguments, &operations, NULL);
}
