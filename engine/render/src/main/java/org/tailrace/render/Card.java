package org.tailrace.render;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.error.Problem;
import org.tailrace.error.TailraceException;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.LateRow;
import org.tailrace.report.BatchReport.SourceProgress;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;

/**
 * The status card: a bar in the state's colour, one line of words, the figures, and what there is to say. A replay's card
 * has no wall clock, rate, capacity, batch time or bytes, so that two runs draw the same.
 */
final class Card {
    private static final int SPARKS = 24;

    private final ViewModel model;
    private final QueryInfo info;
    private final QueryStatus status;
    private final Times times;
    private final List<Item> items = new ArrayList<>();

    private record Item(String label, String value, String colour, String extra) {}

    private Card(ViewModel model) {
        this.model = model;
        info = model.info();
        status = model.status();
        times = new Times(info.zone());
    }

    static Section of(ViewModel model) {
        return new Card(model).draw();
    }

    private Section draw() {
        figures();
        List<String> sentences = sentences();
        String colour = colour();
        String head = head();
        var html = new StringBuilder();
        html.append("<table style=\"border-collapse:collapse;margin:0px;font-family:" + Html.FONT
                        + ";line-height:1.35\">" + Grid.ROW + "<td bgcolor=\"")
                .append(colour)
                .append("\" width=\"4\" style=\"padding:0px;width:4px;background-color:")
                .append(colour)
                .append("\"></td><td align=\"left\" style=\"text-align:left;padding:2px 0px 2px 12px\">");
        html.append("<div style=\"font-size:13px\">")
                .append(Html.coloured("●", colour))
                .append(' ')
                .append(Html.bold(info.name()))
                .append(" &nbsp;")
                .append(Html.coloured(word(), colour))
                .append(" &nbsp;")
                .append(Html.quiet("· " + head))
                .append("</div>");
        Section failure = failure();
        html.append(failure.html());
        html.append("<div>");
        for (Item item : items) {
            html.append("<span style=\"display:inline-block;padding:4px 18px 2px 0px;vertical-align:top\">"
                            + "<small style=\"font-size:11px;opacity:0.7\">")
                    .append(Escape.markup(item.label))
                    .append("</small> <br style=\"line-height:1\"><b style=\"font-size:14px;font-weight:600")
                    .append(item.colour.isEmpty() ? "" : ";color:" + item.colour)
                    .append("\">")
                    .append(item.extra)
                    .append(
                            item.colour.isEmpty()
                                    ? Escape.markup(item.value)
                                    : "<font color=\"" + item.colour + "\">" + Escape.markup(item.value) + "</font>")
                    .append("</b> &nbsp;</span>");
        }
        html.append("</div>");
        for (String sentence : sentences) {
            html.append("<div style=\"font-size:12px;opacity:0.75\">")
                    .append(Escape.markup(sentence))
                    .append("</div>");
        }
        html.append("</td></tr></table>");

        var text = new StringBuilder(info.name())
                .append(' ')
                .append(word())
                .append(" · ")
                .append(head)
                .append('\n');
        text.append(failure.text());
        var line = new ArrayList<String>();
        items.forEach(item -> line.add(item.label + " " + item.value));
        text.append(String.join(" · ", line)).append('\n');
        sentences.forEach(s -> text.append(Escape.plain(s)).append('\n'));
        return new Section(html.toString(), text.toString());
    }

    private String word() {
        String detail = status.detail();
        long batch = status.batchId();
        String at = batch < 0 ? "" : " at batch #" + batch;
        switch (status.state()) {
            case STARTING:
                return "starting";
            case RUNNING:
                return behind() ? "falling behind" : "running";
            case PAUSED:
                return "paused" + at + (detail.isEmpty() ? "" : ": " + detail);
            case RETRYING:
                return "retrying" + (detail.isEmpty() ? "" : ": " + detail);
            case STOPPED:
                return "stopped" + at + (info.virtualTime() ? "" : ", " + times.clock(status.timeMs()));
            case FINISHED:
                return "finished" + at;
            case FAILED:
                return "failed in batch #" + (batch + 1);
            default:
                return "replaced" + at + (detail.isEmpty() ? "" : " by " + detail);
        }
    }

    private boolean behind() {
        long interval = info.intervalMs();
        return !info.virtualTime()
                && interval > 0
                && model.lastData()
                        .map(r -> r.timings().totalNanos() > interval * 1_000_000L)
                        .orElse(false);
    }

    private String colour() {
        switch (status.state()) {
            case STARTING:
            case RUNNING:
                return behind() ? Palette.AMBER : Palette.GREEN;
            case PAUSED:
            case RETRYING:
                return Palette.AMBER;
            case FAILED:
                return Palette.RED;
            case FINISHED:
                return Palette.BLUE;
            default:
                return Palette.GRAY;
        }
    }

    private String head() {
        return info.mode() + " · " + info.trigger() + " · from " + String.join(", ", info.sources())
                + (info.durable() ? "" : " · not durable");
    }

