package org.tailrace.exec;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.tailrace.data.Values;

/** Times in sentences for people: no more of date and seconds than it takes. */
final class TimeText {
    private final ZoneId zone;

    TimeText(ZoneId zone) {
        this.zone = zone;
    }

    String ms(long timeMs) {
        return micros(timeMs * 1000);
    }

    /** {@code 2024-01-01 12:05}; seconds and fractions only if there are any. */
    String micros(long micros) {
        LocalDateTime time = at(micros);
        return time.toLocalDate() + " " + time.toLocalTime();
    }

    /** As {@link #micros}, without the date if it is that of {@code other}. */
    String beside(long micros, long other) {
        LocalDateTime time = at(micros);
        return time.toLocalDate().equals(at(other).toLocalDate())
                ? time.toLocalTime().toString()
                : micros(micros);
    }

    private LocalDateTime at(long micros) {
        Instant instant = Values.instant(micros);
        return zone.equals(ZoneOffset.UTC)
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : LocalDateTime.ofInstant(instant, zone);
    }

    /** Why a row is late for an operator that compares its own time: a whole clause. */
    String late(long timeMicros, long watermarkMs) {
        long watermark = watermarkMs * 1000;
        return "event " + beside(timeMicros, watermark) + " <= watermark " + beside(watermark, timeMicros);
    }

    /** Why a row is late for a window. */
    String late(long timeMicros, long watermarkMs, long startMicros, long endMicros) {
        long watermark = watermarkMs * 1000;
        return "event " + beside(timeMicros, watermark) + " < watermark " + beside(watermark, timeMicros) + "; window "
                + beside(startMicros, watermark) + "–" + beside(endMicros, watermark) + " was already final";
    }
}
