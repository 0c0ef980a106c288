package org.tailrace.connect;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.plan.SourceSpec;
import org.tailrace.report.BadRow;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Format;

/** Reads files one after another; small ones share a batch. */
final class FilesReader implements BatchReader {
    private static final int BLOCK = 8192;

    @FunctionalInterface
    interface Opener {
        InputStream open(SeenFile file) throws IOException;
    }

    private final SourceSpec spec;
    private final Format format;
    private final Map<String, String> options;
    private final Iterator<SeenFile> files;
    private final Opener opener;
    private final BadRecordList bad;
    private final BatchBuilder rows;
    private Format.@Nullable Reader open;

    FilesReader(
            SourceSpec spec,
            Format format,
            Map<String, String> options,
            boolean failFast,
            List<SeenFile> files,
            Opener opener) {
        this.spec = spec;
        this.format = format;
        this.options = options;
        this.files = files.iterator();
        this.opener = opener;
        bad = new BadRecordList(spec.identity(), failFast);
        rows = new BatchBuilder(spec.schema());
    }

    @Override
    public @Nullable Batch next() throws IOException {
        while (rows.size() < BLOCK) {
            if (open == null) {
                if (!files.hasNext()) {
                    break;
                }
                SeenFile file = files.next();
                open = format.reader(opener.open(file), file.path(), options, spec.schema(), bad);
            }
            if (!open.read(rows, BLOCK - rows.size())) {
                open.close();
                open = null;
            }
        }
        return rows.size() == 0 ? null : rows.build();
    }

    @Override
    public long badRows() {
        return bad.count();
    }

    @Override
    public List<BadRow> badSamples() {
        return bad.samples();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
