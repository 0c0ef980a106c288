package org.tailrace.bench.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The input of one query: of the three kinds of data, the one that it reads.
 *
 * @param batch events of a micro-batch (of lines: lines)
 */
public record Data(
        int batch,
        int perSecond,
        @Nullable Events site,
        @Nullable Ads advertised,
        @Nullable Lines text) {

    /** @param perSecond events in a second of event time */
    public static Data of(Query query, int events, int perSecond, int batch) {
        return switch (query.reads) {
            case ADS -> new Data(batch, perSecond, null, new Ads(events, perSecond), null);
            case LINES -> new Data(batch / 10, perSecond, null, null, new Lines(events / 10));
            case PERSONS_AND_AUCTIONS ->
                new Data(batch * 5, perSecond, new Events(events * 5, perSecond, batch * 5, false), null, null);
            default -> new Data(batch, perSecond, new Events(events, perSecond, batch, true), null, null);
        };
    }

    /** How many rows the query is fed, but for the ones that only close windows. */
    public long rows(Query query) {
        return switch (query.reads) {
            case ADS -> ads().events;
            case LINES -> lines().count;
            case BIDS -> events().bids;
            case AUCTIONS_AND_BIDS -> (long) events().auctions + events().bids;
            case PERSONS_AND_AUCTIONS -> (long) events().persons + events().auctions;
        };
    }

    public Events events() {
        return Objects.requireNonNull(site);
    }

    public Ads ads() {
        return Objects.requireNonNull(advertised);
    }

    public Lines lines() {
        return Objects.requireNonNull(text);
    }
}
