package org.tailrace.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignerTest {

    private static final List<byte[]> PARTS = parts("what do ya want for nothing?");

    private static List<byte[]> parts(String text) {
        return List.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void the_signature_is_the_hmac_of_rfc_4231() {
        var signer = new Signer("hmac-sha256", "Jefe");
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                new String(signer.sign(PARTS), StandardCharsets.US_ASCII));
    }

    @Test
    void parts_are_signed_as_if_they_were_one() {
        var signer = new Signer("hmac-sha512", "key");
        assertEquals(
                new String(signer.sign(parts("abc")), StandardCharsets.US_ASCII),
                new String(signer.sign(List.of(parts("a").get(0), parts("bc").get(0))), StandardCharsets.US_ASCII));
    }

    @Test
    void a_signature_is_accepted_once() throws MalformedMessageException {
        var signer = new Signer("hmac-sha256", "key");
        byte[] signature = signer.sign(PARTS);
        signer.accept(signature, PARTS);
        assertThrows(MalformedMessageException.class, () -> signer.accept(signature, PARTS));
        for (int i = 0; i < 33_000; i++) {
            List<byte[]> other = parts("other " + i);
            signer.accept(signer.sign(other), other);
        }
        assertThrows(MalformedMessageException.class, () -> signer.accept(signature, PARTS));
    }

    @Test
    void a_signature_of_another_key_or_of_other_parts_is_refused() {
        var signer = new Signer("hmac-sha256", "key");
        byte[] others = new Signer("hmac-sha256", "other").sign(PARTS);
        assertThrows(MalformedMessageException.class, () -> signer.accept(others, PARTS));
        byte[] own = signer.sign(parts("x"));
        assertThrows(MalformedMessageException.class, () -> signer.accept(own, PARTS));
        assertThrows(MalformedMessageException.class, () -> signer.accept(new byte[0], PARTS));
    }

    @Test
    void without_a_key_nothing_is_signed() throws MalformedMessageException {
        var signer = new Signer("hmac-sha256", "");
        assertEquals(0, signer.sign(PARTS).length);
        signer.accept(new byte[0], PARTS);
        signer.accept(new byte[0], PARTS);
    }

    @Test
    void a_scheme_that_is_no_hmac_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Signer("none", "key"));
        assertThrows(IllegalArgumentException.class, () -> new Signer("hmac-rot13", "key"));
    }
}
