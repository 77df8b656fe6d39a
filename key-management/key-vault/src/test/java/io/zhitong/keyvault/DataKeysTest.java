package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataKind;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Data keys of personal data, wrapped by the vault; the other side of each formula is the JCA's. */
class DataKeysTest {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] NEIGHBOUR = Hex.parse("0000000044030002");
    private static final KeyRef PERSONS = DataKind.PERSONS.key(1, CITY, COMMUNITY);
    private static final byte[] SOMEBODY = "person 1".getBytes(StandardCharsets.US_ASCII);
    private static final SecretBytes SECRET = SecretBytes.copyOf(Hex.parse("0123456789abcdeffedcba9876543210"));

    @TempDir
    static Path folder;

    private static OpenVault vault;
    private static KeyService keys;

    @BeforeAll
    static void open() {
        vault = OpenVault.make(folder);
        keys = vault.service();
    }

    @AfterAll
    static void close() {
        vault.close();
    }

    private static byte[] wrapped() {
        return keys.wrapDataKeys(List.of(new DataWrapRequest(PERSONS, SOMEBODY, SECRET)))
                .get(0);
    }

    private static DataUnwrapRequest open(KeyRef key, byte[] context, byte[] wrapped) {
        return new DataUnwrapRequest(key, context, wrapped);
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    @Test
    void kinds_of_data_are_the_last_of_three_factors() {
        assertEquals("PERSONAL_DATA/1:4403ff0000000000:0000000044030001:706572736f6e616c", PERSONS.text());
        assertEquals(
                "PERSONAL_DATA/2:4403ff0000000000:0000000044030001:7069637475726573",
                DataKind.PICTURES.key(2, CITY, COMMUNITY).text());
        assertTrue(PERSONS.cardLevel());
    }

    @Test
    void wrapped_key_is_sm4_gcm_under_a_key_computed_apart() throws GeneralSecurityException {
        byte[] wrapped = wrapped();
        byte[] kek = vault.cardKey(PERSONS).block("zhitong data key".getBytes(StandardCharsets.US_ASCII));

        Cipher gcm = Cipher.getInstance("SM4/GCM/NoPadding", BC);
        gcm.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(kek, "SM4"),
                new GCMParameterSpec(128, Arrays.copyOf(wrapped, 12)));
        gcm.updateAAD(SOMEBODY);

        assertEquals(44, wrapped.length);
        assertEquals(
                "0123456789abcdeffedcba9876543210",
                Hex.of(gcm.doFinal(Arrays.copyOfRange(wrapped, 12, wrapped.length))));
    }

    @Test
    void hash_is_hmac_sm3_under_a_key_computed_apart() throws GeneralSecurityException {
        byte[] value = "phone:13800001234".getBytes(StandardCharsets.UTF_8);
        byte[] key = vault.cardKey(PERSONS).block("zhitong data idx".getBytes(StandardCharsets.US_ASCII));
        Mac hmac = Mac.getInstance("HMACSM3", BC);
        hmac.init(new SecretKeySpec(key, "HMACSM3"));

        assertArrayEquals(
                hmac.doFinal(value),
                keys.hashData(List.of(new DataHashRequest(PERSONS, value))).get(0));
    }

    @Test
    void wrapped_twice_looks_different_and_opens_to_the_same() {
        byte[] one = wrapped();
        byte[] two = wrapped();

        assertFalse(Arrays.equals(one, two));
        assertEquals(
                List.of(SECRET, SECRET),
                keys.unwrapDataKeys(List.of(open(PERSONS, SOMEBODY, one), open(PERSONS, SOMEBODY, two))));
    }

    @Test
    void key_of_another_person_kind_or_community_or_with_any_bit_changed_does_not_open() {
        byte[] wrapped = wrapped();
        byte[] other = "person 2".getBytes(StandardCharsets.US_ASCII);

        assertEquals(KeyRefusal.BAD_DATA_KEY, refused(open(PERSONS, other, wrapped)));
        assertEquals(
                KeyRefusal.BAD_DATA_KEY, refused(open(DataKind.PICTURES.key(1, CITY, COMMUNITY), SOMEBODY, wrapped)));
        assertEquals(
                KeyRefusal.BAD_DATA_KEY, refused(open(DataKind.PERSONS.key(1, CITY, NEIGHBOUR), SOMEBODY, wrapped)));
        for (int bit = 0; bit < wrapped.length * 8; bit++) {
            byte[] turned = wrapped.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(KeyRefusal.BAD_DATA_KEY, refused(open(PERSONS, SOMEBODY, turned)), "bit " + bit);
        }
    }

    private static KeyRefusal refused(DataUnwrapRequest request) {
        return refusal(() -> keys.unwrapDataKeys(List.of(request)));
    }

    @Test
    void one_key_that_does_not_open_refuses_the_batch_and_the_words_hold_no_key() {
        byte[] wrapped = wrapped();
        KeyServiceException refused = assertThrows(
                KeyServiceException.class,
                () -> keys.unwrapDataKeys(
                        List.of(open(PERSONS, SOMEBODY, wrapped), open(PERSONS, SOMEBODY, new byte[44]))));

        assertEquals(KeyRefusal.BAD_DATA_KEY, refused.reason());
        assertFalse(String.valueOf(refused.getMessage()).contains("0123456789abcdef"));
        assertFalse(String.valueOf(refused.getMessage()).contains(Hex.of(COMMUNITY)));
    }

    @Test
    void same_value_in_two_communities_or_kinds_has_hashes_that_tell_nothing() {
        byte[] value = "phone:13800001234".getBytes(StandardCharsets.UTF_8);
        List<byte[]> hashes = keys.hashData(List.of(
                new DataHashRequest(PERSONS, value),
                new DataHashRequest(PERSONS, value),
                new DataHashRequest(DataKind.PERSONS.key(1, CITY, NEIGHBOUR), value),
                new DataHashRequest(DataKind.PICTURES.key(1, CITY, COMMUNITY), value)));

        assertArrayEquals(hashes.get(0), hashes.get(1));
        assertEquals(3, hashes.stream().map(Hex::of).distinct().count(), "found in one community, unknown in the next");
    }

    @Test
    void door_key_wraps_no_data_and_the_data_key_does_nothing_else() {
        KeyRef door = KeyRef.of(KeyUsage.ACCESS_AUTH, 1, CITY, COMMUNITY, SOMEBODY);

        assertEquals(
                KeyRefusal.NOT_ALLOWED,
                refusal(() -> keys.wrapDataKeys(List.of(new DataWrapRequest(door, SOMEBODY, SECRET)))));
        assertEquals(
                KeyRefusal.NOT_ALLOWED, refusal(() -> keys.hashData(List.of(new DataHashRequest(door, SOMEBODY)))));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.authenticate(PERSONS, new byte[16])));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.authenticate(PERSONS, SOMEBODY)));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> keys.wrapDataKeys(List.of())));
    }

    @Test
    void every_batch_is_in_the_audit_and_neither_value_nor_key_is() throws Exception {
        long before = vault.vault().status().auditNumber();
        byte[] planted = "planted 4403".getBytes(StandardCharsets.UTF_8);
        keys.unwrapDataKeys(List.of(open(PERSONS, SOMEBODY, wrapped())));
        keys.hashData(List.of(new DataHashRequest(PERSONS, planted)));

        assertEquals(before + 3, vault.vault().status().auditNumber());
        byte[] log = Files.readAllBytes(folder.resolve("audit.log"));
        assertTrue(Leaks.found(log, "backend-1".getBytes(StandardCharsets.UTF_8)), "the search finds who asked");
        assertFalse(Leaks.found(log, planted));
        assertFalse(Leaks.found(log, Hex.parse("0123456789abcdeffedcba9876543210")));
        assertNotEquals(AuditKind.DATA_WRAPPED.code(), AuditKind.DATA_UNWRAPPED.code());
    }
}
