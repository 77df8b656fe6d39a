package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateManifestTest {

    /** Hash of the three bytes "abc": the example of GB/T 32905. */
    private static final String ABC = "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0";

    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final UpdateManifest MANIFEST = UpdateManifest.sign(
            new CommunityId(1),
            Architecture.AARCH64,
            SoftwareVersion.parse("1.4.0.22"),
            3,
            Hash.of(Sm3.hash(new byte[] {'a', 'b', 'c'})),
            1_795_262_400L,
            POLICY.publicKey(),
            message -> Sm2.sign(POLICY, message, RandomSource.secure()));

    @Test
    void message_has_the_published_layout() {
        assertEquals(
                "5A545531" + "00000001" + "02" + "0001000400000016" + "0000000000000003" + ABC + "000000006B0187C0",
                Hex.of(Arrays.copyOf(MANIFEST.encode(), 65)).toUpperCase(java.util.Locale.ROOT));
        assertEquals(133, MANIFEST.encode().length);
    }

    @Test
    void signature_is_one_that_openssl_accepts() throws IOException, InterruptedException {
        byte[] bytes = MANIFEST.encode();
        assertTrue(OpenSsl.verifies(POLICY.publicKey(), Arrays.copyOf(bytes, 65), Arrays.copyOfRange(bytes, 69, 133)));
        assertTrue(UpdateManifest.decode(bytes).signedBy(POLICY.publicKey()));
        assertFalse(
                MANIFEST.signedBy(Sm2PrivateKey.generate(RandomSource.secure()).publicKey()));
    }

    @Test
    void no_flipped_bit_is_signed() {
        byte[] good = MANIFEST.encode();
        for (int bit = 0; bit < good.length * 8; bit += 7) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (0x80 >> bit % 8);
            assertFalse(signed(bad), "bit " + bit);
        }
    }

    private static boolean signed(byte[] bytes) {
        try {
            return UpdateManifest.decode(bytes).signedBy(POLICY.publicKey());
        } catch (ModelException e) {
            return false;
        }
    }

    @Test
    void versions_are_ordered_by_number_and_not_by_letters() {
        List<String> rising =
                List.of("0.0.0.1", "0.0.9.0", "0.0.10.0", "0.2.0.0", "1.0.0.9", "1.0.0.10", "32767.0.0.0");
        for (int i = 1; i < rising.size(); i++) {
            SoftwareVersion before = SoftwareVersion.parse(rising.get(i - 1));
            SoftwareVersion after = SoftwareVersion.parse(rising.get(i));
            assertTrue(before.compareTo(after) < 0 && after.compareTo(before) > 0, rising.get(i));
            assertEquals(after, SoftwareVersion.of(after.code()));
            assertEquals(rising.get(i), after.toString());
        }
    }

    @Test
    void what_is_no_version_is_refused() {
        for (String bad : List.of("", "1", "1.2.3", "1.2.3.4.5", "1.2.3.x", "-1.0.0.0", "1.0.0.32768", "1.0.0.4 ")) {
            assertThrows(ModelException.class, () -> SoftwareVersion.parse(bad), bad);
        }
    }

    @Test
    void machine_is_known_by_java_s_word_for_it() {
        assertEquals(Optional.of(Architecture.X86_64), Architecture.named("amd64"));
        assertEquals(Optional.of(Architecture.AARCH64), Architecture.named("aarch64"));
        assertEquals(Optional.of(Architecture.ARMV7), Architecture.named("arm"));
        assertEquals(Optional.empty(), Architecture.named("mips"));
    }
}
