package org.tailrace.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs a saved notebook again and compares its replays: a view of a replay is saved with a digest of its result, and virtual time
 * leaves every machine the same one. What else a notebook shows may differ from run to run and is not looked at.
 *
 * @param views how many views of replays the saved notebook has
 * @param differences a line for each that did not come out again
 */
public record ResultCheck(int views, List<String> differences) {

    private static final String DIGEST = "application/vnd.tailrace.result+json";
    private static final int LOG_LINES = 15;

    public ResultCheck {
        differences = List.copyOf(differences);
    }

    /**
     * @param main the class that runs notebooks, and {@code command} its word for it
     * @throws NotebookException if there is nothing to compare, or the notebook fails
     */
    public static ResultCheck of(Path file, String main, String command)
            throws IOException, NotebookException, InterruptedException {
        Notebook saved = read(file);
        if (saved.cells().stream().allMatch(cell -> digests(cell).isEmpty())) {
            throw new NotebookException(
                    file + " has no result of a replay to compare with: run it to its end, save it, and check it then");
        }
        Path folder = Files.createTempDirectory("tailrace-check-");
        Path again = folder.resolve("again.ipynb");
        Path log = folder.resolve("log.txt");
        try {
            var options = new RunOptions(
                    file, List.of(again), Map.of(), Optional.empty(), RunOptions.DEFAULT_LIVE_FOR, false);
            if (ChildRun.check(main, command, options, log) != 0) {
                throw new NotebookException(file + " fails when it is run again:\n" + end(log));
            }
            return compare(saved, read(again));
        } finally {
            Files.deleteIfExists(again);
            Files.deleteIfExists(log);
            Files.deleteIfExists(folder);
        }
    }

    private static Notebook read(Path file) throws IOException, NotebookException {
        return Notebook.parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    static ResultCheck compare(Notebook saved, Notebook again) {
        var differences = new ArrayList<String>();
        int views = 0;
        List<NotebookCell> others = again.cells();
        for (NotebookCell cell : saved.cells()) {
            List<JsonNode> then = digests(cell);
            List<JsonNode> now = others.stream()
                    .filter(other -> other.id().equals(cell.id()))
                    .findFirst()
                    .map(ResultCheck::digests)
                    .orElse(List.of());
            for (int i = 0; i < then.size(); i++) {
                String what = i < now.size() ? difference(then.get(i), now.get(i)) : "there is no such view any more";
                if (!what.isEmpty()) {
                    differences.add("cell [" + cell.executionCount() + "] " + cell.title() + ": " + what);
                }
            }
            views += then.size();
        }
        return new ResultCheck(views, differences);
    }

    private static List<JsonNode> digests(NotebookCell cell) {
        return cell.outputs().stream()
                .map(output -> output.path("data").path(DIGEST))
                .filter(JsonNode::isObject)
                .toList();
    }

    /** Empty if they are the same. */
    private static String difference(JsonNode then, JsonNode now) {
        var words = new ArrayList<String>();
        compare(
                words,
                "batch",
                "#" + then.path("batchId").asText(),
                "#" + now.path("batchId").asText());
        compare(words, "watermark", time(then.path("watermarkMs")), time(now.path("watermarkMs")));
        compare(
                words,
                "schema",
                then.path("schema").asText(),
                now.path("schema").asText());
        compare(words, "rows", then.path("rows").asText(), now.path("rows").asText());
        if (words.isEmpty() && !then.path("sha256").equals(now.path("sha256"))) {
            words.add("other values in the rows");
        }
        return String.join("; ", words);
    }

    private static void compare(List<String> words, String name, String then, String now) {
        if (!Objects.equals(then, now)) {
            words.add(name + " " + then + ", now " + now);
        }
    }

    private static String time(JsonNode ms) {
        return ms.isNumber() ? Instant.ofEpochMilli(ms.asLong()).toString() : "none";
    }

    /** One sentence, and a line for each difference. */
    public String text() {
        String replays = views == 1 ? "1 view of a replay" : views + " views of replays";
        return differences.isEmpty()
                ? replays + (views == 1 ? " comes" : " come") + " out as saved"
                : differences.size() + " of " + replays + " differ from what is saved\n"
                        + String.join("\n", differences);
    }
}
