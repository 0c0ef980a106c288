package org.tailrace.magics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between kernel, magics and engine. */
class ArrowsTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tailrace");

    @Test
    void magics_use_of_the_kernel_its_spi_only() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.magics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.tailrace.kernel",
                        "org.tailrace.kernel.exec..",
                        "org.tailrace.kernel.wire..",
                        "org.tailrace.kernel.protocol..",
                        "org.tailrace.kernel.output..",
                        "org.tailrace.exec..",
                        "org.tailrace.state..")
                .check(ALL);
    }

    @Test
    void the_kernel_never_hears_of_the_engine() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.tailrace",
                        "org.tailrace.magics..",
                        "org.tailrace.render..",
                        "org.tailrace.report..",
                        "org.tailrace.plan..",
                        "org.tailrace.expr..",
                        "org.tailrace.data..",
                        "org.tailrace.sql..",
                        "org.tailrace.spi..")
                .check(ALL);
    }

    @Test
    void the_engine_never_hears_of_a_notebook() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.tailrace.kernel..", "org.tailrace.magics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tailrace.kernel..", "org.tailrace.magics..")
                .check(ALL);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("org.tailrace.(*)..").should().beFreeOfCycles().check(ALL);
    }
}
