package org.tailrace.magics;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tailrace.Shown;
import org.tailrace.Tailrace;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.Function;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/** {@code %functions [name]}: all functions of SQL texts, or one with its documentation. */
final class FunctionsMagic implements Magic {
    private static final Schema SCHEMA = Schema.of(
            new Field("function", DataType.STRING),
            new Field("what it does", DataType.STRING),
            new Field("example", DataType.STRING));

    private final Tailrace streams;

    FunctionsMagic(Tailrace streams) {
        this.streams = streams;
    }

    @Override
    public String name() {
        return "functions";
    }

    @Override
    public Kind kind() {
        return Kind.LINE;
    }

    @Override
    public String usage() {
        return "%functions [name]";
    }

    @Override
    public String summary() {
        return "The functions that SQL texts can call.";
    }

    @Override
    public Optional<Object> run(MagicCall call, Cell cell) {
        List<String> words = call.arguments();
        if (words.isEmpty()) {
            var rows = new ArrayList<Row>();
            for (Function function : streams.functions().all()) {
                if (Character.isLetter(function.name().charAt(0))) {
                    rows.add(new Row(SCHEMA, List.of(function.signature(), function.doc(), function.example())));
                }
            }
            return Optional.of(new Shown(Batch.of(SCHEMA, rows), rows.size(), ZoneOffset.UTC, "functions"));
        }
        String name = words.get(0).toLowerCase(Locale.ROOT);
        Function function = streams.functions()
                .find(name)
                .orElseThrow(() -> new PlanException(Problem.of("TR-103", "no function '" + name + "'")
                        .fix(Nearest.question(name, streams.functions().names()))));
        cell.print(ColumnCompletion.page(function) + "\n");
        return Optional.empty();
    }
}
