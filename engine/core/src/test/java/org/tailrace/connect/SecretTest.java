package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.plan.Plan;
import org.tailrace.plan.Secret;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Options;

class SecretTest {
    private static final String CANARY = "canary-7f3a";
    private static final Map<String, String> OPTIONS = Map.of(
            "kafka.ssl.key.password", CANARY,
            "kafka.ssl.keystore.key", CANARY,
            "kafka.sasl.jaas.config", "x password=\"" + CANARY + "\"",
            "client_secret", CANARY,
            "awssessiontoken", CANARY,
            "topic", "orders");

    @Test
    void no_spec_or_plan_shows_a_secret() {
        var source = new SourceSpec("kafka", "kafka(orders)", new Schema(List.of()), true, OPTIONS);
        for (Object shown :
                List.of(source, new SinkSpec("kafka", "kafka(orders)", OPTIONS, null), new Plan.Source(source))) {
            assertFalse(shown.toString().contains(CANARY), shown.toString());
            assertTrue(shown.toString().contains("topic=orders"), shown.toString());
        }
    }

    @Test
    void a_secret_hides_its_value_and_gives_it_to_whoever_asks() {
        Secret secret = new Options("kafka", OPTIONS, OPTIONS.keySet())
                .secret("client_secret")
                .orElseThrow();
        assertEquals("[hidden]", secret.toString());
        assertEquals(CANARY, secret.value());
    }

    @Test
    void a_wrong_value_of_a_secret_option_is_not_told() {
        var options = new Options("x", Map.of("tokens", CANARY), List.of("tokens"));
        var wrong = assertThrows(PlanException.class, () -> options.number("tokens", 1, 1));
        assertFalse(wrong.getMessage().contains(CANARY), wrong.getMessage());
    }
}
