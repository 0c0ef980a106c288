package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The errors of {@code errors.txt}, word for word: title, cells, and what the last one shows. {@code -Dgolden=update} writes
 * them anew.
 */
class ErrorTextTest {

    private static final Path FILE = Path.of("src/test/resources/org/tailrace/kernel/exec/errors.txt");

    private record Section(String title, String cells, String expected) {

        String actual() {
            try (var kernel = new Kernel()) {
                var all = cells.split("---\n");
                for (var cell : Arrays.asList(all).subList(0, all.length - 1)) {
                    kernel.run(cell.stripTrailing());
                }
                return anyJdk(kernel.failure(all[all.length - 1].stripTrailing()));
            }
        }

        /** Lines of the JDK's own source differ between versions. */
        private static String anyJdk(String text) {
            return text.replaceAll("\\((\\w+\\.java):\\d+\\)", "($1)").replaceAll("… \\d+ more", "… more");
        }

        String text(String shown) {
            return "=== " + title + "\n" + cells + ">>>\n" + shown + "\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> errors() throws IOException {
        var sections = sections();
        if ("update".equals(System.getProperty("golden"))) {
            var texts = sections.stream()
                    .map(section -> section.text(section.actual()))
                    .toList();
            Files.writeString(FILE, String.join("\n", texts), StandardCharsets.UTF_8);
        }
        return sections().stream()
                .map(section -> DynamicTest.dynamicTest(
                        section.title(), () -> assertEquals(section.expected(), section.actual())));
    }

    private static List<Section> sections() throws IOException {
        var sections = new ArrayList<Section>();
        for (var text : Files.readString(FILE, StandardCharsets.UTF_8).split("(?m)^=== ")) {
            if (!text.isBlank()) {
                int title = text.indexOf('\n');
                int expected = text.indexOf(">>>\n");
                sections.add(new Section(
                        text.substring(0, title),
                        text.substring(title + 1, expected),
                        text.substring(expected + 4).stripTrailing()));
            }
        }
        return sections;
    }
}
