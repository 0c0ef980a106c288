package org.tailrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tailrace.error.PlanException;
import org.tailrace.expr.builtin.Functions;

/**
 * A text that our SQL accepts is one that Spark's own parser accepts. The texts are whatever the tests, the scenarios, the
 * functions and the documentation hold: a piece that our parser refuses says nothing and is passed over, and any that it
 * accepts, even by chance, must stand before Spark's.
 */
class SparkGrammarTest {
    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"\\h*\\R(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("```(?:sql)?\\R(.*?)```|`([^`\\n]+)`", Pattern.DOTALL);
    private static final int MOST_VALUES = 4;

    private final SqlParser ours = new SqlParser(ZoneOffset.UTC);
    private final List<String> differences = new ArrayList<>();
    private int accepted;

    @Test
    void the_texts_of_tests() throws IOException {
        var texts = new LinkedHashSet<String>();
        for (String folder : List.of("../core/src/test/java", "../dsl/src/test/java", "src/test/java")) {
            for (Path file : files(Path.of(folder), ".java")) {
                Matcher literal = LITERAL.matcher(Files.readString(file));
                while (literal.find()) {
                    String text = literal.group(1) == null
                            ? literal.group(2)
                            : literal.group(1).stripIndent();
                    if (!text.contains("\\u")) {
                        texts.add(text.translateEscapes().replace("$t", "t"));
                    }
                }
            }
        }
        compare(texts, 1000);
    }

    @Test
    void the_queries_of_scenarios() throws IOException {
        var texts = new LinkedHashSet<String>();
        List<Path> scenarios = new ArrayList<>(files(Path.of("src/test/resources/goldens"), ".json"));
        scenarios.addAll(files(Path.of("src/test/resources/recorded"), ".json"));
        for (Path file : scenarios) {
            for (JsonNode sql :
                    new ObjectMapper().readTree(Files.readString(file)).findValues("sql")) {
                texts.add(sql.asText().replace("$prev", "`$prev`"));
            }
        }
        compare(texts, 100);
    }

    @Test
    void the_examples_of_functions() {
        var texts = new LinkedHashSet<String>();
        Functions.table().all().forEach(function -> texts.add(function.example()));
        compare(texts, 250);
    }

    @Test
    void the_documentation() throws IOException {
        var texts = new LinkedHashSet<String>();
        for (Path file : files(Path.of(".."), ".md")) {
            Matcher code = CODE.matcher(Files.readString(file));
            while (code.find()) {
                if (code.group(1) == null) {
                    texts.add(code.group(2));
                } else {
                    texts.add(code.group(1));
                    texts.addAll(Arrays.asList(code.group(1).split(";\\h*\\R")));
                    texts.addAll(code.group(1).lines().toList());
                }
            }
        }
        compare(texts, 50);
    }

    @Test
    void what_no_sql_allows_spark_refuses() {
        assertTrue(SparkGrammar.query("SELECT (1").isPresent());
        assertTrue(SparkGrammar.query("SELECT 1 FROM t GROUP 2").isPresent());
        assertTrue(SparkGrammar.expression("a + ").isPresent());
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .toList();
        }
    }

    private void compare(Collection<String> texts, int least) {
        for (String text : Set.copyOf(texts)) {
            compare(text, () -> SparkGrammar.query(text), values -> ours.query(text, values));
            compare(text, () -> SparkGrammar.expression(text), values -> ours.expression("where", text, values));
            compare(
                    text,
                    () -> SparkGrammar.query("SELECT " + text),
                    values -> ours.selectItems("select", text, values));
            compare(
                    text,
                    () -> SparkGrammar.query("SELECT * FROM t ORDER BY " + text),
                    values -> ours.orderItems("orderBy", text, values));
        }
        assertEquals("", String.join("\n", differences));
        assertTrue(accepted >= least, "only " + accepted + " texts of " + texts.size() + " are SQL");
    }

    private void compare(String text, Spark spark, Ours parser) {
        if (accepts(parser)) {
            accepted++;
            spark.refusal().ifPresent(why -> differences.add(text + "\n  Spark: " + why));
        }
    }

    private static boolean accepts(Ours parser) {
        for (int values = 0; values <= MOST_VALUES; values++) {
            Object[] parameters = new Object[values];
            Arrays.fill(parameters, 1);
            try {
                parser.parse(parameters);
                return true;
            } catch (PlanException e) {
                if (!e.code().equals("TR-118")) {
                    return false;
                }
            }
        }
        return false;
    }

    @FunctionalInterface
    private interface Spark {
        Optional<String> refusal();
    }

    @FunctionalInterface
    private interface Ours {
        void parse(Object[] values);
    }
}
