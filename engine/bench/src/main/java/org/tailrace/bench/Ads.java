package org.tailrace.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The events of the Yahoo streaming benchmark: a thousand ads of a hundred campaigns, a third of the events are views. */
final class Ads {
    final int events;
    final int[] ad;
    final int[] type;
    final long[] time;
    final Texts ads;
    final Texts campaigns;
    final Texts types = new Texts("view", "click", "purchase");

    Ads(int events, int perSecond) {
        var random = new SplittableRandom(43);
        String[] names = new String[1000];
        Arrays.setAll(names, i -> Events.letters(random, 36));
        ads = new Texts(names);
        String[] owners = new String[100];
        Arrays.setAll(owners, i -> Events.letters(random, 36));
        campaigns = new Texts(owners);
        this.events = events + 1;
        ad = new int[events + 1];
        type = new int[events + 1];
        time = new long[events + 1];
        for (int i = 0; i < events; i++) {
            ad[i] = random.nextInt(1000);
            type[i] = random.nextInt(3);
            time[i] = Events.START_MICROS + i * 1_000_000L / perSecond;
        }
        time[events] = time[events - 1] + 3_600_000_000L;
    }

    static int campaign(int ad) {
        return ad / 10;
    }
}
