package org.tailrace.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.Completion;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/**
 * {@code %%sql}: a whole query text. Over unbounded tables it starts a live query, or with {@code --no-live} only makes
 * the table; over bounded ones it shows the rows.
 */
final class SqlMagic implements Magic {
    private static final List<String> KEYWORDS = List.of(
            "select",
            "distinct",
            "from",
            "where",
            "group by",
            "having",
            "order by",
            "limit",
            "join",
            "left join",
            "watermark",
            "delay of",
            "interval",
            "with",
            "union all",
            "case",
            "when",
            "then",
            "else",
            "end",
            "between",
            "and",
            "or",
            "not",
            "null",
            "as",
            "on");

    private final KernelHost host;
    private final Tailrace streams;
    private final ColumnCompletion words;

    SqlMagic(KernelHost host, Tailrace streams) {
        this.host = host;
        this.streams = streams;
        words = new ColumnCompletion(host, streams);
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public Kind kind() {
        return Kind.CELL;
    }

    @Override
    public String usage() {
        return "%%sql [--no-live] [--name q2]";
    }

    @Override
    public String summary() {
        return "Runs a SQL query; over unbounded tables it starts a live query.";
    }

    @Override
    public List<Completion> complete(MagicCall call, int cursor) {
        String text = call.text();
        if (cursor <= call.line().length()) {
            return QueryNames.complete(streams, call, cursor, usage());
        }
        var found = new java.util.ArrayList<>(words.words(text, cursor, words.allColumns()));
        int start = cursor;
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        String prefix = text.substring(start, cursor).toLowerCase(Locale.ROOT);
        for (String table : host.variables(StreamTable.class).keySet()) {
            if (table.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                found.add(new Completion(table, start, cursor, "table"));
            }
        }
        for (String keyword : KEYWORDS) {
            if (!prefix.isEmpty() && keyword.startsWith(prefix)) {
                found.add(new Completion(keyword, start, cursor, "keyword"));
            }
        }
        return found;
    }

    @Override
    public Optional<String> inspect(MagicCall call, int cursor) {
        return words.describe(call.text(), cursor, words.allColumns());
    }

    @Override
    public Optional<Object> run(MagicCall call, Cell cell) {
        List<String> arguments = call.arguments();
        Optional<String> name = Optional.empty();
        boolean live = true;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--no-live")) {
                live = false;
            } else if (word.equals("--name") && i + 1 < arguments.size()) {
                name = Optional.of(arguments.get(++i));
            } else {
                throw new PlanException(Problem.of("TR-805", "%%sql does not know '" + word + "'")
                        .have("--no-live, --name NAME"));
            }
        }
        StreamTable table = streams.sql(call.body().orElse(""));
        if (!table.isStreaming()) {
            name.ifPresent(n -> declare(n, StreamTable.class, table));
            return Optional.of(table.show(60));
        }
        if (!live) {
            name.ifPresent(n -> declare(n, StreamTable.class, table));
            return Optional.of(table);
        }
        Query query = name.isPresent() ? table.live(name.get()) : table.live();
        name.ifPresent(n -> declare(n, Query.class, query));
        return Optional.empty();
    }

    private <T> void declare(String name, Class<T> type, T value) {
        if (name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
            host.define(name, type, value);
        }
    }
}
