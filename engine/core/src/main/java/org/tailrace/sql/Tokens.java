package org.tailrace.sql;

import java.util.List;
import java.util.Optional;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.Positions;

/** A cursor over the tokens of one text; knows where it is and says what it expected. */
final class Tokens {
    private final String verb;
    private final String text;
    private final List<Token> tokens;
    private final Positions positions = new Positions();
    private int at;

    Tokens(String verb, String text) {
        this.verb = verb;
        this.text = text;
        tokens = Lexer.tokens(verb, text);
    }

    Positions positions() {
        return positions;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean atWord(String word) {
        return peek().isWord(word);
    }

    /** Whether the next tokens are these words. */
    boolean atWords(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atOperator(String operator) {
        return peek().isOperator(operator);
    }

    boolean acceptWord(String word) {
        if (atWord(word)) {
            next();
            return true;
        }
        return false;
    }

    boolean acceptWords(String... words) {
        if (!atWords(words)) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            next();
        }
        return true;
    }

    boolean acceptOperator(String operator) {
        if (atOperator(operator)) {
            next();
            return true;
        }
        return false;
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw unexpected(word);
        }
    }

    void expectOperator(String operator) {
        if (!acceptOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    /** Any word or quoted name: where only a name can stand, no word is reserved. */
    String expectName(String what) {
        if (!peek().isName()) {
            throw unexpected(what);
        }
        return next().text();
    }

    void expectEnd() {
        acceptOperator(";");
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("the end");
        }
    }

    /** Goes on after all tokens that begin before {@code offset}. */
    void skipTo(int offset) {
        while (peek().kind() != Token.Kind.END && peek().start() < offset) {
            if (peek().end() > offset) {
                split(offset);
            }
            next();
        }
    }

    /** Cuts the operator here in two: the {@code >>} that ends {@code array<array<int>>} is two closings. */
    private void split(int offset) {
        Token token = peek();
        int cut = offset - token.start();
        tokens.set(at, new Token(token.kind(), token.text().substring(0, cut), token.start(), offset));
        tokens.add(at + 1, new Token(token.kind(), token.text().substring(cut), offset, token.end()));
    }

    /** How many tokens the parentheses that open here hold, themselves included. */
    int parenthesised() {
        int depth = 0;
        int ahead = 0;
        do {
            Token token = peek(ahead++);
            depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
        } while (depth > 0 && at + ahead < tokens.size());
        return ahead;
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    /** From the token at {@code mark} to the last one read. */
    Place placeFrom(int mark) {
        int last = Math.max(mark, at - 1);
        return new Place(verb, text, tokens.get(mark).start(), tokens.get(last).end());
    }

    /** Remembers where {@code node} stands: from the token at {@code mark} to the last one read. */
    <T> T located(T node, int mark) {
        if (positions.of(node).isEmpty()) {
            positions.put(node, placeFrom(mark));
        }
        return node;
    }

    /** The text from the token at {@code mark} to the last one read. */
    String textFrom(int mark) {
        Place place = placeFrom(mark);
        return text.substring(place.start(), place.end());
    }

    PlanException unexpected(String expected) {
        Token token = peek();
        String what = token.kind() == Token.Kind.END
                ? "the text ends too early"
                : "unexpected '" + text.substring(token.start(), token.end()) + "'";
        var problem = Problem.of("TR-100", what)
                .at(new Place(verb, text, token.start(), token.end()))
                .have("expected " + expected);
        return new PlanException(misspelt().map(problem::fix).orElse(problem));
    }

    /** The word here, or the one before that passed as a name, may be a keyword misspelt. */
    private Optional<String> misspelt() {
        for (int i = at; i >= Math.max(0, at - 1); i--) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD && !Keywords.structural(token.text())) {
                Optional<String> near = Keywords.near(token.text());
                if (near.isPresent()) {
                    return Optional.of(
                            "did you mean " + near.get() + (i < at ? " instead of '" + token.text() + "'?" : "?"));
                }
            }
        }
        return peek().kind() == Token.Kind.WORD && Keywords.structural(peek().text())
                ? Optional.of("a column of that name is written `" + peek().text() + "`")
                : Optional.empty();
    }

    PlanException error(String code, String what, int mark, String fix) {
        return new PlanException(Problem.of(code, what).at(placeFrom(mark)).fix(fix));
    }
}
