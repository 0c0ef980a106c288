package org.tailrace.bench;

import org.jspecify.annotations.Nullable;

/** The input of one query: of the three kinds of data, the one that it reads. */
record Data(
        int batch,
        @Nullable Events auctions,
        @Nullable Ads ads,
        @Nullable Lines lines) {

    static Data of(Question question, int events, int perSecond, int batch) {
        switch (question) {
            case YAHOO:
                return new Data(batch, null, new Ads(events, perSecond), null);
            case WORDS:
                return new Data(batch / 10, null, null, new Lines(events / 10));
            default:
                return new Data(batch, new Events(events, perSecond, batch), null, null);
        }
    }

    /** How many rows the query is fed. */
    long rows(Question question) {
        if (ads != null) {
            return ads.events;
        }
        if (lines != null) {
            return lines.count;
        }
        return events().bids + (question == Question.Q20 ? events().auctions : 0);
    }

    Events events() {
        return java.util.Objects.requireNonNull(auctions);
    }
}
