package org.tailrace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of this module, and that nothing outside {@code env} touches the world. */
class ArrowsTest {
    private static final String ROOT = "org.tailrace.";

    /** What each package may use, besides itself, {@code error} and what is below it in name. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("error", List.of()),
            Map.entry("env", List.of()),
            Map.entry("data", List.of()),
            Map.entry("function", List.of("data")),
            Map.entry("expr", List.of("data", "function")),
            Map.entry("plan", List.of("expr", "data", "function")),
            Map.entry("sql", List.of("plan", "expr", "data")),
            Map.entry("report", List.of("data")),
            Map.entry("state", List.of("data", "report", "env")),
            Map.entry("spi", List.of("plan", "data", "report", "env")),
            Map.entry("connect", List.of("spi", "plan", "function", "data", "report", "env")),
            Map.entry("exec", List.of("plan", "expr", "function", "data", "spi", "state", "report", "env")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tailrace");

    @Test
    void every_package_has_its_line_in_the_list() {
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(
                c -> found.add(c.getPackageName().substring(ROOT.length()).split("\\.")[0]));
        assertEquals(new TreeSet<>(MAY_USE.keySet()), found);
    }

    @Test
    void a_package_uses_only_what_its_line_allows() {
        MAY_USE.forEach((name, used) -> {
            var allowed = new ArrayList<String>(List.of(ROOT + name + "..", ROOT + "error"));
            used.forEach(u -> allowed.add(ROOT + u + ".."));
            allowed(name, allowed).check(CLASSES);
        });
    }

    private static ArchRule allowed(String name, List<String> packages) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.tailrace..")
                        .and(DescribedPredicate.not(resideInAnyPackage(packages.toArray(String[]::new)))))
                .because("ARCHITECTURE.md lists what " + name + " may use");
    }

    @Test
    void there_is_no_cycle_between_packages() {
        slices().matching("org.tailrace.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void functions_know_expressions_and_not_the_other_way_round() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.expr")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tailrace.expr.builtin")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.data")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tailrace.data.text")
                .check(CLASSES);
    }

    @Test
    void nothing_imports_exec() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tailrace.exec..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tailrace.exec..")
                .check(CLASSES);
    }

    @Test
    void clock_disk_dice_and_threads_are_touched_only_in_env() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tailrace.env..")
                .should()
                .callCodeUnitWhere(AMBIENT)
                .check(CLASSES);
    }

    @Test
    void the_rule_finds_what_it_looks_for() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThrows(
                AssertionError.class,
                () -> noClasses().should().callCodeUnitWhere(AMBIENT).check(offender));
    }

    private static final class Offender {
        long now() {
            return System.currentTimeMillis();
        }
    }

    private static final Set<String> CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.Math.random",
            "java.lang.Thread.<init>",
            "java.lang.Thread.sleep",
            "java.util.Timer.<init>",
            "java.util.UUID.randomUUID",
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.time.ZoneId.systemDefault",
            "java.nio.charset.Charset.defaultCharset",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.security.SecureRandom.<init>");

    private static final Set<String> OWNERS = Set.of(
            "java.nio.file.Files",
            "java.util.concurrent.Executors",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile");

    private static final DescribedPredicate<JavaCall<?>> AMBIENT =
            DescribedPredicate.describe("touches clock, disk, dice, threads or defaults of the machine", call -> {
                AccessTarget.CodeUnitCallTarget target = call.getTarget();
                String owner = target.getOwner().getName();
                String name = target.getName();
                boolean unseeded = (owner.equals("java.util.Random") || owner.equals("java.util.SplittableRandom"))
                        && name.equals("<init>")
                        && target.getRawParameterTypes().isEmpty();
                boolean now = owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"));
                return OWNERS.contains(owner) || CALLS.contains(owner + "." + name) || unseeded || now;
            });
}
