package org.tailrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;
import org.tailrace.bench.hand.Hand;
import org.tailrace.bench.ours.Tailrace;

/** The engine and the loops by hand give the same answer to every query over ten thousand events. */
class AnswersTest {

    @ParameterizedTest
    @EnumSource
    void the_engine_answers_as_the_loop_does(Query query) throws Exception {
        same(query, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q0", "Q3", "Q14", "Q16", "Q20", "Q21", "Q22", "YAHOO"})
    void plain_strings_give_the_same_answer_as_codes(Query query) throws Exception {
        same(query, true);
    }

    private static void same(Query query, boolean raw) throws Exception {
        Data data = Trial.comparedData(query);
        var hand = Trial.answer(new Hand(), query, data).rows();
        var ours = Trial.answer(new Tailrace(raw), query, data).rows();
        assertEquals("", Comparison.differences(query, hand, ours, true));
    }
}
