package org.tailrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of the facade: everything below it but the engine's inside, which it only knows as a backend. */
class ArrowsTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tailrace");

    @Test
    void the_facade_does_not_know_exec_state_or_any_kernel() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tailrace.exec..", "org.tailrace.state..", "org.tailrace.kernel..")
                .check(ALL);
    }

    @Test
    void nothing_below_knows_the_facade() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tailrace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tailrace")
                .check(ALL);
    }

    @Test
    void dstreams_know_plans_and_not_how_they_are_run_or_parsed() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.dstream")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.tailrace.exec..",
                        "org.tailrace.state..",
                        "org.tailrace.sql..",
                        "org.tailrace.connect..",
                        "org.tailrace.render..",
                        "org.tailrace.env..")
                .check(ALL);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("org.tailrace.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void the_facade_reaches_the_outside_world_through_its_environment_only() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
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
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(java.util.Random.class)
                .check(ALL);
    }
}
