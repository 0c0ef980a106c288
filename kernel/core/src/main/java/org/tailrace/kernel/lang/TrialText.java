package org.tailrace.kernel.lang;

import java.util.Set;
import jdk.jshell.SourceCodeAnalysis;

/**
 * What JShell is asked about: the piece with the cursor, cut there, behind the cell's earlier pieces, since those have
 * not run yet and the piece may use their variables. JShell reads the whole as the body of one method; imports and
 * methods cannot stand in one and are left out.
 *
 * @param shift what to add to an offset in {@code text} to have one in the Java text that it was made of
 */
record TrialText(String text, int shift) {

    private static final Set<String> STATEMENTS = Set.of(
            "if",
            "for",
            "while",
            "do",
            "try",
            "switch",
            "synchronized",
            "return",
            "throw",
            "new",
            "assert",
            "else",
            "yield",
            "break",
            "continue",
            "case");
    private static final Set<String> TYPES = Set.of("class", "record", "interface", "enum");

    static TrialText of(SourceCodeAnalysis analysis, String java, int cursor) {
        var pieces = JavaPiece.split(analysis, java.substring(0, cursor));
        int count = pieces.size();
        int start = cursor;
        if (count > 0) {
            var last = pieces.get(count - 1);
            boolean open = last.broken()
                    || !(last.source().endsWith(";") || last.source().endsWith("}"));
            // JShell closes a piece with a semicolon of its own, which the text does not have
            boolean closedByText = java.startsWith(last.source(), last.offset());
            if (open || !closedByText) {
                start = last.offset();
                count--;
            }
        }
        var current = java.substring(start, cursor);
        var context = new StringBuilder();
        if (!isDeclaration(current)) {
            for (var piece : pieces.subList(0, count)) {
                if (!isImportOrMethod(piece.source())) {
                    context.append(piece.source()).append(piece.source().endsWith("}") ? "\n" : ";\n");
                }
            }
            if (!context.isEmpty()) {
                // an empty statement first: JShell judges the whole by its beginning
                context.insert(0, ";");
            }
        }
        return new TrialText(context + current, start - context.length());
    }

    private static boolean isDeclaration(String source) {
        return isImportOrMethod(source) || isType(source);
    }

    private static boolean isType(String source) {
        for (var token : JavaLexer.tokens(source)) {
            if (token.is(source, '(') || token.is(source, '=') || token.is(source, '{')) {
                return false;
            }
            if (token.kind() == Token.Kind.WORD && TYPES.contains(token.text(source))) {
                return true;
            }
        }
        return false;
    }

    /** A method is two words at least, brackets, and then a brace or {@code throws}. */
    static boolean isImportOrMethod(String source) {
        var tokens = JavaLexer.tokens(source).stream()
                .filter(token -> !token.isComment())
                .toList();
        if (tokens.isEmpty()) {
            return false;
        }
        var first = tokens.get(0).text(source);
        if (first.equals("import") || isType(source)) {
            return first.equals("import");
        }
        int words = 0;
        int at = 0;
        while (at < tokens.size() && !tokens.get(at).is(source, '(')) {
            if (tokens.get(at).is(source, '=')
                    || tokens.get(at).is(source, '{')
                    || tokens.get(at).is(source, ';')) {
                return false;
            }
            words += tokens.get(at++).kind() == Token.Kind.WORD ? 1 : 0;
        }
        if (words < 2 || STATEMENTS.contains(first)) {
            return false;
        }
        int depth = 0;
        for (; at < tokens.size(); at++) {
            if (tokens.get(at).is(source, '(')) {
                depth++;
            } else if (tokens.get(at).is(source, ')') && --depth == 0) {
                return at + 1 < tokens.size()
                        && (tokens.get(at + 1).is(source, '{')
                                || tokens.get(at + 1).text(source).equals("throws"));
            }
        }
        return false;
    }
}
