package org.tailrace.render;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.report.QueryInfo.Roles;
import org.tailrace.report.ResultSnapshot;

/** The result of a query as a table: a window as one column, changes tinted and with their delta, settled rows tagged. */
final class ResultGrid {
    private final Schema schema;
    private final Roles roles;
    private final Cells cells;
    private final Times times;
    private boolean dated;

    ResultGrid(Schema schema, Roles roles, java.time.ZoneId zone) {
        this.schema = schema;
        this.roles = roles;
        cells = new Cells(zone);
        times = new Times(zone);
    }

    Grid of(List<ResultSnapshot.Entry> rows, long batchId) {
        dated = spansDays(rows);
        var heads = new ArrayList<Grid.Head>();
        for (int i = 0; i < schema.size(); i++) {
            if (!hidden(i)) {
                Field field = schema.field(i);
                heads.add(
                        isWindow(i)
                                ? new Grid.Head("window", "timestamp", false)
                                : new Grid.Head(field.name(), field.type().ddl(), Cells.numeric(field.type())));
            }
        }
        var lines = new ArrayList<List<Grid.Cell>>();
        for (ResultSnapshot.Entry entry : rows) {
            lines.add(line(entry, batchId));
        }
        return new Grid(heads, lines);
    }

    private List<Grid.Cell> line(ResultSnapshot.Entry entry, long batchId) {
        var line = new ArrayList<Grid.Cell>();
        boolean changed = entry.lastChange() == batchId && entry.before() != null;
        boolean tagged = false;
        for (int i = 0; i < schema.size(); i++) {
            if (hidden(i)) {
                continue;
            }
            Object value = entry.row().get(i);
            String text = isWindow(i) ? window(entry.row(), i) : cells.text(value);
            boolean isNull = value == null;
            if (entry.fresh()) {
                line.add(new Grid.Cell(text, tagged ? "" : "new", Grid.Mark.NEW, isNull));
            } else if (changed
                    && !Objects.deepEquals(
                            value, Objects.requireNonNull(entry.before()).get(i))) {
                Object before = Objects.requireNonNull(entry.before()).get(i);
                line.add(new Grid.Cell(text, delta(schema.type(i), before, value), Grid.Mark.CHANGED, isNull));
            } else if (!tagged && entry.closed() && roles.windowed()) {
                line.add(new Grid.Cell(text, "final", Grid.Mark.FINAL, isNull));
            } else {
                boolean faint = Boolean.FALSE.equals(value);
                line.add(new Grid.Cell(text, "", faint ? Grid.Mark.FAINT : Grid.Mark.NONE, isNull));
            }
            tagged = true;
        }
        return line;
    }

    private static String delta(DataType type, @Nullable Object before, @Nullable Object now) {
        if (!(before instanceof Number old) || !(now instanceof Number fresh)) {
            return "";
        }
        if (before instanceof BigDecimal a && now instanceof BigDecimal b) {
            BigDecimal change = b.subtract(a);
            return (change.signum() < 0 ? "" : "+") + Numbers.decimal(change);
        }
        return Numbers.delta(fresh.doubleValue() - old.doubleValue(), type.isIntegral());
    }

    /** The end of a flat window is drawn with its start. */
    private boolean hidden(int column) {
        return column == roles.windowEnd() && roles.windowStart() >= 0;
    }

    private boolean isWindow(int column) {
        return column == roles.window() || (column == roles.windowStart() && roles.windowEnd() >= 0);
    }

    private String window(Row row, int column) {
        Object start = row.get(column);
        Object end = roles.windowEnd() >= 0 ? row.get(roles.windowEnd()) : null;
        if (start instanceof Row struct) {
            end = struct.get(1);
            start = struct.get(0);
        }
        return start instanceof Instant from && end instanceof Instant to
                ? times.span(from.toEpochMilli(), to.toEpochMilli(), dated)
                : cells.text(start);
    }

    private boolean spansDays(List<ResultSnapshot.Entry> rows) {
        LocalDate first = null;
        for (ResultSnapshot.Entry entry : rows) {
            Instant start = start(entry.row(), roles);
            if (start != null) {
                LocalDate day = times.date(start.toEpochMilli());
                if (first != null && !first.equals(day)) {
                    return true;
                }
                first = day;
            }
        }
        return false;
    }

    /** Start of the row's window, or null if there is none. */
    static @Nullable Instant start(Row row, Roles roles) {
        Object value = roles.window() >= 0
                ? row.get(roles.window())
                : roles.windowStart() >= 0 ? row.get(roles.windowStart()) : null;
        if (value instanceof Row struct) {
            value = struct.get(0);
        }
        return value instanceof Instant instant ? instant : null;
    }

    /** End of the row's window, or null if there is none. */
    static @Nullable Instant end(Row row, Roles roles) {
        Object value = roles.window() >= 0
                ? row.get(roles.window())
                : roles.windowEnd() >= 0 ? row.get(roles.windowEnd()) : null;
        if (value instanceof Row struct) {
            value = struct.get(1);
        }
        return value instanceof Instant instant ? instant : null;
    }
}
