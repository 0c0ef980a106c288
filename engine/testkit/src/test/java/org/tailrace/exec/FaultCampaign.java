package org.tailrace.exec;

import static org.tailrace.exec.FaultWorld.CHECKPOINT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;
import org.tailrace.error.InternalException;
import org.tailrace.error.TailraceException;
import org.tailrace.exec.FaultWorld.Target;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.testkit.SimFileSystem;
import org.tailrace.testkit.SimFileSystem.FailedSync;
import org.tailrace.testkit.SimFileSystem.Loss;

/**
 * Runs one query of the real engine through faults and judges what its sink holds in the end: to the byte what a run
 * without any fault leaves, and still so after a power loss that follows the last stop; or, where the checkpoint was
 * damaged or the disk refuses, a typed error.
 */
final class FaultCampaign {
    /** A verdict that nothing is wrong. */
    static final String RIGHT = "";

    private final Supplier<FaultWorld> worlds;
    private final Map<String, String> expected;
    private final long operations;
    private final long reads;
    private @Nullable SimFileSystem almostWhole;

    /** @param worlds makes a new machine with a query, perhaps with a bug in it */
    FaultCampaign(Supplier<FaultWorld> worlds) throws Exception {
        this.worlds = worlds;
        FaultWorld clean = worlds.get();
        clean.run();
        expected = clean.output();
        operations = clean.files.operations();
        reads = clean.files.reads();
    }

    FaultCampaign(FaultQuery query, Target target) throws Exception {
        this(() -> new FaultWorld(query, target));
    }

    /** Operations of a run without faults. */
    long operations() {
        return operations;
    }

    /** Reads of a run without faults. */
    long reads() {
        return reads;
    }

    /** What the sink holds after a run without faults, sorted rows without those of the last row of the stream. */
    List<String> rows() {
        return FaultModel.sorted(expected.values().stream()
                .flatMap(String::lines)
                .filter(row -> !row.startsWith(FaultStream.FLUSH + ","))
                .toList());
    }

    private String judge(FaultWorld world) throws IOException {
        Refusal.end(world);
        Map<String, String> found = world.output();
        if (!found.equals(expected)) {
            return "the sink holds " + found + " and not " + expected;
        }
        world.restart(Loss.LOST, 0);
        found = world.output();
        return found.equals(expected) ? RIGHT : "after a stop, a power loss leaves only " + found;
    }

    // ---- crashes

    /** @param at for each start of the query, the operation of that start at which the machine stops */
    String crash(List<Long> at, Loss loss, long seed) throws Exception {
        FaultWorld world = worlds.get();
        for (int start = 0; start <= at.size(); start++) {
            if (start < at.size()) {
                world.files.crashAt(world.files.operations() + at.get(start));
            }
            Optional<TailraceException> failure = world.runUntilCrash();
            if (failure.isPresent()) {
                return String.valueOf(failure.get().getMessage());
            }
            if (!world.files.crashed()) {
                break;
            }
            world.restart(loss, seed + start);
        }
        return judge(world);
    }

    /** How many operations the restart after a crash makes. */
    long operationsAfter(long crash, Loss loss, long seed) throws Exception {
        FaultWorld world = worlds.get();
        world.files.crashAt(crash);
        world.runUntilCrash();
        world.restart(loss, seed);
        long before = world.files.operations();
        world.runUntilCrash();
        return world.files.operations() - before;
    }

    // ---- a disk that refuses

    /** What makes a disk refuse: a run of operations, or of reads; and what becomes of a file whose sync is among them. */
    record Refusal(boolean reading, long from, long to, FailedSync fate) {
        void of(FaultWorld world) {
            world.files.failedSync(fate);
            if (reading) {
                world.files.failReadsAt(world.files.reads() + from, world.files.reads() + to);
            } else {
                world.files.failAt(world.files.operations() + from, world.files.operations() + to);
            }
        }

