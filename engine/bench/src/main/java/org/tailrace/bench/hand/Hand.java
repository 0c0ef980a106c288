package org.tailrace.bench.hand;

import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/** Which loop answers which query. */
public final class Hand implements Contender {

    @Override
    public boolean can(Query query) {
        return true;
    }

    /** A loop is over so soon that one pass would measure the clock, and the clock of the CPU ticks slowly. */
    @Override
    public double leastSeconds() {
        return 0.5;
    }

    @Override
    public long run(Query query, Data data, Answer out) {
        switch (query) {
            case Q0 -> new HandRows(data.events()).pass(out);
            case Q1 -> new HandRows(data.events()).map(out);
            case Q2 -> new HandRows(data.events()).filter(out);
            case Q3 -> new HandJoins(data.events()).sellers(out);
            case Q4 -> new HandAuctions(data.events()).means(out);
            case Q5 -> new HandWindows(data.events()).hottest(out);
            case Q7 -> new HandWindows(data.events()).max(out);
            case Q8 -> new HandJoins(data.events()).newcomers(out);
            case Q9 -> new HandAuctions(data.events()).winners(out);
            case Q11 -> new HandWindows(data.events()).sessions(out);
            case Q12 -> new HandWindows(data.events()).count(out);
            case Q14 -> new HandTexts(data.events()).calculate(out);
            case Q15 -> new HandDistinct(data.events()).byDay(out);
            case Q16 -> new HandDistinct(data.events()).byChannel(out);
            case Q17 -> new HandGroups(data.events()).eight(out);
            case Q18 -> new HandRows(data.events()).last(out);
            case Q19 -> new HandTop(data.events()).ten(out);
            case Q20 -> new HandJoins(data.events()).category(out);
            case Q21 -> new HandTexts(data.events()).channelNumbers(out);
            case Q22 -> new HandTexts(data.events()).directories(out);
            case YAHOO -> HandWindows.campaigns(data.ads(), out);
            case WORDS -> HandGroups.words(data.lines(), out);
        }
        return data.rows(query);
    }
}
