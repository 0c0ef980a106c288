package org.tailrace.data.text;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How dates and times look in text.
 *
 * @param zone of timestamps that name none
 * @param date empty for ISO forms, as {@link DateText} reads them
 * @param timestamp empty for ISO forms, as {@link TimestampText} reads them
 */
public record TextRules(ZoneId zone, Optional<DateTimeFormatter> date, Optional<DateTimeFormatter> timestamp) {
    public static final TextRules ISO = new TextRules(ZoneOffset.UTC, Optional.empty(), Optional.empty());
}
