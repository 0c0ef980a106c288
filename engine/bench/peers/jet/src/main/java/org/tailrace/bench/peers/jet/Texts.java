package org.tailrace.bench.peers.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.pipeline.GeneralStage;
import com.hazelcast.jet.pipeline.Pipeline;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The queries that work on texts. */
final class Texts {
    private static final Pattern NUMBER = Pattern.compile("(&|^)channel_id=([^&]*)");

    private Texts() {}

    static GeneralStage<Object[]> calculate(Pipeline p) {
        return In.bids(p)
                .filter(b -> Pipelines.price(b) * 908 > 1_000_000_000L && Pipelines.price(b) * 908 < 50_000_000_000L)
                .map(b -> {
                    long hour = Pipelines.time(b) / 3_600_000_000L % 24;
                    String part =
                            hour >= 8 && hour <= 18 ? "dayTime" : hour <= 6 || hour >= 20 ? "nightTime" : "otherTime";
                    String extra = Pipelines.extra(b);
                    int cs = 0;
                    for (int i = 0; i < extra.length(); i++) {
                        cs += extra.charAt(i) == 'c' ? 1 : 0;
                    }
                    return Pipelines.row(
                            Pipelines.auction(b),
                            Pipelines.bidder(b),
                            Pipelines.price(b) * 908,
                            part,
                            Pipelines.time(b),
                            extra,
                            cs);
                });
    }

    static GeneralStage<Object[]> channelNumbers(Pipeline p) {
        return In.bids(p).map(b -> {
            String channel = Pipelines.channel(b);
            String number = number(channel, Pipelines.url(b));
            return number == null
                    ? null
                    : Pipelines.row(Pipelines.auction(b), Pipelines.bidder(b), Pipelines.price(b), channel, number);
        });
    }

    private static @Nullable String number(String channel, String url) {
        return switch (channel.toLowerCase(Locale.ROOT)) {
            case "apple" -> "0";
            case "google" -> "1";
            case "facebook" -> "2";
            case "baidu" -> "3";
            default -> {
                Matcher found = NUMBER.matcher(url);
                yield found.find() ? found.group(2) : null;
            }
        };
    }

    static GeneralStage<Object[]> directories(Pipeline p) {
        return In.bids(p).map(b -> {
            String url = Pipelines.url(b);
            int first = url.indexOf('/', url.indexOf('/', url.indexOf('/') + 1) + 1) + 1;
            int second = url.indexOf('/', first) + 1;
            int third = url.indexOf('/', second) + 1;
            return Pipelines.row(
                    Pipelines.auction(b),
                    Pipelines.bidder(b),
                    Pipelines.price(b),
                    Pipelines.channel(b),
                    url.substring(first, second - 1),
                    url.substring(second, third - 1),
                    url.substring(third, url.indexOf('/', third)));
        });
    }

    static Traverser<String> words(String line) {
        return new Traverser<>() {
            private int at;

            @Override
            public @Nullable String next() {
                if (at > line.length()) {
                    return null;
                }
                int space = line.indexOf(' ', at);
                int end = space < 0 ? line.length() : space;
                String word = line.substring(at, end);
                at = end + 1;
                return word;
            }
        };
    }
}
