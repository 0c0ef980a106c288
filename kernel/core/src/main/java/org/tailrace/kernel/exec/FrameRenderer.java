package org.tailrace.kernel.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of a stack trace that is the user's: frames of cells with their line, and how they got into a library. */
final class FrameRenderer {

    private static final int LIBRARY_FRAMES = 3;
    private static final int MOST_LINES = 24;
    private static final int LAST_LINES = 4;
    private static final String ENTRY = "do_it$";
    private static final String AUXILIARY = "do_it$Aux";
    private static final String OURS = "org.tailrace.kernel.";

    private final SourceMap sources;

    FrameRenderer(SourceMap sources) {
        this.sources = sources;
    }

    Optional<Place> firstPlace(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            var place = firstPlace(t.getStackTrace());
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    Optional<Place> firstPlace(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .map(sources::place)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The library method that the user's innermost frame has called. */
    Optional<String> calledByUser(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length; i++) {
            if (sources.place(stack[i]).isPresent()) {
                return i == 0 ? Optional.empty() : Optional.of(method(stack[i - 1]) + "(..)");
            }
        }
        return stack.length == 0 ? Optional.empty() : Optional.of(method(stack[0]) + "(..)");
    }

    /**
     * Frames down to the cell's own outermost one; what lies below is JShell's and ours.
     *
     * @param enclosing the exception that this one is the cause of; frames that both have are shown there
     */
    List<String> render(Throwable failure, @Nullable Throwable enclosing) {
        var stack = failure.getStackTrace();
        int end = userEnd(stack, stack.length - shared(stack, enclosing));
        var lines = new ArrayList<String>();
        int library = 0;
        for (int i = 0; i < end; i++) {
            var frame = stack[i];
            var place = sources.place(frame);
            if (place.isPresent() && !(i > 0 && continues(stack[i - 1], frame))) {
                fold(lines, library);
                library = 0;
                lines.add("    at " + caller(frame) + ErrorRenderer.place(place.get()) + ":  "
                        + place.get().sourceLine().strip());
            } else if (place.isEmpty() && !frame.getClassName().startsWith(OURS) && ++library <= LIBRARY_FRAMES) {
                lines.add("    at " + method(frame) + "(" + position(frame) + ")");
            }
        }
        fold(lines, library);
        return shortened(repeated(lines));
    }

    /** JShell runs the statement of some snippets in a second method, which the first one calls. */
    private static boolean continues(StackTraceElement inner, StackTraceElement outer) {
        return inner.getMethodName().equals(AUXILIARY)
                && outer.getMethodName().equals(ENTRY)
                && inner.getClassName().equals(outer.getClassName());
    }

    private static void fold(List<String> lines, int library) {
        if (library > LIBRARY_FRAMES) {
            lines.add("    … " + (library - LIBRARY_FRAMES) + " more");
        }
    }

    /** A method that calls itself is one line and a number. */
    private static List<String> repeated(List<String> lines) {
        var once = new ArrayList<String>();
        int count = 1;
        for (int i = 0; i < lines.size(); i++) {
            if (i + 1 < lines.size() && lines.get(i).equals(lines.get(i + 1))) {
                count++;
            } else {
                once.add(count == 1 ? lines.get(i) : lines.get(i) + "  (" + count + " times)");
                count = 1;
            }
        }
        return once;
    }

    /** Deep recursion is told by its two ends. */
    private static List<String> shortened(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        var both = new ArrayList<>(lines.subList(0, MOST_LINES - LAST_LINES));
        both.add("    … " + (lines.size() - MOST_LINES) + " more");
        both.addAll(lines.subList(lines.size() - LAST_LINES, lines.size()));
        return both;
    }

    /** Behind the last frame of a cell, or before the first of ours if no cell is in it. */
    private int userEnd(StackTraceElement[] stack, int limit) {
        for (int i = limit; i > 0; i--) {
            if (sources.place(stack[i - 1]).isPresent()) {
                return i;
            }
        }
        for (int i = 0; i < limit; i++) {
            if (stack[i].getClassName().startsWith(OURS)
                    || stack[i].getClassName().startsWith("jdk.internal.reflect.")) {
                return i;
            }
        }
        return limit;
    }

    private static int shared(StackTraceElement[] stack, @Nullable Throwable enclosing) {
        if (enclosing == null) {
            return 0;
        }
        var other = enclosing.getStackTrace();
        int count = 0;
        while (count < Math.min(stack.length, other.length)
                && stack[stack.length - 1 - count].equals(other[other.length - 1 - count])) {
            count++;
        }
        return count;
    }

    /** Empty for the cell's own statements, else the method of the notebook with a comma. */
    private static String caller(StackTraceElement frame) {
        var method = frame.getMethodName();
        if (method.equals(ENTRY) || method.equals(AUXILIARY)) {
            return "";
        }
        if (method.startsWith("lambda$")) {
            return "a lambda, ";
        }
        var owner = SourceMap.plain(frame.getClassName() + ".");
        if (method.equals("<init>")) {
            return "new " + owner.substring(0, owner.length() - 1) + ", ";
        }
        return (method.equals("<clinit>") ? owner + "static" : owner + method) + ", ";
    }

    private static String method(StackTraceElement frame) {
        return SourceMap.plain(frame.getClassName() + ".") + frame.getMethodName();
    }

    private static String position(StackTraceElement frame) {
        if (frame.isNativeMethod()) {
            return "native";
        }
        var file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
        return frame.getLineNumber() >= 0 ? file + ":" + frame.getLineNumber() : file;
    }
}
