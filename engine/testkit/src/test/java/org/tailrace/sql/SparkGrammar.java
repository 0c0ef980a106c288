package org.tailrace.sql;

import java.util.Optional;
import java.util.function.Consumer;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Spark's own grammar with the settings that Spark starts with. */
final class SparkGrammar {
    private SparkGrammar() {}

    /** What Spark dislikes about a whole query; empty if it takes it. */
    static Optional<String> query(String text) {
        return parse(text, SqlBaseParser::singleStatement);
    }

    /** What Spark dislikes about an expression, with or without alias; empty if it takes it. */
    static Optional<String> expression(String text) {
        return parse(text, SqlBaseParser::singleExpression);
    }

    private static Optional<String> parse(String text, Consumer<SqlBaseParser> rule) {
        var lexer = new SqlBaseLexer(new UpperCase(CharStreams.fromString(text)));
        var parser = new SqlBaseParser(new CommonTokenStream(lexer));
        parser.parameter_substitution_enabled = true;
        parser.single_character_pipe_operator_enabled = true;
        var first = new FirstError();
        lexer.removeErrorListeners();
        lexer.addErrorListener(first);
        parser.removeErrorListeners();
        parser.addErrorListener(first);
        try {
            rule.accept(parser);
            return Optional.empty();
        } catch (ParseCancellationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static final class FirstError extends BaseErrorListener {
        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object symbol,
                int line,
                int column,
                String message,
                RecognitionException e) {
            throw new ParseCancellationException(line + ":" + column + " " + message);
        }
    }

    /** Keywords match in any case, since the lexer sees capitals only; texts stay as they are. */
    private record UpperCase(CharStream text) implements CharStream {
        @Override
        public int LA(int i) {
            int c = text.LA(i);
            return c == 0 || c == IntStream.EOF ? c : Character.toUpperCase(c);
        }

        @Override
        public String getText(Interval interval) {
            return text.getText(interval);
        }

        @Override
        public void consume() {
            text.consume();
        }

        @Override
        public int mark() {
            return text.mark();
        }

        @Override
        public void release(int marker) {
            text.release(marker);
        }

        @Override
        public int index() {
            return text.index();
        }

        @Override
        public void seek(int index) {
            text.seek(index);
        }

        @Override
        public int size() {
            return text.size();
        }

        @Override
        public String getSourceName() {
            return text.getSourceName();
        }
    }
}
