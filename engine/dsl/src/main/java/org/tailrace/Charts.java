package org.tailrace;

import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryInfo.Roles;

/** Results to XChart charts, in our colours, to be styled further by whoever asked. */
final class Charts {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int MOST_SERIES = 8;
    private static final int MOST_BARS = 40;
    private static final Color[] COLOURS = {
        new Color(0x3A7CC2), new Color(0xB8568F), new Color(0x4C8C4A), new Color(0x767676), new Color(0xB97A00)
    };

    private Charts() {}

    /** @throws PlanException TR-158 if the result has no number to draw */
    static Chart<?, ?> of(QueryInfo info, Batch rows) {
        int measure = measure(info, rows)
                .orElseThrow(() -> new PlanException(
                        Problem.of("TR-158", "the result of '" + info.name() + "' has no number to draw")
                                .have(rows.schema().toString())
                                .fix("draw the table: toTable()")));
        Roles roles = info.roles();
        return roles.window() >= 0 || roles.windowStart() >= 0 ? lines(info, rows, measure) : bars(info, rows, measure);
    }

    private static Optional<Integer> measure(QueryInfo info, Batch rows) {
        for (int measure : info.roles().measures()) {
            if (rows.schema().type(measure).isNumeric()) {
                return Optional.of(measure);
            }
        }
        for (int i = rows.schema().size() - 1; i >= 0; i--) {
            if (rows.schema().type(i).isNumeric()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static XYChart lines(QueryInfo info, Batch rows, int measure) {
        Roles roles = info.roles();
        int key = roles.keys().isEmpty() ? -1 : roles.keys().get(0);
        Map<String, List<Date>> times = new LinkedHashMap<>();
        Map<String, List<Number>> values = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Object start = rows.get(i, roles.window() >= 0 ? roles.window() : roles.windowStart());
            if (start instanceof Row window) {
                start = window.get(0);
            }
            Double value = finite(rows.get(i, measure));
            if (!(start instanceof Instant instant) || value == null) {
                continue;
            }
            String series = key < 0 ? rows.schema().name(measure) : String.valueOf(rows.get(i, key));
            if (!times.containsKey(series) && times.size() == MOST_SERIES) {
                continue;
            }
            times.computeIfAbsent(series, s -> new ArrayList<>()).add(Date.from(instant));
            values.computeIfAbsent(series, s -> new ArrayList<>()).add(value);
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(info.name())
                .yAxisTitle(rows.schema().name(measure))
                .build();
        style(chart.getStyler());
        chart.getStyler().setTimezone(java.util.TimeZone.getTimeZone(info.zone()));
        chart.getStyler().setLocale(java.util.Locale.ROOT);
        times.forEach((name, xs) -> chart.addSeries(name, xs, values.get(name)).setMarker(SeriesMarkers.NONE));
        return chart;
    }

    private static CategoryChart bars(QueryInfo info, Batch rows, int measure) {
        Roles roles = info.roles();
        int key = roles.keys().isEmpty() ? 0 : roles.keys().get(0);
        Map<String, Number> bars = new LinkedHashMap<>();
        for (int i = 0; i < rows.size() && bars.size() < MOST_BARS; i++) {
            Double value = finite(rows.get(i, measure));
            if (value != null) {
                bars.put(String.valueOf(rows.get(i, key)), value);
            }
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(info.name())
                .xAxisTitle(rows.schema().name(key))
                .yAxisTitle(rows.schema().name(measure))
                .build();
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        if (!bars.isEmpty()) {
            chart.addSeries(
                    rows.schema().name(measure), new ArrayList<>(bars.keySet()), new ArrayList<>(bars.values()));
        }
        return chart;
    }

    /** XChart takes no infinities. */
    private static @Nullable Double finite(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double real = number instanceof BigDecimal decimal ? decimal.doubleValue() : number.doubleValue();
        return Double.isNaN(real) || Double.isInfinite(real) ? null : real;
    }

    private static void style(Styler styler) {
        var font = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        styler.setSeriesColors(COLOURS);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendFont(font);
        styler.setBaseFont(font);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, 13));
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    }
}
