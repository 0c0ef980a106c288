package org.tailrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Intake;
import org.tailrace.bench.contest.Measured;
import org.tailrace.bench.contest.PulseTrial;
import org.tailrace.bench.data.BidText;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Passing;
import org.tailrace.bench.data.Query;
import org.tailrace.bench.hand.Hand;
import org.tailrace.bench.hand.Parsers;
import org.tailrace.bench.notebook.FrontEnd;
import org.tailrace.bench.ours.Columns;
import org.tailrace.bench.ours.PassingKeys;
import org.tailrace.bench.ours.Reading;
import org.tailrace.broker.Broker;
import org.tailrace.kernel.Kernel;
import org.tailrace.kernel.exec.JShellInterpreter;
import org.tailrace.kernel.wire.ConnectionInfo;
import org.tailrace.magics.TailracePlugin;

/** What the commands measure is what they say, on inputs so small that nothing is timed. */
class QuestionsTest {
    private static final int EVENTS = 20_000;
    private static final int PER_SECOND = 500;
    private static final int FEW = 3_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void groups_pass_as_the_watermark_does_with_and_without_a_checkpoint(boolean durable) throws Exception {
        var found = PulseTrial.answer(new PassingKeys(), durable).rows();

        // Eleven seconds come, 3,000 keys are kept; the last batch uses the watermark of the one before, 6.999 s.
        var data = new Passing(1000, 3000, 3, 5);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 6000; i++) {
            long start = data.time[i] - Math.floorMod(data.time[i], 1_000_000L);
            expected.add(start + "|" + data.key[i] + "|1|" + data.value[i] + "|");
        }
        expected.sort(null);
        assertEquals(expected.size(), found.size());
        assertTrue(expected.equals(found));
    }

    @Test
    void one_row_makes_a_batch() throws Exception {
        var beats = new PassingKeys().beat(new Passing(1, 1000, 3, 7), true, new Answer(0, false));
        assertEquals(7, beats.nanos().length);
        assertEquals(7, beats.limitNanos().length);
        assertTrue(beats.allocated() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void files_are_counted_in_windows_and_every_reader_sees_every_row(String kind) throws Exception {
        var bids = new BidText(EVENTS, PER_SECOND);
        bids.write(kind, folder, 3);
        var text = new Intake.Text(kind, folder.toString(), 2);

        assertTrue(expected().size() > 100);
        assertTrue(expected().equals(counted(text)));
        assertEquals(bids.rows(), new Columns().run(text, new Answer(0, false)));
        assertEquals(bids.rows(), new Parsers().run(text, new Answer(0, false)));
    }

    @Test
    void a_topic_is_counted_in_windows_and_its_counts_can_go_to_another() throws Exception {
        try (var broker = new Broker()) {
            var bids = new BidText(FEW, PER_SECOND);
            Topics.fill(broker.servers(), bids);
            var text = new Intake.Text("kafka", broker.servers(), FEW);

            assertEquals(bids.rows(), new Reading().run(text, new Answer(0, false)));
            assertEquals(bids.rows(), new Parsers().run(text, new Answer(0, false)));
            var toTopic = new Intake.Text("kafka-kafka", broker.servers(), FEW);
            assertEquals(bids.rows(), new Reading().run(toTopic, new Answer(0, false)));
        }
    }

    private static List<String> counted(Intake.Text text) throws Exception {
        var answer = new Answer(0, true);
        new Reading().run(text, answer);
        return answer.rows();
    }

    /** The loop's counts, of the windows that the watermark has passed. */
    private static List<String> expected() throws Exception {
        Data data = Data.of(Query.Q12, EVENTS, PER_SECOND, EVENTS);
        var all = new Answer(0, true);
        new Hand().run(Query.Q12, data, all);
        long last = data.events().bidTime[data.events().bids - 1];
        return all.rows().stream()
                .filter(row -> Long.parseLong(row.split("\\|")[0]) + 10_000_000 <= last - 4_000_000)
                .toList();
    }

    @Test
    void a_front_end_sees_what_cells_print_and_the_first_result_that_is_drawn() throws Exception {
        try (Kernel kernel = Kernel.start(
                        ConnectionInfo.anyPort("key"),
                        (output, plugins) -> new JShellInterpreter(output, plugins, line -> {}),
                        List.of(new TailracePlugin()),
                        line -> {});
                var front = new FrontEnd(
                        kernel.connection().shellPort(), kernel.connection().iopubPort(), "key", 60_000)) {
            assertEquals("42\n", front.execute("System.out.println(6 * 7);"));
            front.executeUntilDrawn(Start.CELL, Start.SHOWN);
            assertTrue(front.frames() > 0);
        }
    }

    @Test
    void first_results_are_compared_by_their_cpu_time() {
        String table = Start.table(List.of("tailrace,1.000,0.500,90", "spark,18.000,30.000,900"));
        assertTrue(table.contains("| spark | 18.00 | 30.00 | 900 | 60.0 |"), table);
    }

    @Test
    void a_run_goes_on_where_the_last_one_ended_but_asks_again_what_failed() throws Exception {
        var first = new Ledger(folder, false);
        first.judge("spark", "q0", Ledger.RIGHT);
        first.judge("spark", "q1", "differs: row 3");
        first.judge("spark", "q2", Ledger.FAILED + ": it hung");
        first.add(new Measured("spark", "q0", 1000, 0.5, 0.7, 300));

        var second = new Ledger(folder, false);
        assertEquals(Ledger.RIGHT, second.verdict("spark", "q0").orElseThrow());
        assertEquals("differs: row 3", second.verdict("spark", "q1").orElseThrow());
        assertTrue(second.verdict("spark", "q2").isEmpty());
        assertEquals(0.5, second.measured("spark", "q0").orElseThrow().wall());

        assertTrue(new Ledger(folder, true).all().isEmpty());
    }

    @Test
    void a_pair_without_a_figure_says_why() throws Exception {
        var ledger = new Ledger(folder, true);
        ledger.judge("hand", "q0", Ledger.RIGHT);
        ledger.add(new Measured("hand", "q0", 2_000_000, 0.01, 0.02, 100));
        ledger.judge("jet", "q0", "differs: row 1");
        ledger.judge("spark", "q0", Ledger.NONE);
        var rivals = List.of(new Rival("hand"), new Rival("jet"), new Rival("spark"));

        assertTrue(Ratios.table(List.of(Query.Q0), rivals, ledger)
                .contains("| q0 | 200 (10.0) 2.0 | **differs** | – | – | – |"));
    }

    @Test
    void the_table_of_latencies_says_what_is_beside_what() {
        String table = Latency.table(List.of(
                "tailrace,durable,1000,10000,5,3.000,9.000,9.000,1.000,20.000,10000,90",
                "two-fsyncs,durable,1000,10000,5,2.500,8.000,8.000,,,0,90",
                "tailrace,durable,1000,1000000,5,3.300,9.000,9.000,1.000,20.000,10000,90",
                "spark,durable,1000,10000,5,300.000,900.000,900.000,800.000,,10000,900"));
        assertTrue(table.contains("disk + 0.50 ms"), table);
        assertTrue(table.contains("1.10 × that of 10 k keys"), table);
        assertTrue(table.contains("100 × tailrace"), table);
    }

    @Test
    void the_table_of_text_says_how_near_the_parser_is() {
        var rivals = List.of(new Rival("hand"), new Rival("tailrace"), new Rival("spark"));
        String table = Ingest.table(
                List.of("json"),
                rivals,
                List.of(
                        "hand,json,1000,0.1000,0.1000,10000,50,100.0",
                        "tailrace,json,1000,0.1250,0.1000,8000,50,80.0"));
        assertTrue(table.contains("| json | 100 (10) | 80 (8) | – | 0.80 | – |"), table);
    }

    @Test
    void times_of_the_text_are_those_of_the_events() {
        String line = new String(new BidText(FEW, PER_SECOND).line("json", 0), StandardCharsets.UTF_8);
        assertTrue(line.contains("\"dateTime\":\"2023-11-15T00:00:00.008Z\""), line);
    }
}
