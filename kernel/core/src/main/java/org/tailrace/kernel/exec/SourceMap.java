package org.tailrace.kernel.exec;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Leads from a stack frame in a snippet's class back to the line of the cell. JShell compiles each snippet inside a
 * wrapper of its own making and can translate positions between the two.
 */
final class SourceMap {

    private static final Pattern WRAPPER = Pattern.compile("(REPL\\.\\$JShell\\$\\d+[A-Z]*)(\\$.*)?");
    private static final Pattern VERSION = Pattern.compile("[A-Z]*$");
    private static final Pattern PREFIX = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*[.$]");

    /** @param head how many characters we wrote before the user's text */
    private record Entry(Snippet snippet, Origin origin, int head) {}

    private final SourceCodeAnalysis analysis;
    private final Map<String, Entry> byClass = new ConcurrentHashMap<>();
    private final Map<String, String> newest = new ConcurrentHashMap<>();
    private final Map<Snippet, Origin> bySnippet = new ConcurrentHashMap<>();

    SourceMap(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /** @return the wrapper that this one replaces */
    Optional<String> add(String className, Snippet snippet, Origin origin, int head) {
        var known = bySnippet.putIfAbsent(snippet, origin);
        var before = newest.put(VERSION.matcher(className).replaceAll(""), className);
        byClass.put(className, new Entry(snippet, known == null ? origin : known, head));
        return Optional.ofNullable(before).filter(old -> !old.equals(className));
    }

    /** Whether a class of the notebook was compiled again since, under another name. */
    boolean isReplaced(Class<?> type) {
        var matcher = WRAPPER.matcher(type.getName());
        if (!matcher.matches()) {
            return false;
        }
        var wrapper = matcher.group(1);
        var now = newest.get(VERSION.matcher(wrapper).replaceAll(""));
        return now != null && !now.equals(wrapper);
    }

    Optional<Origin> origin(Snippet snippet) {
        return Optional.ofNullable(bySnippet.get(snippet));
    }

    Optional<Snippet> snippet(StackTraceElement frame) {
        return entry(frame).map(Entry::snippet);
    }

    Optional<Place> place(StackTraceElement frame) {
        return entry(frame).map(entry -> {
            int position = sourcePosition(entry.snippet(), frame.getLineNumber()) - entry.head();
            return entry.origin().at(Math.max(0, position));
        });
    }

    private Optional<Entry> entry(StackTraceElement frame) {
        var matcher = WRAPPER.matcher(frame.getClassName());
        return matcher.matches() ? Optional.ofNullable(byClass.get(matcher.group(1))) : Optional.empty();
    }

    /** The first character of the wrapper's line that stems from the snippet. */
    private int sourcePosition(Snippet snippet, int line) {
        var wrapper = analysis.wrapper(snippet);
        var wrapped = wrapper.wrapped();
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = wrapped.indexOf('\n', start) + 1;
        }
        int end = wrapped.indexOf('\n', start);
        for (int at = start; at < (end < 0 ? wrapped.length() : end); at++) {
            int position = wrapper.wrappedToSourcePosition(at);
            if (!Character.isWhitespace(wrapped.charAt(at))
                    && position >= 0
                    && position < snippet.source().length()
                    && wrapper.sourceToWrappedPosition(position) == at) {
                return position;
            }
        }
        return 0;
    }

    /** Takes the wrappers' names out of a text. */
    static String plain(String text) {
        return PREFIX.matcher(text).replaceAll("");
    }
}
