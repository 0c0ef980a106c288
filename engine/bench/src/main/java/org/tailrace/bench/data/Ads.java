package org.tailrace.bench.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The events of the Yahoo streaming benchmark: a thousand ads of a hundred campaigns, a third of the events are views. One
 * more event lies behind the last, an hour later, see {@link Query#windows}.
 */
public final class Ads {
    public final int events;
    public final int[] ad;
    public final int[] type;
    public final long[] time;
    public final Texts ads;
    public final Texts campaigns;
    public final Texts types = new Texts("view", "click", "purchase");

    Ads(int events, int perSecond) {
        var random = new SplittableRandom(43);
        ads = Texts.random(random, 1000, 36, 36);
        campaigns = Texts.random(random, 100, 36, 36);
        this.events = events;
        ad = new int[events + 1];
        type = new int[events + 1];
        time = new long[events + 1];
        for (int i = 0; i < events; i++) {
            ad[i] = random.nextInt(1000);
            type[i] = random.nextInt(3);
            time[i] = Events.time(i, perSecond);
        }
        time[events] = Events.time(events, perSecond) + Events.HOUR;
    }

    /** The campaign of each ad. */
    public int[] owners() {
        int[] owners = new int[1000];
        Arrays.setAll(owners, i -> i / 10);
        return owners;
    }
}
