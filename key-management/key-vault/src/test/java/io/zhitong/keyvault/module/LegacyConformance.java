package io.zhitong.keyvault.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Masters of 3DES: what a home for keys already in hand does. The facts are OpenSSL's and those of a published trace. */
public interface LegacyConformance extends BasicConformance {
    String MASTER = "11223344556677888877665544332211";
    String OTHER = "00112233445566778899aabbccddeeff";

    private ModuleKey tripleDes(String hex) {
        return module().loadTripleDes(SecretBytes.takeOver(Hex.parse(hex)));
    }

    private DerivedKey card(String master) {
        return new DerivedKey(tripleDes(master), List.of()).thenCard(FACTOR);
    }

    /** The JDK's own 3DES, which is not the library the soft home stands on. */
    private static byte[] des3(byte[] key16, byte[] data) throws GeneralSecurityException {
        byte[] spread = Arrays.copyOf(key16, 24);
        System.arraycopy(key16, 0, spread, 16, 8);
        Cipher cipher = Cipher.getInstance("DESede/ECB/NoPadding", "SunJCE");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(spread, "DESede"));
        return cipher.doFinal(data);
    }

    private static byte[] cardKey(String master) throws GeneralSecurityException {
        byte[] both = Arrays.copyOf(FACTOR, 16);
        for (int i = 0; i < 8; i++) {
            both[8 + i] = (byte) ~FACTOR[i];
        }
        return des3(Hex.parse(master), both);
    }

    @Test
    default void kcv_of_a_master_of_3des_is_over_a_block_of_zeros() throws GeneralSecurityException {
        assertEquals(
                Hex.of(Arrays.copyOf(des3(Hex.parse(MASTER), new byte[8]), 3)),
                Hex.of(module().kcv(tripleDes(MASTER))));
    }

    @Test
    default void a_challenge_is_answered_under_the_derived_key() throws GeneralSecurityException {
        byte[] challenge = Hex.parse("a1b2c3d4e5f60718");
        assertEquals(Hex.of(des3(cardKey(MASTER), challenge)), Hex.of(module().encryptBlock(card(MASTER), challenge)));
    }

    /** printf 84d4… padded | openssl enc -des-cbc …, last block with -des-ede: see BoughtKeysTest. */
    @Test
    default void command_mac_is_the_retail_mac_of_openssl() throws GeneralSecurityException {
        byte[] data = Hex.parse("84d401001c000102030405060708090a0b0c0d0e0f1011121314151617");
        byte[] iv = Hex.parse("01020304000000000000000000000000");
        byte[] expected = CardDes.mac(cardKey(OTHER), iv, data);
        assertEquals("51d7e795f32ddd6b", Hex.of(CardDes.mac(Hex.parse(OTHER), iv, data)), "the witness itself");
        assertEquals(Hex.of(expected), Hex.of(module().mac(card(OTHER), iv, data)));
    }

    @Test
    default void tac_and_session_keys_of_8_bytes_make_des_cbc_macs() throws GeneralSecurityException {
        byte[] data = Hex.parse("000000000000100001001122334455");
        byte[] seed = Hex.parse("1122334400008000");
        byte[] key = cardKey(MASTER);
        assertEquals(
                "2988ae5a",
                Hex.of(Arrays.copyOf(CardDes.mac(CardDes.session(Hex.parse(MASTER), seed), new byte[16], data), 4)),
                "the witness itself");
        assertEquals(
                Hex.of(CardDes.mac(CardDes.session(key, seed), new byte[16], data)),
                Hex.of(module().mac(card(MASTER).then(seed), new byte[16], data)));
        assertEquals(
                Hex.of(CardDes.mac(CardDes.halvesAdded(key), new byte[16], data)),
                Hex.of(module().mac(card(MASTER).halvesAdded(), new byte[16], data)));
    }

    @Test
    default void a_card_key_is_wrapped_under_a_control_key_of_3des() throws GeneralSecurityException {
        byte[] enc = module().deriveAndWrap(card(OTHER), Hex.parse("3e01020304"), card(MASTER), new byte[0]);
        String record = "15" + "3e01020304" + Hex.of(cardKey(MASTER)) + "80" + "00";
        assertEquals(Hex.of(des3(cardKey(OTHER), Hex.parse(record))), Hex.of(enc));
    }

    @Test
    default void steps_of_sm4_below_a_master_of_3des_are_refused() {
        ModuleKey master = tripleDes(MASTER);
        DerivedKey sm4 = new DerivedKey(master, List.of(FACTOR));
        assertThrows(IllegalArgumentException.class, () -> module().mac(sm4, new byte[16], new byte[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> module().encryptBlock(new DerivedKey(master, List.of()), new byte[16]));
        assertThrows(IllegalArgumentException.class, () -> tripleDes(OTHER.substring(2)));
    }
}
