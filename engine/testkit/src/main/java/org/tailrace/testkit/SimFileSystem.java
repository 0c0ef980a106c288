package org.tailrace.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;

/**
 * A disk in memory that forgets what a real one may forget.
 *
 * <p>Every operation that changes something has a number. At a chosen one the machine crashes, or the disk fails; so it may
 * at a read. After a crash {@link #restarted} gives the disk as the next process finds it. Locks end with the process.
 *
 * <p>Models files, not permissions or links. Any thread, one operation at a time.
 */
public final class SimFileSystem implements FileSystem {
    /** What a crash takes away. What was synced always stays. */
    public enum Loss {
        /** Nothing: the process ends, and the page cache stays, though it is not durable. */
        KILL,
        /** All that was not synced. */
        LOST,
        /** Files end somewhere in what was not synced; names are there. */
        TORN,
        /** From somewhere in what was not synced, files hold zeros; names are there. */
        ZEROED,
        /** Pages and names reached the disk in any order: a later one may be there and an earlier one not. */
        REORDERED,
        /** Any of these, file by file, and of the names not synced some prefix. */
        POWER,
        /** Any of these, file by file, and of the names not synced any subset. */
        HOSTILE;

        private static final Loss[] OF_FILES = {LOST, TORN, ZEROED, REORDERED, KILL};

        Loss ofFile(Random random) {
            return this == POWER || this == HOSTILE ? OF_FILES[random.nextInt(OF_FILES.length)] : this;
        }

        private boolean keepsName(int number, int prefix, Random random) {
            return switch (this) {
                case LOST -> false;
                case POWER -> number < prefix;
                case REORDERED, HOSTILE -> random.nextBoolean();
                default -> true;
            };
        }
    }

    /** What a sync that fails leaves of what was not synced before. */
    public enum FailedSync {
        /** It can be synced again. */
        KEPT,
        /** The page cache still shows it, but takes it for clean: the next sync succeeds and does not write it. */
        DROPPED,
        /** As {@code DROPPED}, and the page cache has let it go: it cannot be read either. */
        EVICTED
    }

    /** @param gone the name that a rename takes away at the same time */
    private record DirectoryChange(
            Path directory,
            Path name,
            @Nullable SimFile node,
            @Nullable Path gone) {}

    private final Random random;
    private final Map<Path, SimFile> files = new TreeMap<>();
    private final Map<Path, SimFile> durable = new TreeMap<>();
    private final List<DirectoryChange> unsynced = new ArrayList<>();
    private final Set<Path> directories = new HashSet<>();
    private final Map<Path, SimLock> locks = new HashMap<>();
    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private long failAt = Long.MAX_VALUE;
    private long failUntil = Long.MAX_VALUE;
    private long reads;
    private long failReadsAt = Long.MAX_VALUE;
    private long failReadsUntil = Long.MAX_VALUE;
    private FailedSync failedSync = FailedSync.KEPT;
    private boolean crashed;
    private int openFiles;

    public SimFileSystem(long seed) {
        random = new Random(seed);
    }

    /** The machine stops in the middle of operation {@code number}, counted from 1. */
    public synchronized void crashAt(long number) {
        crashAt = number;
    }

    /** Operations {@code from} to {@code to} fail as on a full disk. */
    public synchronized void failAt(long from, long to) {
        failAt = from;
        failUntil = to;
    }

    /** What becomes of a file whose sync fails. */
    public synchronized void failedSync(FailedSync fate) {
        failedSync = fate;
    }

    /** Reads {@code from} to {@code to}, counted from 1 apart from operations, fail as on a broken disk. */
    public synchronized void failReadsAt(long from, long to) {
        failReadsAt = from;
        failReadsUntil = to;
    }

    /** Operations so far. */
    public synchronized long operations() {
        return operations;
    }

    /** Looks at files and directories so far. */
    public synchronized long reads() {
        return reads;
    }

    /** Files that are open for writing. */
    public synchronized int openFiles() {
        return openFiles;
    }

