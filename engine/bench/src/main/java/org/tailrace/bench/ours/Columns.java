package org.tailrace.bench.ours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Intake;
import org.tailrace.bench.data.BidText;
import org.tailrace.connect.FileProvider;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.spi.Format;

/** The engine's readers without a query: text into columns, which are dropped. Says how much of a run is reading. */
public final class Columns implements Intake {
    private static final int BLOCK = 8192;

    @Override
    public boolean can(Text text) {
        return text.files();
    }

    @Override
    public long run(Text text, Answer answer) throws IOException {
        Schema schema = DdlParser.schema("bench", BidText.SCHEMA);
        Format format = FileProvider.format(text.kind());
        long rows = 0;
        try (var paths = Files.list(Path.of(text.from()))) {
            for (Path path : paths.sorted().toList()) {
                var builder = new BatchBuilder(schema);
                try (Format.Reader reader = format.reader(
                        Files.newInputStream(path), path.toString(), Map.of(), schema, (position, raw, reason) -> {
                            throw new IllegalStateException(position + ": " + reason);
                        })) {
                    boolean more = true;
                    while (more) {
                        more = reader.read(builder, BLOCK);
                        rows += builder.build().size();
                    }
                }
            }
        }
        return rows;
    }
}
