package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageVerifierTest {
    private static final Sm2PublicKey KEY = Samples.KEY.publicKey();
    private static final Sm2PrivateKey OTHER = Sm2PrivateKey.of(Samples.scalar(0x11));
    private static final SignedPackage PACK = Samples.signed(6);
    private static final String NAME = Samples.NAME.toString();

    @Test
    void signed_file_under_its_name_is_good() {
        assertTrue(PackageVerifier.verify(NAME, PACK.content(), PACK.signature(), KEY)
                .good());
    }

    @Test
    void renamed_file_is_named_so_although_its_signature_is_right() {
        var findings = findings("TX_44030001_20261121_0001_02", PACK.content(), PACK.signature(), KEY);
        assertEquals(List.of(new Finding(Problem.RENAMED, 0, "", NAME, "TX_44030001_20261121_0001_02")), findings);
        assertEquals(
                Problem.NAME,
                findings("today.txt", PACK.content(), PACK.signature(), KEY)
                        .get(0)
                        .problem());
    }

    @Test
    void forged_but_consistent_file_is_refused_by_the_signature_alone() {
        List<SettlementRecord> dearer = new ArrayList<>(Samples.records(6));
        dearer.set(2, Samples.record(2, 88_88));
        byte[] forged = PackageWriter.write(Samples.NAME, "SHOP0001", PublicKeyPem.keyId(KEY.xy()), dearer);
        var findings = findings(NAME, forged, PACK.signature(), KEY);
        assertEquals(1, findings.size());
        assertEquals(Problem.SIGNATURE, findings.get(0).problem());
    }

    @Test
    void damaged_file_names_the_damage_first_and_then_the_signature() {
        byte[] damaged = PACK.content();
        damaged[90] ^= 1;
        var findings = findings(NAME, damaged, PACK.signature(), KEY);
        assertEquals(
                List.of(Problem.CHANGED, Problem.SIGNATURE),
                findings.stream().map(Finding::problem).toList());
    }

    @Test
    void key_of_another_sender_is_told_from_a_wrong_signature() {
        Finding only = findings(NAME, PACK.content(), PACK.signature(), OTHER.publicKey())
                .get(0);
        assertEquals(Problem.KEY_ID, only.problem());
        assertEquals(PublicKeyPem.keyId(KEY.xy()), only.expected());
        assertEquals(PublicKeyPem.keyId(OTHER.publicKey().xy()), only.found());
    }

    @Test
    void every_bit_of_the_signature_counts() {
        for (int bit = 0; bit < PACK.signature().length * 8; bit++) {
            byte[] signature = PACK.signature();
            signature[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(1, findings(NAME, PACK.content(), signature, KEY).size(), "bit " + bit);
        }
    }

    @Test
    void signature_of_another_form_is_named_so() {
        for (byte[] bytes :
                List.of(new byte[0], new byte[64], "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
            assertEquals(
                    Problem.SIGNATURE_FORM,
                    findings(NAME, PACK.content(), bytes, KEY).get(0).problem());
        }
    }

    @Test
    void what_is_no_sm2_public_key_is_refused_with_a_reason() {
        String pem = PublicKeyPem.encode(KEY.xy());
        assertEquals(KEY, PublicKeyPem.decode(pem));
        assertThrows(MalformedInput.class, () -> PublicKeyPem.decode("no key"));
        assertThrows(MalformedInput.class, () -> PublicKeyPem.decode(pem.replace("PUBLIC", "PRIVATE")));
        String half = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----";
        assertThrows(MalformedInput.class, () -> PublicKeyPem.decode(half));
    }

    private static List<Finding> findings(String name, byte[] file, byte[] signature, Sm2PublicKey key) {
        return PackageVerifier.verify(name, file, signature, key).findings();
    }
}
