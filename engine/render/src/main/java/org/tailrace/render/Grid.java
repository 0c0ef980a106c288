package org.tailrace.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as it will be drawn, in HTML and as text: the one model of both.
 *
 * @param rows each with one cell per column
 */
record Grid(List<Head> columns, List<List<Cell>> rows) {
    /** Keeps the stripes and the hover of a front end out of our rows. */
    static final String ROW = "<tr style=\"background-color:transparent\">";

    private static final String TABLE =
            "border-collapse:collapse;font-family:" + Html.FONT + ";font-size:12.5px;line-height:1.35;margin:2px 0px";

    Grid {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    record Head(String name, String type, boolean number) {}

    /**
     * @param text whole text; cut when drawn
     * @param tag a word or a delta beside it; may be empty
     */
    record Cell(String text, String tag, Mark mark, boolean isNull) {
        static Cell of(String text) {
            return new Cell(text, "", Mark.NONE, false);
        }
    }

    enum Mark {
        NONE,
        CHANGED,
        NEW,
        /** A quiet tag, such as "final". */
        FINAL,
        /** A false or otherwise faint value. */
        FAINT
    }

    String html() {
        var out = new StringBuilder("<div style=\"overflow-x:auto\"><table style=\"")
                .append(TABLE)
                .append("\"><thead>")
                .append(ROW);
        for (Head head : columns) {
            String align = head.number ? "right" : "left";
            out.append("<th scope=\"col\" align=\"")
                    .append(align)
                    .append("\" style=\"text-align:")
                    .append(align)
                    .append(";padding:3px 12px;font-weight:600;white-space:nowrap;"
                            + "border-bottom:2px solid rgba(128,128,128,0.6)\">")
                    .append(Escape.markup(Cells.cut(head.name)))
                    .append(" <small style=\"font-weight:400;font-size:10px;opacity:0.6\">")
                    .append(Escape.markup(Cells.cut(head.type)))
                    .append("</small></th>");
        }
        out.append("</tr></thead><tbody>");
        for (List<Cell> row : rows) {
            out.append(ROW);
            for (int i = 0; i < row.size(); i++) {
                cell(out, row.get(i), columns.get(i).number);
            }
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }

    private static void cell(StringBuilder out, Cell cell, boolean number) {
        String align = number ? "right" : "left";
        String tint = "";
        out.append("<td align=\"").append(align).append('"');
        if (cell.mark == Mark.CHANGED) {
            out.append(" bgcolor=\"").append(Palette.CHANGED_GROUND).append('"');
            tint = ";background-color:" + Palette.CHANGED_TINT;
        } else if (cell.mark == Mark.NEW) {
            out.append(" bgcolor=\"").append(Palette.NEW_GROUND).append('"');
            tint = ";background-color:" + Palette.NEW_TINT;
        }
        String shown = Cells.cut(cell.text);
        if (!shown.equals(cell.text)) {
            out.append(" title=\"")
                    .append(Escape.markup(cell.text.length() > 500 ? cell.text.substring(0, 500) : cell.text))
                    .append('"');
        }
        out.append(" style=\"text-align:")
                .append(align)
                .append(";padding:3px 12px;white-space:nowrap;border-bottom:1px solid rgba(128,128,128,0.25)")
                .append(tint)
                .append("\">");
        String value = Escape.markup(shown);
        if (cell.isNull) {
            value = "<i style=\"opacity:0.5\">null</i>";
        } else if (cell.mark == Mark.FAINT) {
            value = "<span style=\"opacity:0.5\">" + value + "</span>";
        }
        String tag = tag(cell);
        boolean before = number && cell.mark == Mark.CHANGED;
        out.append(before ? tag : value).append(tag.isEmpty() ? "" : " ").append(before ? value : tag);
        out.append("</td>");
    }

    private static String tag(Cell cell) {
        if (cell.tag.isEmpty()) {
            return "";
        }
        String style = cell.mark == Mark.CHANGED
                ? "color:" + Palette.AMBER
                : cell.mark == Mark.NEW ? "color:" + Palette.GREEN : "opacity:0.6";
        return "<small style=\"font-size:10px;" + style + "\">" + Escape.markup(cell.tag) + "</small>";
    }

    /** The same table in plain characters. */
    String text() {
        int count = columns.size();
        int[] widths = new int[count];
        var lines = new ArrayList<String[]>();
        for (int i = 0; i < count; i++) {
            widths[i] = length(plain(columns.get(i).name));
        }
        for (List<Cell> row : rows) {
            var line = new String[count];
            for (int i = 0; i < count; i++) {
                Cell cell = row.get(i);
                boolean before = columns.get(i).number && cell.mark == Mark.CHANGED;
                String value = plain(cell.text);
                line[i] = cell.tag.isEmpty() ? value : before ? cell.tag + " " + value : value + " " + cell.tag;
                widths[i] = Math.max(widths[i], length(line[i]));
            }
            lines.add(line);
        }
        var out = new StringBuilder();
        var heads = new String[count];
        var rules = new String[count];
        for (int i = 0; i < count; i++) {
            heads[i] = plain(columns.get(i).name);
            rules[i] = "─".repeat(widths[i]);
        }
        line(out, heads, widths);
        line(out, rules, widths);
        lines.forEach(line -> line(out, line, widths));
        return out.toString();
    }

    private static String plain(String text) {
        return Cells.cut(Escape.plain(text));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private void line(StringBuilder out, @Nullable String[] cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells[i] == null ? "" : cells[i];
            String pad = " ".repeat(Math.max(0, widths[i] - length(cell)));
            line.append(i == 0 ? "" : "  ").append(columns.get(i).number ? pad + cell : cell + pad);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
