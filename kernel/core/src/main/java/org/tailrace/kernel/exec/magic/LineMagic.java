package org.tailrace.kernel.exec.magic;

import java.util.List;
import java.util.Optional;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.Completion;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/** A magic made of its words and two functions. */
record LineMagic(String name, Kind kind, String usage, String summary, Body body, Words words) implements Magic {

    @FunctionalInterface
    interface Body {
        Optional<Object> run(MagicCall call, Cell cell) throws Exception;
    }

    /** Proposes what may replace the word being written. */
    @FunctionalInterface
    interface Words {
        Words NONE = word -> List.of();

        List<String> startingWith(String word);
    }

    @Override
    public List<Completion> complete(MagicCall call, int cursor) {
        int end = Math.min(cursor, call.line().length());
        int start = end;
        while (start > 0 && !Character.isWhitespace(call.line().charAt(start - 1))) {
            start--;
        }
        int from = start;
        return words.startingWith(call.line().substring(start, end)).stream()
                .map(word -> new Completion(word, from, end, "argument"))
                .toList();
    }

    @Override
    public Optional<Object> run(MagicCall call, Cell cell) throws Exception {
        return body.run(call, cell);
    }
}
