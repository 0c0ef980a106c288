package org.tailrace.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Environment;
import org.tailrace.env.FileSystem;
import org.tailrace.error.Problem;
import org.tailrace.error.SourceException;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Format;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/**
 * Reads each file of a directory once, oldest first. A file has to appear whole, by a rename; what is appended to it after it
 * was planned is not read, and one that has become shorter is an error.
 *
 * <p>Planning gives new files the number of the range; the offset carries the files of its range, and {@link SeenLog} all of
 * them. A file that was changed longer ago than {@code maxFileAge} before the newest one is not taken any more, except by
 * the first range; so what is older can be forgotten.
 */
final class FileSource implements Source {
    private static final long POLL_MS = 200;

    private final SourceSpec spec;
    private final Format format;
    private final FileOptions options;
    private final FileSystem disk;
    private final FileListing listing;
    private final SeenLog seen = new SeenLog();
    /** Listed and new, but beyond the last range's limit. */
    private final Deque<FileSystem.Entry> listed = new ArrayDeque<>();

    private long newestMs = Long.MIN_VALUE;
    /** The highest range that has been planned. */
    private long planned;

    FileSource(SourceSpec spec, Format format, FileOptions options, Environment env) {
        this.spec = spec;
        this.format = format;
        this.options = options;
        disk = env.files();
        listing = FileListing.of(disk, options.path(), options.recursive(), options.glob());
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.DURABLE, !spec.streaming());
    }

    @Override
    public void rememberIn(Path directory) throws IOException {
        seen.keepIn(disk, directory, options.byName());
        planned = seen.written();
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) throws IOException {
        long batch = from == null ? 0 : ((FileOffset) from).batch();
        if (!spec.streaming() && from != null) {
            return Optional.empty();
        }
        if (planned > batch) {
            // Planned before, but the batch did not come about: the same files again.
            return Optional.of(new FileOffset(batch + 1, seen.between(batch, batch + 1)));
        }
        if (listed.isEmpty() || options.latestFirst()) {
            list(batch == 0);
        }
        List<SeenFile> taken = take(batch + 1);
        if (taken.isEmpty()) {
            return spec.streaming() ? Optional.empty() : Optional.of(new FileOffset(1, List.of()));
        }
        taken.forEach(file -> seen.put(key(file.path()), file));
        planned = batch + 1;
        return Optional.of(new FileOffset(batch + 1, taken));
    }

    /** As many ranges as the limits make of the files that are there now. */
    @Override
    public Optional<Offset> latest(@Nullable Offset from) throws IOException {
        long batch = from == null ? 0 : ((FileOffset) from).batch();
        long again = Math.max(0, planned - batch);
        list(batch == 0);
        var now = List.copyOf(listed);
        long ranges = again;
        while (!take(batch).isEmpty()) {
            ranges++;
        }
        listed.addAll(now);
        return ranges == 0 ? Optional.empty() : Optional.of(new FileOffset(batch + ranges, List.of()));
    }

    @Override
    public boolean reached(Offset at, Offset target) {
        return ((FileOffset) at).batch() >= ((FileOffset) target).batch();
    }

    private String key(String path) {
        return SeenLog.key(path, options.byName());
    }

    private static String text(Path path) {
        return path.normalize().toString().replace('\\', '/');
    }

    private void list(boolean first) throws IOException {
        listed.clear();
        var fresh = new ArrayList<FileSystem.Entry>();
        for (FileSystem.Entry file : listing.files()) {
            newestMs = Math.max(newestMs, file.modifiedMs());
            if (!seen.has(key(text(file.path())))) {
                fresh.add(file);
            }
        }
        Comparator<FileSystem.Entry> order =
                Comparator.comparingLong(FileSystem.Entry::modifiedMs).thenComparing(file -> text(file.path()));
        fresh.sort(options.latestFirst() ? order.reversed() : order);
        if (!first && !options.latestFirst()) {
            fresh.removeIf(file -> file.modifiedMs() < oldestMs());
        }
        listed.addAll(fresh);
    }

    private long oldestMs() {
        return newestMs == Long.MIN_VALUE || options.latestFirst() ? Long.MIN_VALUE : newestMs - options.maxAgeMs();
    }

    private List<SeenFile> take(long batch) {
        long most = spec.streaming() ? options.maxFiles() : Long.MAX_VALUE;
        long room = spec.streaming() ? options.maxBytes() : Long.MAX_VALUE;
        var taken = new ArrayList<SeenFile>();
        var keys = new HashSet<String>();
        while (!listed.isEmpty() && taken.size() < most) {
            FileSystem.Entry next = listed.peek();
            if (!taken.isEmpty() && next.size() > room) {
                break;
            }
            listed.remove();
            String path = text(next.path());
            if (keys.add(key(path)) && !seen.has(key(path))) {
                taken.add(new SeenFile(batch, path, next.modifiedMs(), next.size()));
                room -= next.size();
            }
        }
        if (listed.size() > options.cached()) {
            listed.clear();
        }
        return taken;
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) {
        long start = from == null ? 0 : ((FileOffset) from).batch();
        var end = (FileOffset) to;
        List<SeenFile> files =
                new ArrayList<>(start < end.batch() - 1 ? seen.between(start, end.batch() - 1) : List.of());
        files.addAll(end.files());
        return new FilesReader(
                spec, format, FileOptions.ofFormat(spec.options(), format), options.failFast(), files, this::open);
    }

    private InputStream open(SeenFile file) throws IOException {
        Path path = Path.of(file.path());
        if (!disk.exists(path)) {
            throw gone(file, "it is not there any more");
        }
        if (disk.status(path).size() < file.size()) {
            throw gone(
                    file,
                    "it was cut from " + file.size() + " bytes to "
                            + disk.status(path).size());
        }
        return new FirstBytes(disk.open(path, 0), file.size());
    }

    private SourceException gone(SeenFile file, String why) {
        return new SourceException(Problem.of("TR-422", "cannot read " + file.path() + ": " + why)
                .because("the batch that was to read it cannot run without it"));
    }

    @Override
    public void commit(Offset to) throws IOException {
        var end = (FileOffset) to;
        seen.commit(end.batch(), oldestMs());
        if (options.clean() == FileOptions.Clean.OFF || !spec.streaming()) {
            return;
        }
        for (SeenFile file : end.files()) {
            clean(Path.of(file.path()));
        }
    }

    private void clean(Path file) throws IOException {
        if (!disk.exists(file)) {
            return;
        }
        if (options.clean() == FileOptions.Clean.DELETE) {
            disk.delete(file);
            return;
        }
        Path archive = Path.of(options.archive().orElseThrow());
        Path relative = file.isAbsolute() ? file.getRoot().relativize(file) : file.normalize();
        Path target = archive.resolve(relative.toString().replaceAll("\\.\\.(?=/|$)", "_"))
                .normalize();
        disk.createDirectories(target.getParent());
        disk.rename(file, target);
    }

    /** Also remembers the offset's files: they are not in the log before their range is committed. */
    @Override
    public Offset offset(String json) {
        FileOffset offset = FileOffset.parse(spec.identity(), json);
        if (offset.batch() > planned + 1) {
            throw seen.damaged("it goes up to range " + planned + ", and range " + offset.batch() + " has been read");
        }
        offset.files().forEach(file -> seen.put(key(file.path()), file));
        planned = Math.max(planned, offset.batch());
        return offset;
    }

    @Override
    public boolean finished(@Nullable Offset from) {
        return !spec.streaming() && from != null;
    }

    @Override
    public long pollMs() {
        return spec.streaming() ? POLL_MS : 0;
    }

    @Override
    public void close() {}
}
