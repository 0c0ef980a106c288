package org.tailrace.render;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    @Test
    void drawing_knows_reports_and_data_only_and_touches_nothing_outside() {
        classes()
                .that()
                .resideInAPackage("org.tailrace.render..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.tailrace.render..",
                        "org.tailrace.report..",
                        "org.tailrace.data..",
                        "org.tailrace.error..",
                        "java.lang..",
                        "java.util..",
                        "java.math..",
                        "java.time..",
                        "java.security..",
                        "java.nio.charset..",
                        "org.jspecify..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.tailrace.render"));
    }
}
