package org.tailrace.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of this module: the command line uses run, install and launch, and none of them looks back or sideways. */
class ArrowsTest {

    private static final JavaClasses OURS = new ClassFileImporter(
                    java.util.List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("org.tailrace.app");

    @Test
    void packages_have_no_cycle() {
        slices().matching("org.tailrace.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void launch_stands_alone() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.app.launch")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.jspecify..", "org.tailrace.app.launch")
                .check(OURS);
    }

    @Test
    void run_sees_the_kernel_only_as_an_interpreter_with_outputs() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.app.run")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.tailrace.app",
                        "org.tailrace.app.install",
                        "org.tailrace.kernel.exec..",
                        "org.tailrace.kernel.wire..",
                        "org.tailrace.kernel.spi..")
                .check(OURS);
    }

    @Test
    void install_knows_no_kernel_and_no_notebook() {
        noClasses()
                .that()
                .resideInAPackage("org.tailrace.app.install")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tailrace.app", "org.tailrace.app.run", "org.tailrace.kernel..")
                .check(OURS);
    }

    @Test
    void no_class_of_the_application_knows_the_engine() {
        noClasses()
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are the engine's",
                        c -> c.getPackageName().startsWith("org.tailrace")
                                && !c.getPackageName().startsWith("org.tailrace.app")
                                && !c.getPackageName().startsWith("org.tailrace.kernel")))
                .check(OURS);
    }
}
