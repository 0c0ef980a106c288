package org.tailrace.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may use whom inside the kernel; nothing in it has heard of the engine. */
final class ArrowsTest {

    private static final JavaClasses OURS =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("org.tailrace.kernel");

    /** Packages of the kernel that each one may use. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "spi", List.of(),
            "wire", List.of(),
            "history", List.of(),
            "comm", List.of(),
            "output", List.of("spi"),
            "protocol", List.of("wire", "history", "comm", "output", "spi"),
            "lang", List.of("protocol", "output", "spi"),
            "exec", List.of("exec.magic", "maven", "lang", "protocol", "output", "spi"),
            "exec.magic", List.of("maven", "spi"),
            "maven", List.of());

    @Test
    void each_package_uses_only_what_the_shape_allows() {
        MAY_USE.forEach((name, allowed) -> {
            var own = "org.tailrace.kernel." + name;
            var permitted = new DescribedPredicate<JavaClass>("outside what " + name + " may use") {
                @Override
                public boolean test(JavaClass used) {
                    String target = used.getPackageName();
                    return target.startsWith("org.tailrace.")
                            && !target.equals(own)
                            && allowed.stream().noneMatch(a -> target.equals("org.tailrace.kernel." + a));
                }
            };
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(permitted)
                    .check(OURS);
        });
    }

    @Test
    void packages_have_no_cycle() {
        slices().matching("org.tailrace.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void nothing_imports_the_engine() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "jdk.jshell..",
                        "com.sun.source..",
                        "org.tailrace.kernel..",
                        "org.jspecify..",
                        "org.zeromq..",
                        "com.fasterxml.jackson..",
                        "org.objectweb.asm..",
                        "org.xml.sax..",
                        "org.w3c.dom..",
                        "org.apache.maven.repository.internal..",
                        "org.eclipse.aether..")
                .check(OURS);
    }

    @Test
    void only_the_wire_has_heard_of_zeromq() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tailrace.kernel.wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.zeromq..")
                .check(OURS);
    }

    @Test
    void only_one_package_has_heard_of_maven() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tailrace.kernel.maven")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.aether..", "org.apache.maven..")
                .check(OURS);
    }

    @Test
    void plugins_and_outputs_see_no_json_library() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.tailrace.kernel.spi", "org.tailrace.kernel.output", "org.tailrace.kernel.history")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..")
                .check(OURS);
    }

    @Test
    void only_the_packages_of_the_language_have_heard_of_jshell() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.tailrace.kernel.exec", "org.tailrace.kernel.lang")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.jshell..", "org.objectweb.asm..")
                .check(OURS);
    }
}
