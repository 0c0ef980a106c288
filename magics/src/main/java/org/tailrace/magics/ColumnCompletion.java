package org.tailrace.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.data.Field;
import org.tailrace.expr.Function;
import org.tailrace.kernel.spi.Completion;
import org.tailrace.kernel.spi.CompletionSource;
import org.tailrace.kernel.spi.KernelHost;

/** Columns and functions inside the texts of verbs. */
final class ColumnCompletion implements CompletionSource {
    private static final Set<String> VERBS = Set.of(
            "where",
            "select",
            "withColumn",
            "drop",
            "withWatermark",
            "groupBy",
            "tumbling",
            "sliding",
            "session",
            "agg",
            "orderBy",
            "join",
            "leftJoin",
            "rightJoin",
            "fullJoin",
            "semiJoin",
            "antiJoin",
            "dropDuplicates",
            "dropDuplicatesWithinWatermark",
            "col",
            "expr",
            "bars",
            "lines",
            "by",
            "arrivingAt");

    private final KernelHost host;
    private final Tailrace streams;

    ColumnCompletion(KernelHost host, Tailrace streams) {
        this.host = host;
        this.streams = streams;
    }

    @Override
    public List<Completion> complete(StringPosition position) {
        return VERBS.contains(position.method())
                ? words(position.text(), position.cursor(), columns(position.receiver()))
                : List.of();
    }

    /** Columns of {@code columns} and functions that begin like the word before the cursor. */
    List<Completion> words(String text, int cursor, Map<String, Field> columns) {
        int start = wordStart(text, cursor);
        String prefix = text.substring(start, cursor).toLowerCase(Locale.ROOT);
        var found = new ArrayList<Completion>();
        for (Field column : columns.values()) {
            if (column.name().toLowerCase(Locale.ROOT).startsWith(prefix)) {
                found.add(new Completion(Field.quoted(column.name()), start, cursor, "column"));
            }
        }
        if (!prefix.isEmpty()) {
            for (Function function : streams.functions().all()) {
                for (String name : function.names()) {
                    if (name.startsWith(prefix) && Character.isLetter(name.charAt(0))) {
                        found.add(new Completion(name + "(", start, cursor, "function"));
                    }
                }
            }
        }
        return found;
    }

    @Override
    public Optional<String> inspect(StringPosition position) {
        return describe(position.text(), position.cursor(), columns(position.receiver()));
    }

    Optional<String> describe(String text, int cursor, Map<String, Field> columns) {
        int start = wordStart(text, cursor);
        int end = cursor;
        while (end < text.length() && part(text.charAt(end))) {
            end++;
        }
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        for (Field column : columns.values()) {
            if (column.name().equalsIgnoreCase(word)) {
                return Optional.of(column + (column.nullable() ? "" : ", never null"));
            }
        }
        return streams.functions().find(word).map(ColumnCompletion::page);
    }

    static String page(Function function) {
        return function.signature() + "\n\n" + function.doc() + "\n\nexample: " + function.example();
    }

    /** The columns of the variable that the chain of verbs begins with; of all tables if it is none. */
    private Map<String, Field> columns(String receiver) {
        Map<String, StreamTable> tables = host.variables(StreamTable.class);
        int end = 0;
        while (end < receiver.length() && Character.isJavaIdentifierPart(receiver.charAt(end))) {
            end++;
        }
        StreamTable own = tables.get(receiver.substring(0, end));
        return columns(own == null ? List.copyOf(tables.values()) : List.of(own));
    }

    Map<String, Field> allColumns() {
        return columns(List.copyOf(host.variables(StreamTable.class).values()));
    }

    private static Map<String, Field> columns(List<StreamTable> tables) {
        var all = new TreeMap<String, Field>();
        for (StreamTable table : tables) {
            table.schema().fields().forEach(f -> all.put(f.name(), f));
        }
        return all;
    }

    private static int wordStart(String text, int cursor) {
        int start = Math.min(cursor, text.length());
        while (start > 0 && part(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
