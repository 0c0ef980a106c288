package org.tailrace.kernel.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A magic as it was written.
 *
 * @param name without per cent signs
 * @param line the rest of its line
 * @param body the lines below a {@code %%} magic; empty for a line magic
 */
public record MagicCall(String name, String line, Optional<String> body) {

    /** The words of the line; single or double quotes keep blanks, and a backslash in double quotes the next character. */
    public List<String> arguments() {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
                    word.append(line.charAt(++i));
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (Character.isWhitespace(c)) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                    open = false;
                }
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    /** The line whose {@link #arguments} are these words. */
    public static String line(List<String> words) {
        return words.stream()
                .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(" "));
    }

    /** The line, a newline and the body, as {@code cursor} offsets count. */
    public String text() {
        return body.map(b -> line + "\n" + b).orElse(line);
    }
}
