package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tailrace.kernel.wire.Message;

/**
 * What a front end asks when a cell is run; what it leaves out has the protocol's defaults.
 *
 * @param cellId the front end's, else a hash of the code
 * @param storeHistory false for a silent request, whatever it says, and for one without code
 * @param expressions evaluated after the cell, by name, in order
 */
record ExecuteRequest(
        String code,
        String cellId,
        boolean silent,
        boolean storeHistory,
        boolean allowInput,
        boolean stopOnError,
        Map<String, String> expressions) {

    private static final Pattern FAREWELL = Pattern.compile("\\s*(exit|quit)\\s*(?:\\(\\s*\\))?\\s*;?\\s*");

    static ExecuteRequest of(Message request) {
        ObjectNode content = request.content();
        String code = content.path("code").asText("");
        boolean silent = content.path("silent").asBoolean(false);
        String cellId = request.metadata().path("cellId").asText("");
        var expressions = new LinkedHashMap<String, String>();
        content.path("user_expressions")
                .properties()
                .forEach(e -> expressions.put(e.getKey(), e.getValue().asText("")));
        return new ExecuteRequest(
                code,
                cellId.isEmpty() ? hash(code) : cellId,
                silent,
                !silent && !code.isBlank() && content.path("store_history").asBoolean(true),
                content.path("allow_stdin").asBoolean(true),
                content.path("stop_on_error").asBoolean(true),
                expressions);
    }

    /** The word by which a person at a console wants to leave, as everywhere in Jupyter; empty if this is something else. */
    Optional<String> farewell() {
        var matcher = FAREWELL.matcher(code);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String hash(String code) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
