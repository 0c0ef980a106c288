package org.tailrace.spi;

import java.util.Map;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.plan.SourceSpec;

/** Makes the sources of one or more kinds; found by {@link java.util.ServiceLoader}. */
public interface SourceProvider {

    java.util.Set<String> kinds();

    /**
     * Checks options and completes a spec: identity, and a schema where the kind has a fixed one.
     *
     * @param options in lower case
     * @param schema what the user declared; empty schema if nothing
     * @throws org.tailrace.error.PlanException with a code if an option is missing or wrong, or a schema is needed
     */
    SourceSpec describe(String kind, Map<String, String> options, Schema schema, boolean streaming, Environment env);

    Source open(SourceSpec spec, Environment env) throws Exception;
}
