package org.tailrace.render;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;

/** Draws values that a cell ends in: rows, and descriptions of tables. */
public final class Values {
    static final int ROWS = 60;
    static final int COLUMNS = 30;

    private Values() {}

    /** A batch as a table of at most 60 rows and 30 columns. */
    public static Rendered batch(Batch batch, ZoneId zone, String title) {
        return batch(batch, zone, title, ROWS);
    }

    public static Rendered batch(Batch batch, ZoneId zone, String title, int limit) {
        int count = Math.min(batch.size(), limit);
        var rows = new ArrayList<Row>(count);
        for (int i = 0; i < count; i++) {
            rows.add(batch.row(i));
        }
        return rows(batch.schema(), rows, batch.size(), zone, title);
    }

    /** @param total how many rows there are, of which {@code rows} are the first */
    public static Rendered rows(Schema schema, List<Row> rows, long total, ZoneId zone, String title) {
        var cells = new Cells(zone);
        int columns = Math.min(schema.size(), COLUMNS);
        var heads = new ArrayList<Grid.Head>();
        for (int i = 0; i < columns; i++) {
            Field field = schema.field(i);
            heads.add(new Grid.Head(field.name(), field.type().ddl(), Cells.numeric(field.type())));
        }
        var lines = new ArrayList<List<Grid.Cell>>();
        for (Row row : rows) {
            var line = new ArrayList<Grid.Cell>();
            for (int i = 0; i < columns; i++) {
                Object value = row.get(i);
                Grid.Mark mark = Boolean.FALSE.equals(value) ? Grid.Mark.FAINT : Grid.Mark.NONE;
                line.add(new Grid.Cell(cells.text(value), "", mark, value == null));
            }
            lines.add(line);
        }
        var grid = new Grid(heads, lines);
        String shown = rows.size() < total
                ? Numbers.count(rows.size()) + " of " + TableView.rows(total)
                : TableView.rows(total);
        String cut = schema.size() > columns ? " · " + columns + " of " + schema.size() + " columns" : "";
        String html = "<div style=\"font-family:" + Html.FONT + ";font-size:12px\">"
                + (title.isEmpty() ? "" : Html.bold(title) + " &nbsp;") + Html.quiet(shown + cut) + grid.html()
                + "</div>";
        String head = title.isEmpty() ? "" : Escape.plain(title) + " · ";
        return Rendered.of(html, grid.text() + head + shown + cut + "\n");
    }

    /** A description of a table that is not run: its schema, and its plan as text. */
    public static Rendered table(String title, Schema schema, String plan, String hint) {
        var lines = new ArrayList<List<Grid.Cell>>();
        for (Field field : schema.fields()) {
            lines.add(List.of(
                    Grid.Cell.of(field.name()),
                    Grid.Cell.of(field.type().ddl()),
                    Grid.Cell.of(field.nullable() ? "" : "never null")));
        }
        var grid = new Grid(
                List.of(
                        new Grid.Head("column", "", false),
                        new Grid.Head("type", "", false),
                        new Grid.Head("", "", false)),
                lines);
        String html = "<div style=\"font-family:" + Html.FONT + ";font-size:12px\">" + Html.bold(title) + grid.html()
                + "<pre style=\"font-size:12px;line-height:1.4;margin:8px 0px;opacity:0.85\">" + preformatted(plan)
                + "</pre>" + Html.quiet(hint) + "</div>";
        return Rendered.of(html, Escape.plain(title) + "\n" + grid.text() + "\n" + plan + "\n" + hint + "\n");
    }

    private static String preformatted(String text) {
        var out = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            out.append(out.length() == 0 ? "" : "\n").append(Escape.markup(line));
        }
        return out.toString();
    }
}
