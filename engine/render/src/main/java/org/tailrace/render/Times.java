package org.tailrace.render;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Times for people, in one zone: no longer than what tells them apart. */
final class Times {
    private final ZoneId zone;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    private LocalDateTime at(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    LocalDate date(long millis) {
        return at(millis).toLocalDate();
    }

    /** {@code 12:04:31}. */
    String clock(long millis) {
        return clock(at(millis));
    }

    /** {@code 2024-05-01 12:04:31}. */
    String dated(long millis) {
        return date(millis) + " " + clock(millis);
    }

    /** The time alone on the day {@code today}, else with its date. */
    String near(long millis, LocalDate today) {
        return date(millis).equals(today) ? clock(millis) : dated(millis);
    }

    /** {@code 12:01:50–12:02:00}; whole days as dates. {@code dated} puts the date before it. */
    String span(long start, long end, boolean dated) {
        LocalDateTime from = at(start);
        LocalDateTime to = at(end);
        boolean days = isMidnight(from) && isMidnight(to);
        if (days) {
            return from.toLocalDate().plusDays(1).equals(to.toLocalDate())
                    ? from.toLocalDate().toString()
                    : from.toLocalDate() + "–" + to.toLocalDate();
        }
        boolean minutes = from.getSecond() == 0 && to.getSecond() == 0 && from.getNano() == 0 && to.getNano() == 0;
        String text = minutes ? minute(from) + "–" + minute(to) : clock(from) + "–" + clock(to);
        return dated ? from.toLocalDate() + " " + text : text;
    }

    /** An axis label for ticks that lie {@code step} apart. */
    String tick(long millis, long step) {
        LocalDateTime time = at(millis);
        if (step >= 86_400_000L) {
            return time.toLocalDate().toString().substring(5);
        }
        if (step % 60_000 == 0 && time.getSecond() == 0) {
            return isMidnight(time) && step >= 3_600_000L
                    ? time.toLocalDate().toString().substring(5)
                    : minute(time);
        }
        return step >= 1000 && step < 60_000 ? two(time.getMinute()) + ":" + two(time.getSecond()) : clock(time);
    }

    private static boolean isMidnight(LocalDateTime time) {
        return time.toLocalTime().toNanoOfDay() == 0;
    }

    private static String minute(LocalDateTime time) {
        return two(time.getHour()) + ":" + two(time.getMinute());
    }

    private static String clock(LocalDateTime time) {
        return minute(time) + ":" + two(time.getSecond());
    }

    private static String two(int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }
}
