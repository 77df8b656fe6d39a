package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedListTest {

    private static final CommunityId COMMUNITY = new CommunityId(1);
    private static final DeviceId DEVICE = new DeviceId(42);
    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final ListGate GATE = new ListGate(COMMUNITY, DEVICE, POLICY.publicKey());
    private static final ListVersion V7 = new ListVersion(1, 7);

    private static AccessRecord resident(long number) {
        return AccessRecord.of(new CredentialNumber(number), Validity.ALWAYS, List.of(5));
    }

    private static SignedList list(CommunityId community, DeviceId device, ListVersion version, Sm2PrivateKey key) {
        return SignedList.sign(
                new ListTarget(community, device, ListKind.ACCESS, version, 1_700_000_000L),
                List.of(resident(0x4403010100000001L), resident(0x4403010100000002L)),
                key.publicKey(),
                message -> Sm2.sign(key, message, RandomSource.secure()));
    }

    private static ListRefusal refusal(byte[] header, ListKind kind, ListVersion held) {
        return assertThrows(ListRefusedException.class, () -> GATE.admit(header, kind, held))
                .reason();
    }

    @Test
    void list_signed_for_this_device_is_admitted_and_joined() {
        SignedList made = list(COMMUNITY, DEVICE, V7, POLICY);
        ListHeader header = GATE.admit(made.header().encode(), ListKind.ACCESS, new ListVersion(1, 6));
        SignedList joined = SignedList.join(header, made.tree().records());
        assertEquals(made.records(), joined.records(AccessRecord.class));
        assertEquals(2, joined.header().count());
    }

    @Test
    void message_and_what_is_signed_have_the_published_bytes_and_openssl_accepts_them() throws Exception {
        ListHeader header = list(COMMUNITY, DEVICE, V7, POLICY).header();
        String expected = "5A544831" + "00000001" + "0000002A" + "01" + "00000001" + "0000000000000007" + "00000002"
                + header.root() + "000000006553F100" + "7FFFFFFFFFFFFFFF";
        assertEquals(expected, Hex.of(header.message()).toUpperCase());
        assertEquals(ListHeader.LEAST_LENGTH, header.encode().length);
        byte[] leaf = Sm3.hash(new byte[] {2}, header.message());
        byte[] published = Hex.parse("5A544C32" + "00000001" + Hex.of(leaf));
        byte[] signature = header.proof().signature().toByteArray();
        assertTrue(OpenSsl.verifies(POLICY.publicKey(), published, signature));
        published[20] ^= 1;
        assertFalse(OpenSsl.verifies(POLICY.publicKey(), published, signature));
    }

    /** The example of docs/link.md; tree and signature were computed outside Java, with Python's hashlib and integers. */
    @Test
    void published_example_of_a_list_is_admitted_and_joined() {
        Sm2PublicKey policy =
                Sm2PublicKey.decode(Hex.parse("153BC4B586CDA9586AF5B9FCE999C9B5861BF1D08B7F41CA5EB0BB180DEBB478"
                        + "DE80BC88C22E2E3989119526708FE813AC06CBFF0C0421C0F35A7E84360C9072"));
        byte[] header = Hex.parse("5A544831" + "00000001" + "0000002A" + "01" + "00000001" + "0000000000000005"
                + "00000002"
                + "CA642BC0ABB9076C1081DFCCA5211533EA3C3D8648BE851250CB9772F1442F18" + "000000006955B900"
                + "7FFFFFFFFFFFFFFF" + "B7DAC988" + "111274421857121C0067023FAC66D13DBC9A784469FFFCBD958BF3C1DA547FAC"
                + "93CDCC96BAFFAD6C99B0D52FCB57C4016975DC06AFC5B8885675057AA8A3F28B" + "00000003" + "00000002"
                + "563E78DBB3B16F83E05B7D270528791AC50CB966371A21295AB900E884DA2EC6");
        List<byte[]> records = List.of(
                Hex.parse("4403010100000001" + "00000007" + "0100" + "6955B900" + "6B36EC80" + "FFFF" + "0000" + "02"
                        + "0001" + "0002" + "00"),
                Hex.parse("4403010100000002" + "00000007" + "0200" + "00000000" + "FFFFFFFF" + "FFFF" + "0000" + "01"
                        + "0001" + "01" + "0104" + "08" + "0000000000000001"));
        ListGate gate = new ListGate(COMMUNITY, DEVICE, policy);
        SignedList list = SignedList.join(gate.admit(header, ListKind.ACCESS, new ListVersion(1, 4)), records);
        assertEquals(
                List.of(List.of(1, 2), List.of(1)),
                list.records(AccessRecord.class).stream()
                        .map(AccessRecord::groups)
                        .toList());
    }

    @Test
    void list_of_another_community_device_kind_or_version_is_refused_by_name() {
        byte[] good = list(COMMUNITY, DEVICE, V7, POLICY).header().encode();
        byte[] otherCommunity =
                list(new CommunityId(2), DEVICE, V7, POLICY).header().encode();
        byte[] otherDevice =
                list(COMMUNITY, new DeviceId(43), V7, POLICY).header().encode();
        assertEquals(ListRefusal.OTHER_COMMUNITY, refusal(otherCommunity, ListKind.ACCESS, ListVersion.NONE));
        assertEquals(ListRefusal.OTHER_DEVICE, refusal(otherDevice, ListKind.ACCESS, ListVersion.NONE));
        assertEquals(ListRefusal.OTHER_KIND, refusal(good, ListKind.BLACKLIST, ListVersion.NONE));
        assertEquals(ListRefusal.VERSION_NOT_HIGHER, refusal(good, ListKind.ACCESS, V7));
        assertEquals(ListRefusal.VERSION_NOT_HIGHER, refusal(good, ListKind.ACCESS, new ListVersion(2, 1)));
    }

    @Test
    void foreign_key_forged_root_and_cut_header_are_refused_by_name() {
        Sm2PrivateKey foreign = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] byForeign = list(COMMUNITY, DEVICE, V7, foreign).header().encode();
        assertEquals(ListRefusal.UNKNOWN_KEY, refusal(byForeign, ListKind.ACCESS, ListVersion.NONE));
        byte[] forged = list(COMMUNITY, DEVICE, V7, POLICY).header().encode();
        forged[30] ^= 1;
        assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(forged, ListKind.ACCESS, ListVersion.NONE));
        assertEquals(ListRefusal.MALFORMED, refusal(new byte[152], ListKind.ACCESS, ListVersion.NONE));
    }

    @Test
    void changed_missing_added_or_doubled_record_is_refused_by_name() {
        SignedList made = list(COMMUNITY, DEVICE, V7, POLICY);
        List<byte[]> records = made.tree().records();
        assertEquals(ListRefusal.WRONG_COUNT, joinRefusal(made, records.subList(0, 1)));
        assertEquals(ListRefusal.DUPLICATE_KEY, joinRefusal(made, List.of(records.get(0), records.get(0))));
        List<byte[]> changed = new ArrayList<>(records);
        changed.set(1, resident(0x4403010100000003L).canonical());
        assertEquals(ListRefusal.WRONG_ROOT, joinRefusal(made, changed));
        assertEquals(ListRefusal.TOO_LARGE, joinRefusal(made, List.of(records.get(0), new byte[705])));
        assertEquals(ListRefusal.BAD_RECORD, joinRefusal(made, List.of(records.get(0), new byte[3])));
    }

    private static ListRefusal joinRefusal(SignedList made, List<byte[]> records) {
        return assertThrows(ListRefusedException.class, () -> SignedList.join(made.header(), records))
                .reason();
    }

    @Test
    void list_of_mixed_kinds_or_with_one_credential_twice_is_never_signed() {
        ListTarget target = new ListTarget(COMMUNITY, DEVICE, ListKind.ACCESS, V7, 1);
        assertThrows(
                ModelException.class,
                () -> SignedList.sign(target, List.of(Schedule.ALWAYS), POLICY.publicKey(), message -> new byte[64]));
        assertThrows(
                ModelException.class,
                () -> SignedList.sign(
                        target, List.of(resident(1), resident(1)), POLICY.publicKey(), message -> new byte[64]));
    }
}
