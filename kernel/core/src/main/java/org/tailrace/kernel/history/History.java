package org.tailrace.kernel.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The inputs of this session, the newest 10,000, and what each came to. From any thread. */
public final class History {

    private static final int KEPT = 10_000;
    /** An output is kept for people to look at, not to compute with. */
    private static final int OUTPUT_CHARS = 4_096;

    /**
     * One executed cell.
     *
     * @param output the result as text; null if there was none
     */
    public record Entry(int number, String source, @Nullable String output) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    public synchronized void add(int number, String source) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(number, source, null));
    }

    /** Notes the result of a cell that was added; of one that was not, nothing. */
    public synchronized void output(int number, String text) {
        String kept = text.length() <= OUTPUT_CHARS ? text : text.substring(0, OUTPUT_CHARS) + "…";
        // nearly always the newest; a cell in a subshell may have been added meanwhile
        var newer = new ArrayDeque<Entry>();
        while (!entries.isEmpty() && entries.getLast().number() > number) {
            newer.addFirst(entries.removeLast());
        }
        if (!entries.isEmpty() && entries.getLast().number() == number) {
            entries.addLast(new Entry(number, entries.removeLast().source(), kept));
        }
        entries.addAll(newer);
    }

    /** The newest {@code count} entries, oldest first. */
    public synchronized List<Entry> tail(int count) {
        return newest(List.copyOf(entries), count);
    }

    /** The entries numbered from {@code start} up to but not including {@code stop}. */
    public synchronized List<Entry> range(int start, int stop) {
        return entries.stream()
                .filter(e -> e.number() >= start && e.number() < stop)
                .toList();
    }

    /**
     * The newest {@code count} entries whose whole source matches.
     *
     * @param glob {@code *} is any text and {@code ?} one character
     * @param unique of equal sources only the newest
     */
    public synchronized List<Entry> search(String glob, int count, boolean unique) {
        Pattern pattern = pattern(glob);
        List<Entry> found = new ArrayList<>(entries.stream()
                .filter(e -> pattern.matcher(e.source()).matches())
                .toList());
        if (unique) {
            var seen = new HashSet<String>();
            Collections.reverse(found);
            found.removeIf(e -> !seen.add(e.source()));
            Collections.reverse(found);
        }
        return newest(found, count);
    }

    private static List<Entry> newest(List<Entry> found, int count) {
        return List.copyOf(found.subList(Math.max(0, found.size() - Math.max(0, count)), found.size()));
    }

    private static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
