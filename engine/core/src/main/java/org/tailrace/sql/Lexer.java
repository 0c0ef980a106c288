package org.tailrace.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * Text to tokens, as Spark cuts them: words may begin with a digit, double quotes make strings, comments nest. After the word
 * ARRAY, MAP or STRUCT, be it a function's name, {@code >>} is two signs that close types, until a {@code >} has closed one.
 */
final class Lexer {
    private static final String[] OPERATORS = {
        "<=>", ">>>", "<>", "!=", "<=", ">=", "==", "!<", "!>", "||", "->", "=>", "::", "<<", ">>", "(", ")", "[", "]",
        ",", ".", ";", "+", "-", "*", "/", "%", "=", "<", ">", "&", "|", "^", "~", "!", ":"
    };
    /** Whole numbers, decimals, exponents and their suffixes. What looks like a number but goes on is a name. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:[lLsSyYfFdD]|[bB][dD])?(?![A-Za-z0-9_])");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
    private static final Set<String> NESTED = Set.of("ARRAY", "MAP", "STRUCT");

    private final String verb;
    private final String text;
    private int at;
    /** How many types wait for their end. */
    private int open;

    private Lexer(String verb, String text) {
        this.verb = verb;
        this.text = text;
    }

    /** All tokens, the last of kind END. */
    static List<Token> tokens(String verb, String text) {
        return new Lexer(verb, text).all();
    }

    private List<Token> all() {
        var tokens = new ArrayList<Token>();
        while (skipBlanks()) {
            tokens.add(next(tokens));
        }
        tokens.add(new Token(Token.Kind.END, "", text.length(), text.length()));
        return tokens;
    }

    private boolean skipBlanks() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0' || text.charAt(at) == '\ufeff') {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment() {
        int start = at;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw error("a comment that does not end", start, start + 2, "close it with */");
            }
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private Token next(List<Token> before) {
        int start = at;
        char c = text.charAt(at);
        if ((c == 'r' || c == 'R') && at + 1 < text.length() && isQuote(text.charAt(at + 1))) {
            at++;
            return string(start, true);
        }
        if (isQuote(c)) {
            return string(start, false);
        }
        if (c == '`') {
            return quotedName(start);
        }
        if (c == '?') {
            at++;
            return new Token(Token.Kind.PARAMETER, "?", start, at);
        }
        boolean afterDot = !before.isEmpty() && before.get(before.size() - 1).isOperator(".");
        if (isDigit(c) && !afterDot
                || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)) && !endsName(before)) {
            var number = NUMBER.matcher(text).region(at, text.length()).useTransparentBounds(true);
            if (number.lookingAt()) {
                at = number.end();
                return new Token(Token.Kind.NUMBER, number.group(), start, at);
            }
        }
        var word = WORD.matcher(text).region(at, text.length());
        if (word.lookingAt()) {
            at = word.end();
            open += NESTED.contains(word.group().toUpperCase(Locale.ROOT)) ? 1 : 0;
            return new Token(Token.Kind.WORD, word.group(), start, at);
        }
        for (String operator : OPERATORS) {
            boolean closes = open > 0 && operator.startsWith(">>");
            if (!closes && text.startsWith(operator, at)) {
                open -= open > 0 && operator.equals(">") ? 1 : 0;
                at += operator.length();
                return new Token(Token.Kind.OPERATOR, operator, start, at);
            }
        }
        int length = Character.charCount(text.codePointAt(at));
        String fix =
                Character.isLetter(text.codePointAt(at)) ? "put names with other letters than a-z in back quotes" : "";
        throw error("unexpected '" + text.substring(at, at + length) + "'", at, at + length, fix);
    }

    /** Whether a dot here is a field access, not the start of a number such as {@code .5}. */
    private boolean endsName(List<Token> before) {
        if (before.isEmpty()) {
            return false;
        }
        Token last = before.get(before.size() - 1);
        return last.end() == at && (last.isName() || last.isOperator(")") || last.isOperator("]"));
    }

    private Token quotedName(int start) {
        var name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) != '`') {
                name.append(text.charAt(at));
            } else if (text.startsWith("``", at)) {
                name.append('`');
                at++;
            } else {
                at++;
                return new Token(Token.Kind.QUOTED_NAME, name.toString(), start, at);
            }
        }
        throw error("a name in back quotes that does not end", start, start + 1, "close it with `");
    }

    private Token string(int start, boolean raw) {
        char quote = text.charAt(at);
        var body = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && !raw && at + 1 < text.length()) {
                at = Escapes.read(text, at, body) - 1;
            } else if (c != quote) {
                body.append(c);
            } else if (!raw && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                body.append(quote);
                at++;
            } else {
                at++;
                return new Token(Token.Kind.STRING, body.toString(), start, at);
            }
        }
        throw error("a string that does not end", start, start + 1, "close it with " + quote);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private PlanException error(String what, int start, int end, String fix) {
        return new PlanException(
                Problem.of("TR-100", what).at(new Place(verb, text, start, end)).fix(fix));
    }
}