    public synchronized boolean crashed() {
        return crashed;
    }

    /** The machine stops now. */
    public synchronized void crash() {
        crashed = true;
    }

    /** An operation beside the disk, such as one on a remote sink, at which the machine may stop. */
    public synchronized void crashPoint() {
        check();
        operations++;
        if (operations == crashAt) {
            crashed = true;
            throw new Crash(operations);
        }
    }

    /** The disk as the next process finds it. */
    public synchronized SimFileSystem restarted(Loss loss, long seed) {
        var next = new SimFileSystem(seed);
        next.directories.addAll(directories);
        Map<SimFile, SimFile> copies = new IdentityHashMap<>();
        if (loss == Loss.KILL) {
            files.forEach((path, node) -> next.files.put(path, copies.computeIfAbsent(node, SimFile::copy)));
            durable.forEach((path, node) -> next.durable.put(path, copies.computeIfAbsent(node, SimFile::copy)));
            for (DirectoryChange made : unsynced) {
                SimFile node = made.node;
                SimFile copy = node == null ? null : copies.computeIfAbsent(node, SimFile::copy);
                next.unsynced.add(new DirectoryChange(made.directory, made.name, copy, made.gone));
            }
            return next;
        }
        int prefix = next.random.nextInt(unsynced.size() + 1);
        for (int i = 0; i < unsynced.size(); i++) {
            if (loss.keepsName(i, prefix, next.random)) {
                apply(unsynced.get(i), durable);
            }
        }
        durable.forEach((path, node) ->
                next.files.put(path, copies.computeIfAbsent(node, n -> n.afterPowerLoss(loss, next.random))));
        next.durable.putAll(next.files);
        return next;
    }

    /** A file that someone else has put there, whole and durable; no operation. */
    public synchronized void put(Path file, byte[] content) {
        var node = SimFile.durable(content, operations);
        files.put(key(file), node);
        durable.put(key(file), node);
    }

    /** Someone else takes a file away, durably; no operation. */
    public synchronized void remove(Path file) {
        unsynced.removeIf(made -> made.name.equals(key(file)));
        files.remove(key(file));
        durable.remove(key(file));
    }

    /** Changes one byte of a file, durably: what bit rot does. */
    public synchronized void flip(Path file, int at) throws IOException {
        byte[] content = node(file).seen().clone();
        content[at] ^= 0x40;
        put(file, content);
    }

    private void check() {
        if (crashed) {
            throw new Crash(operations);
        }
    }

    /** Counts an operation; true if it is to be left half done before {@link #hit} is called. */
    private boolean tick() {
        check();
        operations++;
        return operations == crashAt || operations >= failAt && operations <= failUntil;
    }

    private void hit() throws IOException {
        if (operations == crashAt) {
            crashed = true;
            throw new Crash(operations);
        }
        throw new IOException("No space left on device (operation " + operations + ")");
    }

    private void look() throws IOException {
        check();
        reads++;
        if (reads >= failReadsAt && reads <= failReadsUntil) {
            throw new IOException("Input/output error (read " + reads + ")");
        }
    }

    private void change() throws IOException {
        if (tick()) {
            hit();
        }
    }

