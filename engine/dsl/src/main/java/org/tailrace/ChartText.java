package org.tailrace;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.AxesChartSeriesCategory;

/** The data behind an XChart chart as text: its title, and a line of points per series. */
final class ChartText {
    private static final int POINTS = 12;

    private ChartText() {}

    static String of(Chart<?, ?> chart) {
        var out = new StringBuilder(chart.getTitle()).append('\n');
        chart.getSeriesCollection().forEach(series -> {
            String name = series.getName();
            if (series instanceof XYSeries xy) {
                double[] xs = xy.getXData();
                double[] ys = xy.getYData();
                var points = new ArrayList<String>();
                for (int i = 0; i < xs.length; i++) {
                    points.add(x(xy, xs[i]) + " " + ys[i]);
                }
                line(out, name, points);
            } else if (series instanceof AxesChartSeriesCategory category) {
                var xs = new ArrayList<Object>(category.getXData());
                double[] ys = category.getYData();
                var points = new ArrayList<String>();
                for (int i = 0; i < xs.size(); i++) {
                    points.add(xs.get(i) + " " + ys[i]);
                }
                line(out, name, points);
            }
        });
        return out.toString();
    }

    private static String x(XYSeries series, double value) {
        return series.getxAxisDataType().name().equals("Date")
                ? new Date((long) value).toInstant().toString()
                : String.valueOf(value);
    }

    private static void line(StringBuilder out, String name, List<String> points) {
        out.append(name).append(": ");
        out.append(String.join(", ", points.subList(0, Math.min(POINTS, points.size()))));
        out.append(points.size() > POINTS ? ", … " + points.size() + " points\n" : "\n");
    }
}