        static void end(FaultWorld world) {
            world.files.failAt(Long.MAX_VALUE, Long.MAX_VALUE);
            world.files.failReadsAt(Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    /**
     * The query has to fail with a typed error if it fails, and to go on once the disk is well again: by {@code retry()}
     * where it stands, or by a new start; and nothing of that may rest on what the disk has only shown.
     */
    String refuse(Refusal refusal, boolean retry, Loss loss, long seed) throws Exception {
        FaultWorld world = worlds.get();
        refusal.of(world);
        String wrong = retry ? runAndRetry(world) : runAndRestart(world, loss, seed);
        wrong = wrong.isEmpty() ? judge(world) : wrong;
        if (wrong.isEmpty()) {
            Optional<TailraceException> failure = world.runUntilCrash();
            wrong = failure.map(e -> "after the power loss: " + e.getMessage()).orElse(RIGHT);
        }
        return wrong.isEmpty() ? judge(world) : wrong;
    }

    private static String runAndRestart(FaultWorld world, Loss loss, long seed) throws Exception {
        Optional<TailraceException> failure = world.runUntilCrash();
        if (failure.isPresent()) {
            String untyped = untyped(failure.get());
            if (!untyped.isEmpty()) {
                return untyped;
            }
            world.restart(loss, seed);
            failure = world.runUntilCrash();
        }
        return failure.map(e -> "once the disk is well: " + e.getMessage()).orElse(RIGHT);
    }

    private static String runAndRetry(FaultWorld world) throws Exception {
        LocalQuery q;
        try {
            q = world.start();
        } catch (TailraceException e) {
            Refusal.end(world);
            String untyped = untyped(e);
            return untyped.isEmpty()
                    ? world.runUntilCrash().map(Throwable::getMessage).orElse(RIGHT)
                    : untyped;
        }
        try {
            boolean more = true;
            while (more) {
                try {
                    q.processAllAvailable();
                    more = world.feed();
                } catch (TailraceException e) {
                    Refusal.end(world);
                    String untyped = untyped(e);
                    if (!untyped.isEmpty()) {
                        return untyped;
                    }
                    retry(q);
                }
            }
            return RIGHT;
        } catch (TailraceException e) {
            return "after retry(): " + e.getMessage();
        } finally {
            q.stop();
        }
    }

    private static void retry(LocalQuery q) throws InterruptedException {
        var answered = new CountDownLatch(1);
        q.addListener(new QueryListener() {
            @Override
            public void changed(QueryInfo query, QueryStatus status) {
                if (status.state() == State.RUNNING || status.state() == State.FAILED) {
                    answered.countDown();
                }
            }
        });
        q.retry();
        answered.await();
    }

    private static String untyped(TailraceException e) {
        if (e instanceof InternalException || !e.code().matches("TR-[1-8]\\d\\d")) {
            return "untyped: " + e.getMessage();
        }
        return RIGHT;
    }

    // ---- bit rot

    /** What becomes of a byte, or of a file. */
    enum Rot {
        FLIP,
        CUT,
        ZEROS,
        /** Another file's content. */
        SWAP,
        GONE
    }

    /** What came of damage: the very same answer, or a refusal. */
    enum Outcome {
        SAME,
        REFUSED
    }

    private SimFileSystem almostWhole() throws InterruptedException {
        SimFileSystem disk = almostWhole;
        if (disk == null) {
            FaultWorld world = worlds.get();
            world.untilLast(false);
            world.run();
            disk = world.files;
            almostWhole = disk;
        }
        return disk;
    }

    /** Files of the checkpoint before the last row comes. */
    List<FileSystem.Entry> checkpoint() throws Exception {
        FaultWorld world = worlds.get();
        world.files = almostWhole();
        return files(world, CHECKPOINT);
    }

    private static List<FileSystem.Entry> files(FaultWorld world, Path folder) throws IOException {
        var found = new ArrayList<FileSystem.Entry>();
        for (FileSystem.Entry entry : world.files.list(folder)) {
            if (entry.directory()) {
                found.addAll(files(world, entry.path()));
            } else {
                found.add(entry);
            }
        }
        return found;
    }

    /** Flips a bit of one byte of a file before the last row comes. */
    Outcome flip(Path file, int at) throws Exception {
        FaultWorld world = worlds.get();
        world.files = almostWhole().restarted(Loss.KILL, 0);
        world.untilLast(true);
        byte[] bytes = world.files.read(file);
        bytes[at] ^= (byte) (1 << at % 8);
        world.files.put(file, bytes);
        return outcome(world, file + " byte " + at);
    }

    private FaultWorld until(long crash, long seed) throws Exception {
        FaultWorld world = worlds.get();
        world.files.crashAt(crash);
        world.runUntilCrash();
        world.restart(Loss.KILL, seed);
        return world;
    }

    /** Damages a random file in a random way after a crash at a random operation. */
    Outcome rot(long seed) throws Exception {
        var random = new Random(seed);
        FaultWorld world = until(1 + random.nextInt((int) operations + 1), seed);
        List<FileSystem.Entry> files = files(world, CHECKPOINT);
        if (files.isEmpty()) {
            return outcome(world, "seed " + seed);
        }
        Path file = files.get(random.nextInt(files.size())).path();
        byte[] bytes = world.files.read(file);
        Rot rot = Rot.values()[random.nextInt(Rot.values().length)];
        switch (rot) {
            case FLIP -> {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case CUT -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case ZEROS -> {
                int from = random.nextInt(bytes.length + 1);
                Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(64)), (byte) 0);
            }
            case SWAP ->
                bytes = world.files.read(files.get(random.nextInt(files.size())).path());
            default -> {}
        }
        if (rot == Rot.GONE) {
            world.files.remove(file);
        } else {
            world.files.put(file, bytes);
        }
        return outcome(world, rot + " of " + file + ", seed " + seed);
    }

    private Outcome outcome(FaultWorld world, String what) throws Exception {
        Optional<TailraceException> failure = world.runUntilCrash();
        if (failure.isPresent()) {
            String untyped = untyped(failure.get());
            if (!untyped.isEmpty()) {
                throw new AssertionError(what + ": " + untyped, failure.get());
            }
            return Outcome.REFUSED;
        }
        String wrong = judge(world);
        if (!wrong.isEmpty()) {
            throw new AssertionError(what + ", silently: " + wrong);
        }
        return Outcome.SAME;
    }

    // ---- anything

    /** Up to five starts, each of which may meet a crash or a disk that refuses, anywhere. */
    String random(long seed) throws Exception {
        var random = new Random(seed);
        FaultWorld world = worlds.get();
        int faults = 1 + random.nextInt(4);
        for (int start = 0; start <= faults; start++) {
            if (start < faults) {
                long at = 1 + random.nextInt((int) operations);
                if (random.nextInt(3) > 0) {
                    world.files.crashAt(world.files.operations() + at);
                } else {
                    boolean reading = random.nextInt(4) == 0;
                    long from = reading ? 1 + random.nextInt((int) reads) : at;
                    FailedSync fate = FailedSync.values()[random.nextInt(FailedSync.values().length)];
                    new Refusal(reading, from, from + random.nextInt(3), fate).of(world);
                }
            }
            Optional<TailraceException> failure = world.runUntilCrash();
            if (failure.isPresent()) {
                String untyped = untyped(failure.get());
                if (start == faults || !untyped.isEmpty()) {
                    return start + ": " + failure.get().getMessage();
                }
            } else if (!world.files.crashed()) {
                break;
            }
            world.restart(Loss.values()[random.nextInt(Loss.values().length)], random.nextLong());
        }
        return judge(world);
    }
}