    private void figures() {
        BatchReport last = model.last().orElse(null);
        item("batch", last == null ? "–" : "#" + last.batchId());
        if (last == null) {
            return;
        }
        if (!info.virtualTime()) {
            rates();
        } else {
            progress(last);
        }
        OptionalLong watermark = last.nextWatermarkMs();
        if (watermark.isPresent()) {
            boolean some = watermark.getAsLong() > 0;
            String value = some ? times.near(watermark.getAsLong(), times.date(last.batchTimeMs())) : "not yet";
            items.add(new Item("watermark", value, Palette.ORANGE, ""));
            if (some) {
                item("lag", Numbers.duration(Math.max(0, last.batchTimeMs() - watermark.getAsLong())));
            }
            items.add(new Item(
                    "late, dropped", Numbers.count(model.lateRows()), model.lateRows() > 0 ? Palette.RED : "", ""));
        }
        if (last.operators().stream().anyMatch(o -> o.stateRows() > 0) || watermark.isPresent()) {
            String label = info.virtualTime() ? "state" : "state " + Numbers.bytes(last.stateBytes());
            item(label, TableView.rows(last.stateRows()));
        }
        if (model.badRows() > 0) {
            items.add(new Item("bad rows", Numbers.count(model.badRows()), Palette.RED, ""));
        }
    }

    private void item(String label, String value) {
        items.add(new Item(label, value, "", ""));
    }

    private void rates() {
        Rates rates = Rates.of(model);
        if (rates.count() == 0) {
            return;
        }
        item("rows/s in", Numbers.rate(rates.lastInput()));
        item("capacity", Numbers.rate(rates.lastCapacity()));
        String label =
                info.intervalMs() > 0 ? "batch time / " + Numbers.count(info.intervalMs()) + " ms" : "batch time";
        items.add(new Item(label, Numbers.duration(Math.round(rates.lastMillis())), "", rates.sparkline(SPARKS) + " "));
    }

    private void progress(BatchReport last) {
        long done = last.sources().stream().mapToLong(SourceProgress::done).sum();
        long total = last.sources().stream().mapToLong(SourceProgress::total).sum();
        boolean known = last.sources().stream().allMatch(s -> s.total() >= 0) && total > 0;
        item(
                "rows",
                !known || done >= total
                        ? Numbers.count(model.inputRows())
                        : done * 100 / total + " %  " + Numbers.count(done) + " / " + Numbers.count(total));
        item("stream time", times.near(last.batchTimeMs(), times.date(last.batchTimeMs())));
    }

    private List<String> sentences() {
        var out = new ArrayList<String>();
        if (!model.note().isEmpty()) {
            out.add(model.note());
        }
        if (info.resumedAt() >= 0) {
            out.add("resumed from checkpoint at batch #" + info.resumedAt());
        }
        if (status.state() == State.FINISHED
                && info.virtualTime()
                && !model.reports().isEmpty()) {
            out.add("finished: " + Numbers.count(model.batches()) + " batches, " + Numbers.count(model.inputRows())
                    + " rows" + streamed());
        }
        if (!info.bounded() && !status.state().ended()) {
            out.addAll(info.warnings());
        }
        model.last().ifPresent(last -> {
            if (!status.state().ended()) {
                out.addAll(last.explanations());
            }
        });
        late().ifPresent(out::add);
        for (String line : model.log()) {
            out.add("│ " + line);
        }
        model.last()
                .filter(r -> !info.virtualTime())
                .ifPresent(r -> out.add("as of batch #" + r.batchId() + ", " + times.clock(r.batchTimeMs())));
        return out;
    }

    /** How much virtual time went by from the first batch to the last. */
    private String streamed() {
        long last = model.last().map(BatchReport::batchTimeMs).orElse(0L);
        long millis = last - model.firstBatchTimeMs().orElse(last);
        return millis > 0 ? ", " + Numbers.duration(millis) + " of stream" : "";
    }

    /** The newest late row, by its own words. */
    private java.util.Optional<String> late() {
        for (int i = model.reports().size() - 1; i >= 0; i--) {
            List<LateRow> samples = model.reports().get(i).lateSamples();
            if (!samples.isEmpty()) {
                return java.util.Optional.of(
                        "last late row: " + samples.get(samples.size() - 1).reason());
            }
        }
        return java.util.Optional.empty();
    }

    private Section failure() {
        Throwable failure = status.failure();
        if (failure == null) {
            return Section.NONE;
        }
        String code;
        String what;
        String more = "";
        if (failure instanceof TailraceException known) {
            Problem problem = known.problem();
            code = problem.code();
            what = problem.what();
            more = problem.text().indexOf('\n') < 0
                    ? ""
                    : problem.text().substring(problem.text().indexOf('\n') + 1);
        } else {
            code = failure.getClass().getSimpleName();
            what = String.valueOf(failure.getMessage());
        }
        long failed = status.batchId() + 1;
        String safe = failed == 0
                ? ""
                : "batches #0–#" + (failed - 1) + (info.durable() ? " are safe in the checkpoint" : " are in the sink");
        String name = info.name();
        String next = "%batch " + name + " " + failed + " --input shows the rows · " + name + ".retry() · " + name
                + ".skip()";
        String line = (safe.isEmpty() ? "" : safe + " · ") + next;
        var html = new StringBuilder("<div style=\"font-size:13px;padding:4px 0px 0px 0px\">")
                .append("<b style=\"font-weight:600\">")
                .append(Html.coloured(code, Palette.RED))
                .append("</b> ")
                .append(Html.coloured(what, Palette.RED))
                .append("</div>");
        for (String part : more.split("\n")) {
            if (!part.isEmpty()) {
                html.append("<div style=\"font-size:12px;white-space:pre\">")
                        .append(Escape.markup(part).replace("  ", "&nbsp; "))
                        .append("</div>");
            }
        }
        html.append("<div style=\"font-size:12px;opacity:0.75;padding-bottom:4px\">")
                .append(Escape.markup(line))
                .append("</div>");
        String text = code + " " + Escape.plain(what) + "\n" + (more.isEmpty() ? "" : more + "\n") + line + "\n";
        return new Section(html.toString(), text);
    }
}
