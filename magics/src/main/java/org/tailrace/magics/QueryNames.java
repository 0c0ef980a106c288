package org.tailrace.magics;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.kernel.spi.Completion;
import org.tailrace.kernel.spi.MagicCall;

/** Completes the arguments of query magics: names of queries, then the words of the magic's usage. */
final class QueryNames {
    private QueryNames() {}

    static List<Completion> complete(Tailrace streams, MagicCall call, int cursor, String usage) {
        String line = call.line();
        int end = Math.min(cursor, line.length());
        int start = end;
        while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
            start--;
        }
        String prefix = line.substring(start, end);
        var words = new ArrayList<Completion>();
        boolean first = line.substring(0, start).isBlank();
        if (first) {
            for (Query query : streams.queries()) {
                String name = query.name().indexOf(' ') < 0 ? query.name() : "\"" + query.name() + "\"";
                add(words, name, prefix, start, end, "query");
            }
        }
        for (String word : usage.split("[\\s|\\[\\]]+")) {
            boolean option = word.startsWith("--");
            if (word.matches("[a-z-]{3,}") && (option || !first)) {
                add(words, word, prefix, start, end, "option");
            }
        }
        return words;
    }

    private static void add(List<Completion> words, String word, String prefix, int start, int end, String type) {
        if (word.startsWith(prefix)) {
            words.add(new Completion(word, start, end, type));
        }
    }
}
