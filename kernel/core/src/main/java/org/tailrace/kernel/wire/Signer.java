package org.tailrace.kernel.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs what goes out and accepts what comes in: once, and only if whoever sent it has the key. Used by one thread.
 */
final class Signer {

    /** A signature is remembered until this many to twice this many newer ones have come. */
    private static final int REMEMBERED = 32 * 1024;

    private final @Nullable Mac mac;
    private Set<Long> seen = new HashSet<>();
    private Set<Long> seenBefore = Set.of();

    /**
     * @param scheme such as {@code hmac-sha256}
     * @param key empty for no signatures at all
     */
    Signer(String scheme, String key) {
        mac = key.isEmpty() ? null : mac(scheme, key);
    }

    private static Mac mac(String scheme, String key) {
        if (!scheme.startsWith("hmac-")) {
            throw new IllegalArgumentException(
                    "signature scheme '" + scheme + "' is none of hmac-sha256, hmac-sha512 …");
        }
        String algorithm = "Hmac" + scheme.substring("hmac-".length()).toUpperCase(Locale.ROOT);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("signature scheme '" + scheme + "' is not known to this JVM", e);
        }
    }

    /** Lower-case hexadecimal digits; none without a key. */
    byte[] sign(List<byte[]> parts) {
        return mac == null
                ? new byte[0]
                : HexFormat.of().formatHex(digest(mac, parts)).getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws MalformedMessageException if the signature is not that of the parts, or came before */
    void accept(byte[] signature, List<byte[]> parts) throws MalformedMessageException {
        if (mac == null) {
            return;
        }
        byte[] digest = digest(mac, parts);
        byte[] expected = HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature)) {
            throw new MalformedMessageException("the signature is not that of the message");
        }
        // eight bytes of an HMAC are enough to tell messages apart that the key's owner made
        long mark = ByteBuffer.wrap(digest).getLong();
        if (seen.contains(mark) || seenBefore.contains(mark)) {
            throw new MalformedMessageException("the message came before");
        }
        if (seen.size() >= REMEMBERED) {
            seenBefore = seen;
            seen = new HashSet<>();
        }
        seen.add(mark);
    }

    private static byte[] digest(Mac mac, List<byte[]> parts) {
        parts.forEach(mac::update);
        return mac.doFinal();
    }
}
