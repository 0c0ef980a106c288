package org.tailrace.exec;

import java.time.ZoneId;
import java.util.Map;
import org.tailrace.plan.Settings;

/** Settings under their Spark names, as a checkpoint keeps them. */
final class SettingsText {
    private static final String ZONE = "spark.sql.session.timeZone";
    private static final String ANSI = "spark.sql.ansi.enabled";
    private static final String POLICY = "spark.sql.streaming.multipleWatermarkPolicy";
    private static final String NO_DATA = "spark.sql.streaming.noDataMicroBatches.enabled";

    private SettingsText() {}

    static Map<String, String> of(Settings settings) {
        return Map.of(
                ZONE, settings.zone().getId(),
                ANSI, String.valueOf(settings.ansi()),
                POLICY, settings.maxWatermark() ? "max" : "min",
                NO_DATA, String.valueOf(settings.noDataBatches()));
    }

    /** What the text does not say is as in {@code others}. */
    static Settings read(Map<String, String> text, Settings others) {
        Map<String, String> all = of(others);
        return new Settings(
                ZoneId.of(text.getOrDefault(ZONE, all.get(ZONE))),
                Boolean.parseBoolean(text.getOrDefault(ANSI, all.get(ANSI))),
                text.getOrDefault(POLICY, all.get(POLICY)).equals("max"),
                Boolean.parseBoolean(text.getOrDefault(NO_DATA, all.get(NO_DATA))));
    }
}
