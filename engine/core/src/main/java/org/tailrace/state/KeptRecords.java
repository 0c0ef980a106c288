package org.tailrace.state;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.PlanException;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.report.BatchReport.SourceProgress;
import org.tailrace.report.BatchReport.Timings;

/** Batch reports as bytes: their facts, offset ranges and result, without the samples that views draw. */
final class KeptRecords {
    private static final Batch NOTHING = Batch.empty(new Schema(List.of()));

    private KeptRecords() {}

    static void write(DataOutputStream out, BatchReport report) throws IOException {
        out.writeLong(report.batchId());
        out.writeLong(report.batchTimeMs());
        out.writeBoolean(report.noData());
        for (OptionalLong time : List.of(
                report.watermarkMs(), report.nextWatermarkMs(), report.minEventTimeMs(), report.maxEventTimeMs())) {
            out.writeBoolean(time.isPresent());
            out.writeLong(time.orElse(0));
        }
        longs(out, report.droppedByWatermark(), report.lateInputRows(), report.nullEventTimes());
        out.writeInt(report.sources().size());
        for (SourceProgress source : report.sources()) {
            LogRecords.writeText(out, source.description());
            LogRecords.writeText(out, source.startOffset());
            LogRecords.writeText(out, source.endOffset());
            longs(out, source.rows(), source.badRows(), source.done(), source.total());
        }
        out.writeInt(report.operators().size());
        for (OperatorProgress operator : report.operators()) {
            LogRecords.writeText(out, operator.name());
            longs(out, operator.inputRows(), operator.outputRows(), operator.stateRows(), operator.stateBytes());
            longs(out, operator.updated(), operator.removed(), operator.dropped(), operator.nanos());
        }
        out.writeInt(report.explanations().size());
        for (String explanation : report.explanations()) {
            LogRecords.writeText(out, explanation);
        }
        Timings timings = report.timings();
        longs(out, timings.planNanos(), timings.logNanos(), timings.runNanos());
        longs(out, timings.writeNanos(), timings.commitNanos());
        out.writeLong(report.resultRows());
        Batch result = writable(report.result().schema()) ? report.result() : NOTHING;
        LogRecords.writeText(out, result.schema().toString());
        BatchCodec.write(out, result);
    }

    /** Objects that bind to no schema cannot be written down. */
    private static boolean writable(Schema schema) {
        return schema.fields().stream().allMatch(field -> writable(field.type()));
    }

    private static boolean writable(DataType type) {
        if (type instanceof DataType.Array array) {
            return writable(array.element());
        } else if (type instanceof DataType.Map map) {
            return writable(map.key()) && writable(map.value());
        }
        return type instanceof DataType.Struct struct ? writable(struct.fields()) : !(type instanceof DataType.Opaque);
    }

    private static Batch result(DataInputStream in) throws IOException {
        String columns = text(in);
        try {
            return columns.isEmpty() ? NOTHING : BatchCodec.read(in, DdlParser.schema(columns));
        } catch (PlanException e) {
            // Columns that no declaration can have, such as two of one name.
            return NOTHING;
        }
    }

    private static void longs(DataOutputStream out, long... values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    /** @param in behind the batch id */
    static BatchReport read(long batchId, DataInputStream in) throws IOException {
        long timeMs = in.readLong();
        boolean noData = in.readBoolean();
        OptionalLong watermark = time(in);
        OptionalLong next = time(in);
        OptionalLong min = time(in);
        OptionalLong max = time(in);
        long dropped = in.readLong();
        long late = in.readLong();
        long nulls = in.readLong();
        var sources = new ArrayList<SourceProgress>();
        for (int i = in.readInt(); i > 0; i--) {
            String description = text(in);
            String start = text(in);
            String end = text(in);
            sources.add(new SourceProgress(
                    description, in.readLong(), in.readLong(), start, end, in.readLong(), in.readLong()));
        }
        var operators = new ArrayList<OperatorProgress>();
        for (int i = in.readInt(); i > 0; i--) {
            operators.add(new OperatorProgress(
                    text(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong()));
        }
        var explanations = new ArrayList<String>();
        for (int i = in.readInt(); i > 0; i--) {
            explanations.add(text(in));
        }
        var timings = new Timings(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        long resultRows = in.readLong();
        return new BatchReport(
                batchId,
                timeMs,
                noData,
                sources,
                watermark,
                next,
                min,
                max,
                dropped,
                late,
                List.of(),
                nulls,
                List.of(),
                List.of(),
                operators,
                result(in),
                resultRows,
                explanations,
                timings);
    }

    private static OptionalLong time(DataInputStream in) throws IOException {
        boolean present = in.readBoolean();
        long value = in.readLong();
        return present ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static String text(DataInputStream in) throws IOException {
        String text = LogRecords.readText(in);
        return text == null ? "" : text;
    }
}
