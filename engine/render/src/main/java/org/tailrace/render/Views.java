package org.tailrace.render;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.report.QueryInfo.Fold;
import org.tailrace.report.QueryInfo.Roles;

/** Draws views of queries: the entry to this package. */
public final class Views {
    /** Rows of a result that a view wants to see. */
    public static final int SNAPSHOT_ROWS = 600;

    private Views() {}

    /** One frame: card, and below it what {@code spec} says. A replay's frame also has its digest. */
    public static Rendered draw(ViewSpec spec, ViewModel model) {
        Section card = Card.of(model);
        var html = new StringBuilder();
        var text = new StringBuilder();
        for (Section section : body(spec, model)) {
            html.append(section.html());
            text.append(section.text());
        }
        Rendered frame = Rendered.of(card.html() + Html.body(html.toString()), card.text() + text);
        return model.info().virtualTime() ? frame.with(Rendered.DIGEST, Digest.of(model)) : frame;
    }

    private static List<Section> body(ViewSpec spec, ViewModel model) {
        if (spec instanceof ViewSpec.Bars bars) {
            return List.of(bars(bars, model), TableView.of(model, TableView.ROWS));
        } else if (spec instanceof ViewSpec.Lines lines) {
            return List.of(lines(lines, model), TableView.of(model, TableView.ROWS));
        } else if (spec instanceof ViewSpec.Rates) {
            return List.of(RatesChart.of(model));
        } else if (spec instanceof ViewSpec.Watermark) {
            return List.of(WatermarkChart.of(model));
        } else if (spec instanceof ViewSpec.Table table) {
            return List.of(TableView.of(model, table.rows()));
        } else if (spec instanceof ViewSpec.State) {
            return List.of(StateView.of(model));
        }
        return automatic(model);
    }

    private static List<Section> automatic(ViewModel model) {
        Section table = TableView.of(model, TableView.ROWS);
        if (model.windowed()) {
            return List.of(defaultChart(model), table);
        }
        boolean stateless = model.info().fold() == Fold.ADD && !model.info().virtualTime();
        return stateless ? List.of(table, RatesChart.of(model)) : List.of(table);
    }

    /** Bars if some measure can be stacked, else lines; nothing without a measure. */
    private static Section defaultChart(ViewModel model) {
        Roles roles = model.info().roles();
        Schema schema = model.result().schema();
        int by = roles.keys().isEmpty() ? -1 : roles.keys().get(0);
        for (int measure : roles.measures()) {
            if (schema.type(measure) == DataType.BIGINT) {
                return stacked(model, -1, measure, by);
            }
        }
        for (int measure : roles.measures()) {
            if (schema.type(measure).isNumeric()) {
                return drawn(model, -1, measure, by);
            }
        }
        return Section.NONE;
    }

    private static Section bars(ViewSpec.Bars spec, ViewModel model) {
        return stacked(
                model,
                column(model, spec.x()),
                column(model, spec.y()),
                spec.by().map(b -> column(model, b)).orElse(-1));
    }

    private static Section lines(ViewSpec.Lines spec, ViewModel model) {
        int by = spec.by().map(b -> column(model, b)).orElse(-1);
        var html = new StringBuilder();
        for (String y : spec.y()) {
            html.append(
                    drawn(model, column(model, spec.x()), column(model, y), by).html());
        }
        return new Section(html.toString(), "");
    }

    private static Section stacked(ViewModel model, int x, int y, int by) {
        boolean integral = model.result().schema().type(y).isIntegral();
        Pivot data = Pivot.of(model.result(), model.info().roles(), cells(model), x, y, by, BarsChart.MOST, true);
        OptionalLong watermark = model.last().map(r -> r.nextWatermarkMs()).orElse(OptionalLong.empty());
        return BarsChart.of(
                data, title(model, data, y, by), new Times(model.info().zone()), watermark, integral);
    }

    private static Section drawn(ViewModel model, int x, int y, int by) {
        Pivot data = Pivot.of(model.result(), model.info().roles(), cells(model), x, y, by, LinesChart.MOST, false);
        return LinesChart.of(
                data, title(model, data, y, by), new Times(model.info().zone()));
    }

    private static Cells cells(ViewModel model) {
        return new Cells(model.info().zone());
    }

    private static String title(ViewModel model, Pivot data, int y, int by) {
        Schema schema = model.result().schema();
        String size = windowSize(model).map(s -> " per " + s + " window").orElse("");
        String what = schema.name(y);
        return (what.startsWith("count(") ? "Rows" : what) + size + (by < 0 ? "" : ", by " + schema.name(by));
    }

    private static Optional<String> windowSize(ViewModel model) {
        Roles roles = model.info().roles();
        return model.result().rows().stream().findFirst().flatMap(entry -> {
            var start = ResultGrid.start(entry.row(), roles);
            var end = ResultGrid.end(entry.row(), roles);
            return start == null || end == null
                    ? Optional.empty()
                    : Optional.of(Numbers.duration(end.toEpochMilli() - start.toEpochMilli()));
        });
    }

    private static int column(ViewModel model, String name) {
        int index = model.result().schema().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "no column '" + name + "' in the result: " + model.result().schema());
        }
        return index;
    }
}
