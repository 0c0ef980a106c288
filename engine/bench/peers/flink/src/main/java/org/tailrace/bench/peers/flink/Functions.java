package org.tailrace.bench.peers.flink;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.TableFunction;
import org.jspecify.annotations.Nullable;

/** What SQL does not have, or has slower. Flink wants them public. */
public final class Functions {
    private Functions() {}

    /** The campaign of an ad. */
    public static final class Campaign extends ScalarFunction {
        private static final long serialVersionUID = 1;

        private transient @Nullable Map<String, String> campaigns;

        public @Nullable String eval(String ad) {
            Map<String, String> known = campaigns;
            if (known == null) {
                known = new HashMap<>();
                int[] owners = In.ads().owners();
                for (int i = 0; i < owners.length; i++) {
                    known.put(In.ads().ads.values[i], In.ads().campaigns.values[owners[i]]);
                }
                campaigns = known;
            }
            return known.get(ad);
        }
    }

    /** The words of a line. */
    public static final class Words extends TableFunction<String> {
        private static final long serialVersionUID = 1;

        public void eval(String line) {
            int from = 0;
            for (int space = line.indexOf(' '); space >= 0; space = line.indexOf(' ', from)) {
                collect(line.substring(from, space));
                from = space + 1;
            }
            collect(line.substring(from));
        }
    }
}
