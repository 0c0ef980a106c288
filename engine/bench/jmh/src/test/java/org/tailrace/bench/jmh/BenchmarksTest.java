package org.tailrace.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, in this JVM and for so short a time that its figures mean nothing. */
class BenchmarksTest {

    @Test
    void each_of_them_runs() throws RunnerException {
        var options = new OptionsBuilder()
                .include("Bench\\.")
                .param("groups", "1000")
                .param("distinct", "10")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        List<String> ran = new Runner(options)
                .run().stream()
                        .map(RunResult::getParams)
                        .map(BenchmarkParams::getBenchmark)
                        .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                        .distinct()
                        .toList();
        for (String name : List.of(
                "GroupIndexBench.oneInt",
                "GroupIndexBench.oneLong",
                "GroupIndexBench.oneString",
                "GroupIndexBench.twoColumns",
                "OperatorBench.batch",
                "TextBench.parse",
                "DictionaryBench.encode")) {
            assertTrue(ran.contains(name), name + " of " + ran);
        }
    }
}