    private SimFile node(Path file) throws IOException {
        SimFile node = files.get(key(file));
        if (node == null) {
            throw new NoSuchFileException(file.toString());
        }
        return node;
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private void link(Path name, @Nullable SimFile node, @Nullable Path gone) {
        var made = new DirectoryChange(parent(name), name, node, gone);
        apply(made, files);
        unsynced.add(made);
    }

    private static void apply(DirectoryChange made, Map<Path, SimFile> to) {
        if (made.gone != null) {
            to.remove(made.gone);
        }
        SimFile node = made.node;
        if (node == null) {
            to.remove(made.name);
        } else {
            to.put(made.name, node);
        }
    }

    @Override
    public synchronized List<Entry> list(Path directory) throws IOException {
        look();
        Path parent = key(directory);
        var entries = new ArrayList<Entry>();
        for (Path file : files.keySet()) {
            if (parent(file).equals(parent)) {
                entries.add(entry(file));
            }
        }
        for (Path child : directories) {
            if (parent(child).equals(parent) && !child.equals(parent)) {
                entries.add(entry(child));
            }
        }
        entries.sort(Comparator.comparing(entry -> entry.path().getFileName().toString()));
        return entries;
    }

    @Override
    public synchronized boolean exists(Path path) {
        check();
        return files.containsKey(key(path)) || directories.contains(key(path));
    }

    @Override
    public synchronized Entry status(Path path) throws IOException {
        look();
        return entry(path);
    }

    private Entry entry(Path path) throws IOException {
        if (directories.contains(key(path))) {
            return new Entry(path, true, 0, 0);
        }
        SimFile node = node(path);
        return new Entry(path, false, node.seen().length, node.modifiedMs());
    }

    @Override
    public synchronized Path realPath(Path path) throws IOException {
        status(path);
        return key(path);
    }

    @Override
    public synchronized InputStream open(Path file, long position) throws IOException {
        look();
        byte[] content = node(file).seen();
        int from = (int) Math.min(position, content.length);
        return new ByteArrayInputStream(content, from, content.length - from);
    }

    @Override
    public synchronized Output create(Path file) throws IOException {
        change();
        return output(file, new SimFile(), true);
    }

    @Override
    public synchronized Output append(Path file) throws IOException {
        SimFile node = files.get(key(file));
        if (node == null) {
            change();
            return output(file, new SimFile(), true);
        }
        check();
        return output(file, node, false);
    }

    private Output output(Path file, SimFile node, boolean created) throws IOException {
        if (!directories.contains(parent(key(file)))) {
            throw new NoSuchFileException(file.toString());
        }
        if (created) {
            link(key(file), node, null);
        }
        return new SimOutput(node);
    }

    private final class SimOutput implements Output {
        private final SimFile node;

        private boolean closed;

        SimOutput(SimFile node) {
            this.node = node;
            openFiles++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            synchronized (SimFileSystem.this) {
                boolean torn = tick();
                node.append(bytes, from, torn ? random.nextInt(length + 1) : length, operations);
                if (torn) {
                    hit();
                }
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimFileSystem.this) {
                if (tick()) {
                    if (operations != crashAt) {
                        node.failToSync(failedSync);
                    }
                    hit();
                }
                node.sync();
            }
        }

        @Override
        public void close() {
            synchronized (SimFileSystem.this) {
                check();
                openFiles -= closed ? 0 : 1;
                closed = true;
            }
        }
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        change();
        SimFile node = node(from);
        link(key(to), node, key(from));
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        change();
        if (files.containsKey(key(path))) {
            link(key(path), null, null);
        }
    }

    @Override
    public synchronized void createDirectories(Path directory) {
        check();
        // Directories are durable at once: what is tested is what happens in them.
        for (Path path = key(directory); path != null; path = path.getParent()) {
            directories.add(path);
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        change();
        Path parent = key(directory);
        unsynced.removeIf(made -> {
            boolean here = made.directory.equals(parent);
            if (here) {
                apply(made, durable);
            }
            return here;
        });
    }

    @Override
    public synchronized Lock lock(Path file, String content) throws IOException {
        check();
        var lock = new SimLock(key(file), content);
        SimLock holder = locks.putIfAbsent(lock.path, lock);
        if (holder != null) {
            throw new LockedException(file, holder.content);
        }
        return lock;
    }

    /** Someone takes a lock file away, by force. */
    public synchronized void breakLock(Path file) {
        locks.remove(key(file));
    }

    private final class SimLock implements Lock {
        private final Path path;
        private final String content;

        SimLock(Path path, String content) {
            this.path = path;
            this.content = content;
        }

        @Override
        public boolean held() {
            synchronized (SimFileSystem.this) {
                check();
                return locks.get(path) == this;
            }
        }

        @Override
        public void close() {
            synchronized (SimFileSystem.this) {
                locks.remove(path, this);
            }
        }
    }
}
