package org.tailrace;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** A number of bytes as text: {@code 512 MB}, {@code 2g}, {@code 65536}; a kilobyte has 1,024 bytes. */
final class ByteSize {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?", Pattern.CASE_INSENSITIVE);

    private ByteSize() {}

    /** Empty if it is none, or not positive. */
    static Optional<Long> find(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(parts.group(1));
        String unit = parts.group(2).toLowerCase(Locale.ROOT);
        int bits = unit.isEmpty() ? 0 : 10 * (1 + "kmgt".indexOf(unit));
        return count > 0 && count <= Long.MAX_VALUE >> bits ? Optional.of(count << bits) : Optional.empty();
    }

    /** @throws PlanException TR-161 if it is no size */
    static long parse(String verb, String text) {
        return find(text)
                .orElseThrow(() -> new PlanException(Problem.of("TR-161", "'" + text + "' is no size")
                        .at(new Place(verb, text, 0, text.length()))
                        .fix("write \"512 MB\"")));
    }
}
