package org.tailrace.bench.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Bids as text, a line each, for the question how fast text is read. The window that is counted is {@link #SQL}. */
public final class BidText {
    public static final String SCHEMA = "auction bigint, bidder bigint, price bigint, channel string, url string,"
            + " dateTime timestamp, extra string";
    public static final String SQL = "SELECT window.start AS start, bidder, count(*) AS n FROM bid"
            + " GROUP BY window(dateTime, '10 seconds'), bidder";
    public static final String DELAY = "4 seconds";

    /** Events in a second of event time, of which there are so many that a batch has several windows. */
    public static final int PER_SECOND = 10_000;

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Events events;

    /** @param perSecond events in a second of event time */
    public BidText(int events, int perSecond) {
        this.events = new Events(events, perSecond, Math.max(50, events), true);
    }

    public int rows() {
        return events.bids;
    }

    /** One bid, without the line's end. */
    public byte[] line(String format, int row) {
        String time = ISO.format(Instant.ofEpochMilli(events.bidTime[row] / 1000));
        String channel = events.channels.values[events.channel[row]];
        String url = events.urls.values[events.channel[row]];
        String extra = events.extras.values[events.extra[row]];
        String text = format.equals("csv")
                ? events.bidAuction[row] + "," + events.bidder[row] + "," + events.price[row] + "," + channel + ","
                        + url + "," + time + "," + extra
                : "{\"auction\":" + events.bidAuction[row] + ",\"bidder\":" + events.bidder[row] + ",\"price\":"
                        + events.price[row] + ",\"channel\":\"" + channel + "\",\"url\":\"" + url
                        + "\",\"dateTime\":\"" + time + "\",\"extra\":\"" + extra + "\"}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes all bids into files of a folder, in the order of their times.
     *
     * @param format {@code csv}, with a header, or {@code json}
     * @return bytes
     */
    public long write(String format, Path folder, int files) throws IOException {
        Files.createDirectories(folder);
        long bytes = 0;
        for (int file = 0; file < files; file++) {
            Path path = folder.resolve("part-" + file + "." + format);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
                if (format.equals("csv")) {
                    out.write("auction,bidder,price,channel,url,dateTime,extra\n".getBytes(StandardCharsets.UTF_8));
                }
                int to = (int) ((long) rows() * (file + 1) / files);
                for (int row = (int) ((long) rows() * file / files); row < to; row++) {
                    out.write(line(format, row));
                    out.write('\n');
                }
            }
            bytes += Files.size(path);
            // Files are taken oldest first.
            Files.setLastModifiedTime(path, FileTime.fromMillis(Events.START_MICROS / 1000 + file * 1000L));
        }
        return bytes;
    }
}
