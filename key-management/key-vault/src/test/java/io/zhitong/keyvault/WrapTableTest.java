package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.DataKind;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.Hex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which key is wrapped under which: all pairs, against the table of docs/keys.md; and wraps that differ in one thing. */
class WrapTableTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] APPLICATION = Hex.parse("f05a545041524b31");
    private static final byte[] PARTNER = Hex.parse("5a542d4349545931");
    private static final byte[] CARD = Hex.parse("4403000100000001");

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

    private static KeyRef ref(KeyUsage usage) {
        return switch (usage.chain()) {
            case FACTORY -> KeyRef.of(usage, 1, CARD);
            case CITY -> KeyRef.of(usage, 1, CITY, CARD);
            case COMMUNITY -> KeyRef.of(usage, 1, CITY, COMMUNITY, CARD);
            case APPLICATION -> KeyRef.of(usage, 1, CITY, COMMUNITY, APPLICATION, CARD);
            case PARTNER -> KeyRef.of(usage, 1, PARTNER, CARD);
            case DATA -> DataKind.PERSONS.key(1, CITY, COMMUNITY);
        };
    }

    private static WrapRequest request(KeyRef control, KeyRef key) {
        byte[] prefix = {(byte) (key.usage().cardType() | 0xC0), (byte) 0xF0, 0x0F, 1, 4};
        return new WrapRequest(control, new byte[16], Hex.parse("84d40100"), prefix, key, new byte[0]);
    }

    private static boolean allowed(KeyRef control, KeyRef key) {
        try {
            // Ld, head of five, key, padding and MAC: 36 bytes under SM4, 28 under 3DES
            int length = control.usage().tripleDes() ? 28 : 36;
            return keys.wrap(List.of(request(control, key))).get(0).length == length;
        } catch (KeyServiceException e) {
            return false;
        }
    }

    /** Keys of one card under keys of the same card. */
    @ParameterizedTest(name = "{0} carries {1}")
    @CsvSource({
        "TRANSPORT, CARD_CONTROL PURSE_CONTROL ACCESS_CONTROL SAM_CONTROL",
        "CARD_CONTROL, CARD_CONTROL PURSE_CONTROL ACCESS_CONTROL APP_CONTROL",
        "PURSE_CONTROL, PURSE_CONTROL DACK DAMK DPK DLK DTK DPUK DRPK DULK DUK",
        "ACCESS_CONTROL, ACCESS_CONTROL ACCESS_AUTH ACCESS_LINE ACCESS_FAST",
        "SAM_CONTROL, SAM_CONTROL SAM_LEASE",
        "DACK, ''",
        "DAMK, ''",
        "DPK, ''",
        "DLK, ''",
        "DTK, ''",
        "DPUK, ''",
        "DRPK, ''",
        "DULK, ''",
        "DUK, ''",
        "ACCESS_AUTH, ''",
        "ACCESS_LINE, ''",
        "ACCESS_FAST, ''",
        "SAM_LEASE, ''",
        "BOUGHT_TRANSPORT, BOUGHT_CONTROL",
        "BOUGHT_CONTROL, BOUGHT_CONTROL BOUGHT_LINE BOUGHT_DPK BOUGHT_DLK BOUGHT_DTK BOUGHT_ACCESS",
        "BOUGHT_LINE, ''",
        "BOUGHT_DPK, ''",
        "BOUGHT_DLK, ''",
        "BOUGHT_DTK, ''",
        "BOUGHT_ACCESS, ''",
        "APP_CONTROL, APP_CONTROL APP_AUTH APP_LINE",
        "APP_AUTH, ''",
        "APP_LINE, ''",
        "EXCHANGE, ''",
        "PERSONAL_DATA, ''"
    })
    void table_of_wraps(KeyUsage control, String carried) {
        Set<String> expected = new TreeSet<>(List.of(carried.isEmpty() ? new String[0] : carried.split(" ")));
        Set<String> found = new TreeSet<>();
        for (KeyUsage usage : KeyUsage.values()) {
            if (allowed(ref(control), ref(usage))) {
                found.add(usage.name());
            }
        }
        assertEquals(expected, found);
    }

    /** Masters one level above the card, into a SAM. */
    @Test
    void masters_that_go_into_a_sam() {
        Set<String> found = new TreeSet<>();
        for (KeyUsage control : KeyUsage.values()) {
            for (KeyUsage usage : KeyUsage.values()) {
                List<byte[]> factors = ref(usage).factors();
                for (int depth = 0; depth < factors.size(); depth++) {
                    if (allowed(ref(control), new KeyRef(usage, 1, factors.subList(0, depth)))) {
                        found.add(usage + " of " + depth + " under " + control);
                    }
                }
            }
        }
        Set<String> expected = Set.of(
                "DPK of 1 under SAM_CONTROL",
                "ACCESS_FAST of 2 under SAM_CONTROL",
                "BOUGHT_DPK of 1 under SAM_CONTROL",
                "BOUGHT_ACCESS of 2 under SAM_CONTROL");
        assertEquals(new TreeSet<>(expected), found);
    }

    @Test
    void every_factor_of_a_wrap_counts() {
        for (KeyUsage[] pair : new KeyUsage[][] {
            {KeyUsage.PURSE_CONTROL, KeyUsage.DPK},
            {KeyUsage.ACCESS_CONTROL, KeyUsage.ACCESS_LINE},
            {KeyUsage.SAM_CONTROL, KeyUsage.SAM_LEASE},
            {KeyUsage.BOUGHT_CONTROL, KeyUsage.BOUGHT_DTK}
        }) {
            List<byte[]> factors = ref(pair[1]).factors();
            for (int i = 0; i < factors.size(); i++) {
                List<byte[]> other = new ArrayList<>(factors);
                byte[] changed = factors.get(i).clone();
                changed[7] ^= 1;
                other.set(i, changed);
                KeyServiceException refused = assertThrows(
                        KeyServiceException.class,
                        () -> keys.wrap(List.of(request(ref(pair[0]), new KeyRef(pair[1], 1, other)))));
                assertEquals(KeyRefusal.NOT_ALLOWED, refused.reason());
            }
        }
    }

    @Test
    void wrapped_key_opens_on_a_card_computed_apart_and_nowhere_else() {
        WrapRequest asked = request(ref(KeyUsage.PURSE_CONTROL), ref(KeyUsage.DPK));
        byte[] body = keys.wrap(List.of(asked)).get(0);
        CardSide control = vault.cardKey(ref(KeyUsage.PURSE_CONTROL));
        byte[] enc = Arrays.copyOf(body, 32);
        byte[] covered = Hex.parse("84d40100" + "24" + Hex.of(enc));
        assertEquals(Hex.of(control.mac(new byte[16], covered)), Hex.of(Arrays.copyOfRange(body, 32, 36)));
        // Ld ‖ head ‖ key ‖ 80 00…, docs/card.md "Secure messaging"
        String clear =
                "15" + "fef00f0104" + Hex.of(vault.cardKey(ref(KeyUsage.DPK)).key()) + "80" + "00".repeat(9);
        assertEquals(Hex.of(io.zhitong.smcrypto.Sm4.ecbEncrypt(control.key(), Hex.parse(clear))), Hex.of(enc));
    }

    @Test
    void header_challenge_and_suffix_are_bound_into_the_wrap() {
        KeyRef control = ref(KeyUsage.PURSE_CONTROL);
        KeyRef key = ref(KeyUsage.DPK);
        byte[] prefix = {(byte) 0xFE, (byte) 0xF0, 0x0F, 1, 4};
        byte[] iv = new byte[16];
        iv[15] = 1;
        Set<String> different = new TreeSet<>();
        for (WrapRequest each : List.of(
                new WrapRequest(control, new byte[16], Hex.parse("84d40100"), prefix, key, new byte[0]),
                new WrapRequest(control, new byte[16], Hex.parse("84d40101"), prefix, key, new byte[0]),
                new WrapRequest(control, new byte[16], Hex.parse("84d4fe00"), prefix, key, new byte[0]),
                new WrapRequest(control, iv, Hex.parse("84d40100"), prefix, key, new byte[0]),
                new WrapRequest(control, new byte[16], Hex.parse("84d40100"), prefix, key, new byte[] {1}))) {
            different.add(Hex.of(keys.wrap(List.of(each)).get(0)));
        }
        assertEquals(5, different.size());
    }

    @ParameterizedTest
    @CsvSource({"04d40100", "84d60100", "80d40100", "84d501ff", "00000000"})
    void keys_are_wrapped_for_write_key_and_for_no_other_command(String header) {
        byte[] prefix = {(byte) 0xFE, (byte) 0xF0, 0x0F, 1, 4};
        assertThrows(
                KeyServiceException.class,
                () -> new WrapRequest(
                        ref(KeyUsage.PURSE_CONTROL),
                        new byte[16],
                        Hex.parse(header),
                        prefix,
                        ref(KeyUsage.DPK),
                        new byte[0]));
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyUsage.class,
            names = {"TRANSPORT", "CARD_CONTROL", "PURSE_CONTROL", "ACCESS_CONTROL", "SAM_CONTROL"})
    void no_control_key_makes_the_mac_of_a_wrap_or_of_a_key_pair(KeyUsage usage) {
        byte[] enc = new byte[32];
        byte[] record = Hex.parse("84d4010024" + Hex.of(enc));
        for (byte[] data : List.of(record, new byte[64], new byte[5 + 48], new byte[5 + 64])) {
            KeyServiceException refused = assertThrows(
                    KeyServiceException.class,
                    () -> keys.mac(List.of(new MacRequest(ref(usage), new byte[16], data, 4))));
            assertEquals(KeyRefusal.NOT_ALLOWED, refused.reason());
        }
        byte[] generate = Hex.parse("84f6000004");
        assertEquals(
                Hex.of(vault.cardKey(ref(usage)).mac(new byte[16], generate)),
                Hex.of(keys.mac(List.of(new MacRequest(ref(usage), new byte[16], generate, 4)))
                        .get(0)));
    }

    @Test
    void refused_batches_and_single_refusals_are_audited_and_hand_nothing_out() {
        long before = keys.status().auditNumber();
        List<WrapRequest> mixed = List.of(
                request(ref(KeyUsage.PURSE_CONTROL), ref(KeyUsage.DPK)),
                request(ref(KeyUsage.PURSE_CONTROL), ref(KeyUsage.ACCESS_FAST)));
        assertThrows(KeyServiceException.class, () -> keys.wrap(mixed));
        assertTrue(keys.status().auditNumber() > before);
        assertThrows(KeyServiceException.class, () -> keys.wrap(List.of()));
        assertThrows(KeyServiceException.class, () -> keys.random(0));
        assertThrows(KeyServiceException.class, () -> keys.random(4097));
        assertEquals(4096, keys.random(4096).length);
    }
}
