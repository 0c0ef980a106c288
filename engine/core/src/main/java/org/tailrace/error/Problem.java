package org.tailrace.error;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of an error, and their text form. Empty strings are parts that do not apply. */
public record Problem(String code, String what, @Nullable Place where, String why, String have, String fix)
        implements Serializable {

    public static Problem of(String code, String what) {
        return new Problem(code, what, null, "", "", "");
    }

    public Problem at(@Nullable Place place) {
        return new Problem(code, what, place, why, have, fix);
    }

    public Problem because(String reason) {
        return new Problem(code, what, where, reason, have, fix);
    }

    public Problem have(String present) {
        return new Problem(code, what, where, why, present, fix);
    }

    public Problem fix(String cure) {
        return new Problem(code, what, where, why, have, cure);
    }

    public Optional<Place> place() {
        return Optional.ofNullable(where);
    }

    /** The whole message; lines after the first are indented by two blanks and a label of six characters. */
    public String text() {
        var out = new StringBuilder(code).append(' ').append(what);
        if (where != null) {
            boolean whole = where.text().indexOf('\n') >= 0 || where.verb().equals("sql");
            String prefix = whole
                    ? (where.text().indexOf('\n') >= 0 ? "line " + where.line() + ": " : "")
                    : where.verb() + "(\"";
            line(out, "in", prefix + where.lineText() + (whole ? "" : "\")"));
            out.append("\n        ")
                    .append(" ".repeat(prefix.length() + where.column()))
                    .append("^".repeat(where.width()));
        }
        line(out, "why", why);
        line(out, "have", have);
        line(out, "fix", fix);
        return out.toString();
    }

    private static void line(StringBuilder out, String label, String text) {
        if (!text.isEmpty()) {
            out.append("\n  ")
                    .append(label)
                    .append(" ".repeat(6 - label.length()))
                    .append(text.replace("\n", "\n        "));
        }
    }
}
