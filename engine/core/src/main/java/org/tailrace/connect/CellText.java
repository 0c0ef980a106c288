package org.tailrace.connect;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.tailrace.data.DataType;
import org.tailrace.data.text.TextRules;

/** Values as files hold them, in forms that {@link org.tailrace.data.text.TextCell} and other programs read back. */
final class CellText {
    private final TextRules rules;

    CellText(TextRules rules) {
        this.rules = rules;
    }

    String text(DataType type, Object value) {
        if (value instanceof Instant time) {
            return rules.timestamp()
                    .map(pattern -> pattern.format(time.atZone(rules.zone())))
                    .orElseGet(() -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            time.atZone(rules.zone()).toOffsetDateTime()));
        }
        if (value instanceof LocalDateTime wall) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(wall);
        }
        if (value instanceof LocalDate day) {
            return rules.date().map(pattern -> pattern.format(day)).orElseGet(day::toString);
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }
}
