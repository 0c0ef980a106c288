package org.tailrace.kernel.exec.magic;

import java.util.List;

/** Rows of words in columns that line up; the last column is as wide as it likes. */
final class TextTable {

    private TextTable() {}

    static String of(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        var widths = new int[rows.get(0).size()];
        for (var row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(row.get(row.size() - 1)).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
