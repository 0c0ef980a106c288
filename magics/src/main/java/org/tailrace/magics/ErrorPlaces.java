package org.tailrace.magics;

import java.util.Optional;
import org.tailrace.error.Place;
import org.tailrace.error.TailraceException;
import org.tailrace.kernel.spi.ErrorAdvisor;

/** Moves the caret of an engine's error from the fragment it knows to the cell's own source line. */
final class ErrorPlaces implements ErrorAdvisor {
    private static final String LABEL = "  in    ";

    @Override
    public Optional<Advice> advise(Throwable failure, Site site) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TailraceException known) {
                return Optional.of(advice(known, site));
            }
        }
        return Optional.empty();
    }

    private static Advice advice(TailraceException failure, Site site) {
        String code = failure.code();
        String text = failure.place()
                .flatMap(place -> inCell(failure, place, site))
                .orElse(failure.problem().text());
        return new Advice(code, text.startsWith(code + " ") ? text.substring(code.length() + 1) : text);
    }

    private static Optional<String> inCell(TailraceException failure, Place place, Site site) {
        String[] lines = site.source().split("\n", -1);
        String fragment = place.lineText();
        boolean written = place.verb().equals("sql") && place.text().startsWith(".to(");
        for (int line : nearest(lines.length, site.line())) {
            // a rule of the whole plan points at the verb, whose own text the engine made up
            String wanted = written ? "." + place.text().substring(place.start(), place.end()) + "(" : fragment;
            int at = lines[line - 1].indexOf(wanted);
            if (wanted.isEmpty() || at < 0) {
                continue;
            }
            int column = written ? at + 1 : at + place.column();
            String source = lines[line - 1].stripTrailing();
            int indent = source.length() - source.stripLeading().length();
            String where = "cell [" + site.cell() + "], line " + line + ": ";
            String in = LABEL + where + source.stripLeading() + "\n"
                    + " ".repeat(LABEL.length() + where.length() + Math.max(0, column - indent))
                    + "^".repeat(place.width());
            String rest = failure.problem().at(null).text();
            int head = rest.indexOf('\n');
            return Optional.of(
                    head < 0 ? rest + "\n" + in : rest.substring(0, head) + "\n" + in + rest.substring(head));
        }
        return Optional.empty();
    }

    /** Line numbers from 1: the one that failed, then those after it (a chain of verbs), then those before. */
    private static int[] nearest(int count, int line) {
        int first = line < 1 || line > count ? 1 : line;
        int[] order = new int[count];
        int at = 0;
        for (int i = first; i <= count; i++) {
            order[at++] = i;
        }
        for (int i = first - 1; i >= 1; i--) {
            order[at++] = i;
        }
        return order;
    }
}
