package org.tailrace.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A connector knows what connectors implement, and reaches the outside world by Kafka's client and its environment only. */
class ArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tailrace.kafka");

    @Test
    void it_knows_the_spi_and_what_that_is_made_of() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.tailrace.kafka..",
                        "org.tailrace.spi..",
                        "org.tailrace.connect..",
                        "org.tailrace.plan..",
                        "org.tailrace.report..",
                        "org.tailrace.data..",
                        "org.tailrace.error..",
                        "org.tailrace.env..",
                        "org.apache.kafka..",
                        "org.apache.avro",
                        "com.fasterxml.jackson.core..",
                        "java.lang..",
                        "java.util..",
                        "java.io..",
                        "java.math",
                        "java.nio",
                        "java.nio.charset..",
                        "java.time..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void clock_disk_dice_and_threads_are_its_environments() {
        noClasses()
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
                .check(CLASSES);
    }
}
