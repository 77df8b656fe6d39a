package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.keyvault.module.CardDes;
import io.zhitong.smcrypto.Hex;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of cards as bought, 3DES: formulas by published traces and openssl, the vault's answers by the JCA's DES. */
class BoughtKeysTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("4403000112345678");

    @TempDir
    Path folder;

    private OpenVault vault;
    private KeyService keys;

    @BeforeEach
    void open() {
        vault = OpenVault.make(folder);
        keys = vault.service();
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private static KeyRef ref(KeyUsage usage) {
        return KeyRef.of(usage, 1, CITY, CARD);
    }

    /** The card's key: SM4 to the city, 3DES to the card. */
    private byte[] cardKey(KeyUsage usage) {
        byte[] city = vault.cardKey(KeyRef.of(usage, 1, CITY)).key();
        byte[] key = Arrays.copyOf(des("DESede/ECB/NoPadding", city, CARD), 16);
        byte[] complement = CARD.clone();
        for (int i = 0; i < 8; i++) {
            complement[i] ^= (byte) 0xFF;
        }
        System.arraycopy(des("DESede/ECB/NoPadding", city, complement), 0, key, 8, 8);
        return key;
    }

    private static byte[] des(String mode, byte[] key, byte[] data) {
        try {
            boolean single = key.length == 8;
            byte[] spread = single ? key : Arrays.copyOf(key, 24);
            if (!single) {
                System.arraycopy(key, 0, spread, 16, 8);
            }
            Cipher cipher = Cipher.getInstance(mode);
            SecretKeySpec spec = new SecretKeySpec(spread, single ? "DES" : "DESede");
            if (mode.contains("CBC")) {
                cipher.init(Cipher.ENCRYPT_MODE, spec, new IvParameterSpec(new byte[8]));
            } else {
                cipher.init(Cipher.ENCRYPT_MODE, spec);
            }
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac4(byte[] key8, byte[] data) {
        byte[] padded = Arrays.copyOf(data, (data.length / 8 + 1) * 8);
        padded[data.length] = (byte) 0x80;
        byte[] all = des("DES/CBC/NoPadding", key8, padded);
        return Arrays.copyOfRange(all, all.length - 8, all.length - 4);
    }

    @Test
    void published_trace_of_a_load_gives_its_session_key_mac_and_tac_key() {
        byte[] dlk = Hex.parse("11223344556677888877665544332211");
        byte[] session = CardDes.session(dlk, Hex.parse("1122334400008000"));
        assertEquals("9b1d924e05595603", Hex.of(session));
        byte[] mac1 = CardDes.mac(session, new byte[16], Hex.parse("000000000000100001001122334455"));
        assertEquals("2988ae5a", Hex.of(Arrays.copyOf(mac1, 4)));
        byte[] dtk = Hex.parse("00112233445566778899aabbccddeeff");
        assertEquals("8888888888888888", Hex.of(CardDes.halvesAdded(dtk)));
    }

    /** openssl enc -des-cbc -K 0011223344556677, the last block -d -des-ecb -K 8899aabbccddeeff, then -des-ecb with the first. */
    @Test
    void command_mac_under_a_key_of_sixteen_bytes_is_that_of_openssl() {
        byte[] key = Hex.parse("00112233445566778899aabbccddeeff");
        byte[] data = Hex.parse("84d401001c000102030405060708090a0b0c0d0e0f1011121314151617");
        byte[] iv = Hex.parse("01020304000000000000000000000000");
        assertEquals("51d7e795f32ddd6b", Hex.of(CardDes.mac(key, iv, data)));
    }

    /** openssl enc -des-ede -K 00112233445566778899aabbccddeeff over the factor and over its complement. */
    @Test
    void key_of_a_card_is_that_of_openssl() {
        byte[] master = Hex.parse("00112233445566778899aabbccddeeff");
        assertEquals("abeedb569ba2e712102c2dbc15b28ecc", Hex.of(CardDes.down(master, CARD)));
    }

    @Test
    void load_is_answered_only_after_the_cards_mac() {
        byte[] seed = Hex.parse("b113641e76578000");
        byte[] session = des("DESede/ECB/NoPadding", cardKey(KeyUsage.BOUGHT_DLK), seed);
        byte[] one = Hex.parse("0004f85d0000312a022ef34eec3143");
        byte[] two = Hex.parse("0000312a022ef34eec314320201013113051");
        byte[] mac1 = mac4(session, one);
        Optional<byte[]> mac2 = keys.verifyThenMac(ref(KeyUsage.BOUGHT_DLK), seed, one, mac1, two);
        assertArrayEquals(mac4(session, two), mac2.orElseThrow());
        mac1[0] ^= 1;
        assertEquals(Optional.empty(), keys.verifyThenMac(ref(KeyUsage.BOUGHT_DLK), seed, one, mac1, two));
    }

    @Test
    void tac_under_the_added_halves_verifies_and_a_changed_one_does_not() {
        byte[] data = Hex.parse("000076d6060392ef2dcefc1aa59dfa20270315075118");
        byte[] dtk = cardKey(KeyUsage.BOUGHT_DTK);
        byte[] added = Arrays.copyOf(dtk, 8);
        for (int i = 0; i < 8; i++) {
            added[i] ^= dtk[8 + i];
        }
        byte[] tac = mac4(added, data);
        byte[] wrong = tac.clone();
        wrong[3] ^= 1;
        assertEquals(
                List.of(true, false),
                keys.verifyMacs(List.of(
                        new VerifyRequest(ref(KeyUsage.BOUGHT_DTK), new byte[0], data, tac),
                        new VerifyRequest(ref(KeyUsage.BOUGHT_DTK), new byte[0], data, wrong))));
    }

    @Test
    void wrapped_key_opens_under_the_cards_control_key_and_is_the_cards() {
        byte[] head = Hex.parse("fef0f00100");
        byte[] header = Hex.parse("84d40101");
        byte[] iv = Hex.parse("01020304050607080000000000000000");
        var request =
                new WrapRequest(ref(KeyUsage.BOUGHT_CONTROL), iv, header, head, ref(KeyUsage.BOUGHT_DPK), new byte[0]);
        byte[] body = keys.wrap(List.of(request)).get(0);
        byte[] control = cardKey(KeyUsage.BOUGHT_CONTROL);
        byte[] clear = Hex.parse("15" + "fef0f00100" + Hex.of(cardKey(KeyUsage.BOUGHT_DPK)) + "8000");
        assertArrayEquals(des("DESede/ECB/NoPadding", control, clear), Arrays.copyOf(body, 24));
        byte[] covered = Hex.parse("84d401011c" + Hex.of(Arrays.copyOf(body, 24)));
        byte[] mac = Arrays.copyOf(CardDes.mac(control, iv, covered), 4);
        assertArrayEquals(mac, Arrays.copyOfRange(body, 24, 28));
    }

    @Test
    void only_the_transport_key_answers_a_challenge_and_no_control_key_macs_on_request() {
        byte[] challenge = Hex.parse("0102030405060708");
        KeyRef transport = KeyRef.of(KeyUsage.BOUGHT_TRANSPORT, 1, CARD);
        byte[] chip = CardDes.down(
                vault.cardKey(KeyRef.of(KeyUsage.BOUGHT_TRANSPORT, 1)).key(), CARD);
        assertArrayEquals(des("DESede/ECB/NoPadding", chip, challenge), keys.authenticate(transport, challenge));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.authenticate(transport, new byte[16])));
        KeyRef control = ref(KeyUsage.BOUGHT_CONTROL);
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.authenticate(control, challenge)));
        var mac = new MacRequest(control, new byte[16], new byte[20], 4);
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.mac(List.of(mac))));
    }

    @Test
    void access_key_of_the_same_card_and_city_goes_in_and_another_cards_does_not() {
        var own = KeyRef.of(KeyUsage.BOUGHT_ACCESS, 1, CITY, COMMUNITY, CARD);
        var other = KeyRef.of(KeyUsage.BOUGHT_ACCESS, 1, CITY, COMMUNITY, Hex.parse("4403000112345679"));
        var elsewhere = KeyRef.of(KeyUsage.BOUGHT_ACCESS, 1, Hex.parse("4401ff0000000000"), COMMUNITY, CARD);
        assertEquals(28, keys.wrap(List.of(access(own))).get(0).length);
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.wrap(List.of(access(other)))));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.wrap(List.of(access(elsewhere)))));
    }

    private static WrapRequest access(KeyRef key) {
        return new WrapRequest(
                ref(KeyUsage.BOUGHT_CONTROL),
                new byte[16],
                Hex.parse("84d40101"),
                Hex.parse("f0f0f00100"),
                key,
                new byte[0]);
    }

    private static KeyRefusal refusal(Runnable call) {
        return assertThrows(KeyServiceException.class, call::run).reason();
    }
}
