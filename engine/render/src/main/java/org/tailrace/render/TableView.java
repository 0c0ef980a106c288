package org.tailrace.render;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.ResultSnapshot;

/** The result table of a live view with its caption, in HTML and as text. */
final class TableView {
    static final int ROWS = 20;

    private TableView() {}

    static Section of(ViewModel model, int limit) {
        ResultSnapshot result = model.result();
        List<ResultSnapshot.Entry> all = result.rows();
        List<ResultSnapshot.Entry> rows = all.size() <= limit ? all : all.subList(all.size() - limit, all.size());
        String title = result.batchId() < 0
                ? "No batch yet"
                : (model.status().failure() != null ? "last good result, batch #" : "Result after batch #")
                        + result.batchId();
        String shown = rows.size() < result.kept()
                ? Numbers.count(rows.size()) + " of " + rows(result.kept())
                : rows(result.kept());
        var words = new ArrayList<String>();
        words.add(Html.bold(title));
        words.add(Html.quiet(shown));
        var plain = new StringBuilder(title).append(" · ").append(shown);
        if (result.changed() > 0 || result.added() > 0) {
            if (model.info().fold() != org.tailrace.report.QueryInfo.Fold.ADD) {
                words.add(Html.coloured(Numbers.count(result.changed()) + " changed", Palette.AMBER));
                plain.append(" · ").append(Numbers.count(result.changed())).append(" changed");
            }
            words.add(Html.coloured(Numbers.count(result.added()) + " new", Palette.GREEN));
            plain.append(" · ").append(Numbers.count(result.added())).append(" new");
        }
        Grid grid = new ResultGrid(
                        result.schema(), model.info().roles(), model.info().zone())
                .of(rows, result.batchId());
        boolean failed = model.status().failure() != null;
        var html = new StringBuilder("<div style=\"font-family:" + Html.FONT + ";font-size:12px;margin-top:10px"
                        + (failed ? ";opacity:0.55" : "") + "\">")
                .append(String.join(" &nbsp;", words))
                .append(rows.isEmpty() ? "" : grid.html());
        var text = new StringBuilder(plain).append('\n').append(rows.isEmpty() ? "" : grid.text());
        String more = more(model, rows.size());
        if (!more.isEmpty()) {
            html.append(Html.caption(Escape.markup(more)));
            text.append(more).append('\n');
        }
        return new Section(html.append("</div>").toString(), text.toString());
    }

    private static String more(ViewModel model, int shown) {
        long rest = model.result().kept() - shown;
        if (rest <= 0) {
            return "";
        }
        String name = model.info().name();
        boolean simple = name.matches("[A-Za-z_$][A-Za-z0-9_$]*");
        String how = simple ? name + ".toTable()" : "streams.query(\"" + name + "\").toTable()";
        return "… " + Numbers.count(rest) + " more rows · " + how;
    }

    static String rows(long count) {
        return Numbers.count(count) + (count == 1 ? " row" : " rows");
    }
}
