package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tailrace.connect.MemoryResult;
import org.tailrace.data.Batch;
import org.tailrace.function.BatchFunction;
import org.tailrace.plan.SinkSpec;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;

/** What a query sent to its sink, batch by batch. It is the outside world: it survives crashes. */
final class Batches implements QueryListener {
    private final Map<Long, List<JsonNode>> rows = new ConcurrentHashMap<>();
    private final MemoryResult table = new MemoryResult("result");
    private final String kind;

    /** @param kind of the recording; empty for a collector */
    Batches(String kind) {
        this.kind = kind;
    }

    SinkSpec sink() {
        switch (kind) {
            case "memory":
                return table.sink();
            case "parquet":
                // Recorded for its refusal only, which is that of any file sink.
                return new SinkSpec("json", "json(out)", Map.of("path", "out"), null);
            case "":
                BatchFunction<Batch> collect = (batch, id) -> rows.put(id, cells(batch));
                return new SinkSpec("foreachbatch", "golden", Map.of(), collect);
            default:
                throw new IllegalArgumentException("unknown sink '" + kind + "'");
        }
    }

    /** A memory sink's table is taken as it is after each batch. */
    @Override
    public void progressed(QueryInfo query, BatchReport report) {
        if (kind.equals("memory")) {
            rows.put(report.batchId(), cells(table.rows()));
        }
    }

    List<JsonNode> rows(long batchId) {
        return rows.getOrDefault(batchId, List.of());
    }

    private static List<JsonNode> cells(Batch batch) {
        var all = new ArrayList<JsonNode>();
        for (int row = 0; row < batch.size(); row++) {
            var cells = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < batch.schema().size(); i++) {
                cells.add(Cells.cell(batch.schema().type(i), batch.get(row, i)));
            }
            all.add(cells);
        }
        return all;
    }
}
