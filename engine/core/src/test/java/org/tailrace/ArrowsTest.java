package org.tailrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rooms of the engine's core, what each may use, and that only {@code env} touches the world outside. */
class ArrowsTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tailrace");

    /** Each package, from the bottom up, and the packages that it may use; all may use {@code error}. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("error", List.of()),
            Map.entry("env", List.of()),
            Map.entry("data", List.of()),
            Map.entry("function", List.of("data")),
            Map.entry("expr", List.of("data", "function")),
            Map.entry("plan", List.of("expr", "data", "function")),
            Map.entry("sql", List.of("plan", "expr", "data")),
            Map.entry("report", List.of("data")),
            Map.entry("state", List.of("data", "env")),
            Map.entry("spi", List.of("plan", "data", "report", "env")),
            Map.entry("connect", List.of("spi", "plan", "function", "data", "env", "report")),
            Map.entry("exec", List.of("plan", "expr", "function", "data", "spi", "state", "report", "env")));

    @Test
    void each_package_uses_only_what_it_may() {
        MAY_USE.forEach((room, others) -> {
            var allowed = new ArrayList<String>();
            allowed.add("org.tailrace." + room + "..");
            allowed.add("org.tailrace.error..");
            others.forEach(other -> allowed.add("org.tailrace." + other + ".."));
            classes()
                    .that()
                    .resideInAPackage("org.tailrace." + room + "..")
                    .should()
                    .onlyDependOnClassesThat(outsideOrIn(allowed))
                    .check(CORE);
        });
    }

    private static DescribedPredicate<JavaClass> outsideOrIn(List<String> packages) {
        return JavaClass.Predicates.resideOutsideOfPackage("org.tailrace..")
                .or(JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new)));
    }

    @Test
    void every_package_is_listed() {
        classes()
                .should()
                .resideInAnyPackage(MAY_USE.keySet().stream()
                        .map(room -> "org.tailrace." + room + "..")
                        .toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void expressions_do_not_know_the_functions_that_are_built_in() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.expr")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tailrace.expr.builtin..")
                .check(CORE);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("org.tailrace.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void only_env_touches_disk_clock_dice_and_threads() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tailrace.env..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileOutputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callConstructor(java.util.Random.class)
                .check(CORE);
    }
}
