package org.tailrace.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tailrace.report.BatchReport;
import org.tailrace.report.ResultSnapshot;

/** What two runs of a replay must agree on, as JSON: batch id, watermark, schema and a digest of the rows. */
final class Digest {
    private Digest() {}

    static String of(ViewModel model) {
        ResultSnapshot result = model.result();
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (ResultSnapshot.Entry entry : result.rows()) {
            sha.update(String.valueOf(entry.row().values()).getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
        }
        var digest = new StringBuilder();
        for (byte b : sha.digest()) {
            digest.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        long watermark = model.last()
                .map(BatchReport::nextWatermarkMs)
                .map(w -> w.orElse(-1))
                .orElse(-1L);
        String schema = result.schema().toString().replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"batchId\":" + result.batchId() + ",\"watermarkMs\":" + (watermark < 0 ? "null" : watermark)
                + ",\"schema\":\"" + Escape.plain(schema) + "\",\"rows\":" + result.written() + ",\"sha256\":\""
                + digest
                + "\"}";
    }
}
