package org.tailrace.kernel.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.MagicCall;

/**
 * Finds the magics of a cell. A cell magic, {@code %%name}, stands on the first line that is neither blank nor comment, and
 * takes the rest of the cell. A line magic, {@code %name}, stands alone on a line where a statement may start: outside
 * strings, comments and brackets, and behind a finished statement. Behind an unfinished one {@code %} is the operator,
 * unless the name is a magic's: notebooks leave out the last semicolon before a magic. Behind a lone {@code =} no Java goes
 * on with {@code %}, so {@code List<String> added = %jars lib/*.jar}, as notebooks of IJava write it, is a magic too.
 */
public final class MagicParser {

    private final Predicate<String> known;

    /** @param known whether there is a magic of that name */
    public MagicParser(Predicate<String> known) {
        this.known = known;
    }

    /** The cell in order, without parts that hold only blanks and comments. */
    public List<CellPart> parse(String cell) {
        var parts = new ArrayList<CellPart>();
        var lexer = new JavaLexer(cell, 0);
        int javaStart = 0;
        int statementStart = 0;
        int depth = 0;
        @Nullable Token last = null;
        boolean anyCode = false;
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            if (token.isComment()) {
                continue;
            }
            if (token.is(cell, '%') && firstOnLine(cell, token.start()) && depth <= 0) {
                boolean twice = cell.startsWith("%%", token.start());
                int nameStart = token.start() + (twice ? 2 : 1);
                int nameEnd = endOfName(cell, nameStart);
                if (nameEnd > nameStart && twice && parts.isEmpty() && !anyCode) {
                    return List.of(cellMagic(cell, token.start(), nameStart, nameEnd));
                }
                if (nameEnd > nameStart && !twice && mayStart(cell, last, cell.substring(nameStart, nameEnd))) {
                    addJava(parts, cell, javaStart, token.start());
                    var magic = lineMagic(cell, token.start(), nameStart, nameEnd);
                    parts.add(magic);
                    javaStart = magic.end();
                    statementStart = javaStart;
                    lexer = new JavaLexer(cell, javaStart);
                    last = null;
                    continue;
                }
            }
            int assignedName = token.start() + 1;
            int assignedEnd = endOfName(cell, assignedName);
            if (token.is(cell, '%') && assignedEnd > assignedName && depth == 0 && last != null && last.is(cell, '=')) {
                addJava(parts, cell, javaStart, statementStart);
                var magic = assignedMagic(cell, statementStart, token.start(), assignedEnd);
                parts.add(magic);
                javaStart = magic.end();
                statementStart = javaStart;
                lexer = new JavaLexer(cell, javaStart);
                last = null;
                anyCode = true;
                continue;
            }
            depth += depthChange(cell, token);
            last = token;
            anyCode = true;
            if (depth == 0 && (token.is(cell, ';') || token.is(cell, '}'))) {
                statementStart = token.end();
            }
        }
        addJava(parts, cell, javaStart, cell.length());
        return parts;
    }

    private boolean mayStart(String cell, @Nullable Token last, String name) {
        return last == null || last.is(cell, ';') || last.is(cell, '}') || known.test(name);
    }

    private static int depthChange(String cell, Token token) {
        if (token.kind() != Token.Kind.SYMBOL) {
            return 0;
        }
        return switch (cell.charAt(token.start())) {
            case '(', '[', '{' -> 1;
            case ')', ']', '}' -> -1;
            default -> 0;
        };
    }

    private static boolean firstOnLine(String cell, int at) {
        int lineStart = cell.lastIndexOf('\n', at - 1) + 1;
        return cell.substring(lineStart, at).isBlank();
    }

    private static int endOfName(String cell, int from) {
        int at = from;
        while (at < cell.length()) {
            char c = cell.charAt(at);
            boolean part = at == from ? Character.isLetter(c) : Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0;
            if (!part) {
                break;
            }
            at++;
        }
        return at;
    }

    private static CellPart.Magic lineMagic(String cell, int start, int nameStart, int nameEnd) {
        int end = endOfLine(cell, nameEnd);
        int text = textStart(cell, nameEnd, end);
        var call = new MagicCall(cell.substring(nameStart, nameEnd), cell.substring(text, end), Optional.empty());
        return new CellPart.Magic(call, start, end, text, false, "");
    }

    private static CellPart.Magic assignedMagic(String cell, int statementStart, int start, int nameEnd) {
        var plain = lineMagic(cell, start, start + 1, nameEnd);
        var target = cell.substring(statementStart, start);
        return new CellPart.Magic(plain.call(), start, plain.end(), plain.textStart(), false, target);
    }

    private static CellPart.Magic cellMagic(String cell, int start, int nameStart, int nameEnd) {
        int end = endOfLine(cell, nameEnd);
        int text = textStart(cell, nameEnd, end);
        var body = end < cell.length() ? cell.substring(end + 1) : "";
        var call = new MagicCall(cell.substring(nameStart, nameEnd), cell.substring(text, end), Optional.of(body));
        return new CellPart.Magic(call, start, cell.length(), text, true, "");
    }

    /** Exactly one blank separates name and text, so that offsets into the text stay offsets into the cell. */
    private static int textStart(String cell, int nameEnd, int lineEnd) {
        return nameEnd < lineEnd && Character.isWhitespace(cell.charAt(nameEnd)) ? nameEnd + 1 : nameEnd;
    }

    private static int endOfLine(String cell, int from) {
        int newline = cell.indexOf('\n', from);
        return newline < 0 ? cell.length() : newline;
    }

    private static void addJava(List<CellPart> parts, String cell, int start, int end) {
        var source = cell.substring(start, end);
        if (JavaLexer.tokens(source).stream().anyMatch(token -> !token.isComment())) {
            parts.add(new CellPart.Java(source, start));
        }
    }
}
