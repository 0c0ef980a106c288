package org.tailrace.kernel.lang;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;

/**
 * A statement or declaration of a longer text.
 *
 * @param offset where it begins there, behind blanks and comments
 */
public record JavaPiece(String source, int offset, Completeness completeness) {

    /** Whether its end is missing, or it cannot be parsed at all. */
    public boolean broken() {
        return completeness == Completeness.DEFINITELY_INCOMPLETE || completeness == Completeness.UNKNOWN;
    }

    int end() {
        return offset + source.length();
    }

    /** Cuts a text up; only the last piece may be incomplete. On the thread that JShell is kept on. */
    public static List<JavaPiece> split(SourceCodeAnalysis analysis, String source) {
        var pieces = new ArrayList<JavaPiece>();
        int at = JavaText.codeStart(source);
        while (at < source.length()) {
            var info = analysis.analyzeCompletion(source.substring(at));
            boolean complete = info.completeness().isComplete();
            int end = complete ? source.length() - info.remaining().length() : source.length();
            if (end <= at) {
                break;
            }
            var piece = complete ? info.source().strip() : source.substring(at);
            pieces.add(new JavaPiece(piece, at, info.completeness()));
            at = end + JavaText.codeStart(source.substring(end));
        }
        return pieces;
    }
}
