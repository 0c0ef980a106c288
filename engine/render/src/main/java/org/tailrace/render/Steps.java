package org.tailrace.render;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.LateRow;
import org.tailrace.report.QueryInfo;

/** What batches did, one by one: rows in, the watermark before and after, what came out, what was dropped and why. */
public final class Steps {
    private static final int ROWS = 20;

    private Steps() {}

    public static Rendered draw(QueryInfo info, List<BatchReport> reports) {
        return draw(info.zone(), reports);
    }

    public static Rendered draw(ZoneId zone, List<BatchReport> reports) {
        var html = new StringBuilder("<div style=\"font-family:" + Html.FONT + ";font-size:12.5px;line-height:1.4\">");
        var text = new StringBuilder();
        if (reports.isEmpty()) {
            html.append(Html.quiet("no batch: the sources have nothing new"));
            text.append("no batch: the sources have nothing new\n");
        }
        for (BatchReport report : reports) {
            step(zone, report, html, text);
        }
        return Rendered.of(html.append("</div>").toString(), text.toString());
    }

    private static void step(ZoneId zone, BatchReport report, StringBuilder html, StringBuilder text) {
        var times = new Times(zone);
        LocalDate day = times.date(report.batchTimeMs());
        String title = "Batch #" + report.batchId();
        var words = new ArrayList<String>();
        words.add(
                report.noData()
                        ? "no new rows: run because the watermark moved"
                        : TableView.rows(report.inputRows()) + " in");
        if (report.nextWatermarkMs().isPresent()) {
            words.add("watermark " + watermark(report.watermarkMs(), times, day) + " → "
                    + watermark(report.nextWatermarkMs(), times, day));
        }
        words.add(TableView.rows(report.resultRows()) + " out");
        if (report.lateInputRows() > 0) {
            words.add(TableView.rows(report.lateInputRows()) + " too late, dropped");
        }
        html.append("<div style=\"margin-top:6px\">")
                .append(Html.bold(title))
                .append(" &nbsp;")
                .append(Html.quiet(String.join(" · ", words)))
                .append("</div>");
        text.append(title).append(" · ").append(String.join(" · ", words)).append('\n');
        for (LateRow late :
                report.lateSamples().subList(0, Math.min(3, report.lateSamples().size()))) {
            String line = "× event " + times.near(late.eventTimeMs(), day) + ": " + late.reason();
            html.append("<div>").append(Html.coloured(line, Palette.RED)).append("</div>");
            text.append(Escape.plain(line)).append('\n');
        }
        for (String why : report.explanations()) {
            html.append(Html.caption(Escape.markup(why)));
            text.append(Escape.plain(why)).append('\n');
        }
        Batch result = report.result();
        if (result.size() > 0) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < Math.min(ROWS, result.size()); i++) {
                rows.add(result.row(i));
            }
            Rendered table = Values.rows(result.schema(), rows, report.resultRows(), zone, "");
            html.append(table.html());
            text.append(table.text());
        }
    }

    private static String watermark(OptionalLong millis, Times times, LocalDate day) {
        return millis.isEmpty() || millis.getAsLong() <= 0 ? "none" : times.near(millis.getAsLong(), day);
    }
}
