package org.tailrace.expr.builtin;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tailrace.data.ArrayVector;

/** {@code sentences}: the words of each sentence, by the rules of a language. */
final class Sentences {
    static final Strict FUNCTION = Strict.of(
            "sentences",
            "sentences(text string[, language string[, country string]]) -> array<array<string!>!>?",
            "The sentences of a text, each as its words; by the rules of English unless said.",
            "sentences('Hi there! Good morning.')",
            (v, i, out) -> {
                var array = (ArrayVector) out;
                int start = array.elements.size;
                String language = v.length > 1 ? Cell.text(v[1], i) : "en";
                String country = v.length > 2 ? Cell.text(v[2], i) : v.length > 1 ? "" : "US";
                of(Cell.text(v[0], i), new Locale(language, country)).forEach(array.elements::appendValue);
                array.set(i, start, array.elements.size);
            });

    private Sentences() {}

    private static List<List<String>> of(String text, Locale locale) {
        var sentences = new ArrayList<List<String>>();
        for (String sentence : parts(text, BreakIterator.getSentenceInstance(locale))) {
            List<String> words = parts(sentence, BreakIterator.getWordInstance(locale));
            words.removeIf(word -> !Character.isLetterOrDigit(word.charAt(0)));
            sentences.add(words);
        }
        return sentences;
    }

    private static List<String> parts(String text, BreakIterator breaks) {
        breaks.setText(text);
        var parts = new ArrayList<String>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            parts.add(text.substring(start, end));
        }
        return parts;
    }
}
