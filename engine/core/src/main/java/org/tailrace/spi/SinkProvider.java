package org.tailrace.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Environment;
import org.tailrace.plan.SinkSpec;

/** Makes the sinks of one or more kinds; found by {@link java.util.ServiceLoader}. */
public interface SinkProvider {

    java.util.Set<String> kinds();

    /** Checks options and completes a spec. */
    SinkSpec describe(String kind, Map<String, String> options, @Nullable Object binding, Environment env);

    Sink open(SinkSpec spec, Environment env) throws Exception;
}
