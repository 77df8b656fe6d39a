package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A header on its way: every one of its 1992 bits is held by the device's own numbers or by the signature. */
class ListHeaderBitsTest {

    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final ListGate GATE = new ListGate(new CommunityId(1), new DeviceId(42), POLICY.publicKey());

    private byte[] good = new byte[0];

    @BeforeEach
    void sign() {
        MerkleTree tree = SignedList.compile(ListKind.BLACKLIST, List.of(new BlacklistRecordOf(7).record()));
        List<ListDraft> publication = IntStream.rangeClosed(40, 44)
                .mapToObj(device -> new ListDraft(
                        new ListTarget(
                                new CommunityId(1),
                                new DeviceId(device),
                                ListKind.BLACKLIST,
                                new ListVersion(1, 7),
                                1_700_000_000L),
                        tree))
                .toList();
        good = SignedList.sign(publication, POLICY.publicKey(), ListHeaderBitsTest::signature)
                .get(2)
                .header()
                .encode();
    }

    private record BlacklistRecordOf(long number) {
        BlacklistRecord record() {
            return new BlacklistRecord(new io.zhitong.cardspec.CredentialNumber(number), CredentialStatus.LOST);
        }
    }

    private static byte[] signature(byte[] message) {
        return Sm2.sign(POLICY, message, RandomSource.secure());
    }

    private static SignedList signed(ListKind kind, List<? extends ListRecord> records) {
        return SignedList.sign(
                new ListTarget(new CommunityId(1), new DeviceId(42), kind, new ListVersion(1, 7), 1_700_000_000L),
                records,
                POLICY.publicKey(),
                ListHeaderBitsTest::signature);
    }

    /** Fields by their offsets in the 249 bytes of one of five headers, and what a device may say to a change in them. */
    @ParameterizedTest
    @CsvSource({
        "magic, 0, 4, MALFORMED",
        "community, 4, 8, OTHER_COMMUNITY MALFORMED",
        "device, 8, 12, OTHER_DEVICE",
        "kind, 12, 13, OTHER_KIND MALFORMED",
        "epoch and number, 13, 25, WRONG_SIGNATURE MALFORMED",
        "count, 25, 29, WRONG_SIGNATURE",
        "root, 29, 61, WRONG_SIGNATURE",
        "made, 61, 69, WRONG_SIGNATURE MALFORMED",
        "lease, 69, 77, WRONG_SIGNATURE MALFORMED",
        "key id, 77, 81, UNKNOWN_KEY",
        "signature, 81, 145, WRONG_SIGNATURE",
        "leaves, 145, 149, WRONG_SIGNATURE MALFORMED",
        "index, 149, 153, WRONG_SIGNATURE MALFORMED",
        "path, 153, 249, WRONG_SIGNATURE"
    })
    void each_turned_bit_of_a_field_is_refused_by_name(String field, int from, int to, String allowed) {
        Set<ListRefusal> expected = EnumSet.noneOf(ListRefusal.class);
        for (String name : allowed.split(" ")) {
            expected.add(ListRefusal.valueOf(name));
        }
        for (int bit = from * 8; bit < to * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            ListRefusal refusal = refusal(changed, ListKind.BLACKLIST);
            assertTrue(expected.contains(refusal), field + " bit " + bit + " was refused as " + refusal);
        }
    }

    @Test
    void fields_of_the_table_cover_the_whole_header_and_the_header_unchanged_is_admitted() {
        assertEquals(249, good.length);
        assertEquals(1, GATE.admit(good, ListKind.BLACKLIST, ListVersion.NONE).count());
    }

    private static ListRefusal refusal(byte[] header, ListKind kind) {
        return assertThrows(ListRefusedException.class, () -> GATE.admit(header, kind, ListVersion.NONE))
                .reason();
    }

    @Test
    void header_of_every_other_length_is_malformed() {
        IntStream.range(0, 1000).filter(length -> length != 249).forEach(length -> {
            byte[] other = java.util.Arrays.copyOf(good, length);
            assertEquals(ListRefusal.MALFORMED, refusal(other, ListKind.BLACKLIST), "length " + length);
        });
    }

    @Test
    void signed_count_above_what_the_kind_allows_is_too_large_although_the_signature_holds() {
        ListKind kind = ListKind.ISSUERS;
        byte[] message = java.util.Arrays.copyOf(good, 77);
        message[12] = (byte) kind.code();
        message[28] = 65;
        assertEquals(ListRefusal.TOO_LARGE, refusal(resigned(message), kind));
        message[28] = 64;
        assertEquals(64, GATE.admit(resigned(message), kind, ListVersion.NONE).count());
    }

    private byte[] resigned(byte[] message) {
        return new io.zhitong.smcrypto.ByteWriter()
                .bytes(message)
                .bytes(java.util.Arrays.copyOfRange(good, 77, 81))
                .bytes(signature(HeaderProof.signed(1, HeaderProof.leaf(message))))
                .u32(1)
                .u32(0)
                .toByteArray();
    }

    @Test
    void signature_of_another_key_under_this_keys_name_is_a_wrong_signature() {
        Sm2PrivateKey foreign = Sm2PrivateKey.generate(RandomSource.secure());
        ListHeader header = ListHeader.decode(good);
        byte[] message = header.proof().signedOver(header.message());
        byte[] forged = good.clone();
        System.arraycopy(Sm2.sign(foreign, message, RandomSource.secure()), 0, forged, 81, 64);
        assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(forged, ListKind.BLACKLIST));
        Sm2PublicKey other = foreign.publicKey();
        ListGate enrolledElsewhere = new ListGate(new CommunityId(1), new DeviceId(42), other);
        assertEquals(
                ListRefusal.UNKNOWN_KEY,
                assertThrows(
                                ListRefusedException.class,
                                () -> enrolledElsewhere.admit(good, ListKind.BLACKLIST, ListVersion.NONE))
                        .reason());
    }

    @Test
    void signed_root_over_records_that_are_not_canonical_is_a_bad_record() {
        byte[] active = new io.zhitong.smcrypto.ByteWriter().u64(7).u8(1).toByteArray();
        MerkleTree tree = MerkleTree.of(ListKind.BLACKLIST, List.of(active));
        ListTarget target = new ListTarget(
                new CommunityId(1), new DeviceId(42), ListKind.BLACKLIST, new ListVersion(1, 8), 1_700_000_000L);
        ListHeader header = SignedList.sign(
                        List.of(new ListDraft(target, tree)), POLICY.publicKey(), ListHeaderBitsTest::signature)
                .get(0)
                .header();
        assertEquals(
                ListRefusal.BAD_RECORD,
                assertThrows(ListRefusedException.class, () -> SignedList.join(header, List.of(active)))
                        .reason());
    }

    @Test
    void more_records_than_the_kind_allows_are_never_signed_nor_joined() {
        List<SettingRecord> settings = IntStream.rangeClosed(1, 257)
                .mapToObj(key -> new SettingRecord(key, ""))
                .toList();
        assertThrows(ModelException.class, () -> signed(ListKind.SETTINGS, settings));
        SignedList full = signed(ListKind.SETTINGS, settings.subList(0, 256));
        List<byte[]> tooMany = settings.stream().map(SettingRecord::canonical).toList();
        assertEquals(
                ListRefusal.TOO_LARGE,
                assertThrows(ListRefusedException.class, () -> SignedList.join(full.header(), tooMany))
                        .reason());
    }

    /** A resident in 64 groups and 8 carriers of 64 bytes is legal, so a device has to take the record. */
    @Test
    void largest_record_that_can_be_made_is_joined_by_the_device() {
        AccessRecord largest = new AccessRecord(
                new io.zhitong.cardspec.CredentialNumber(1),
                1,
                CredentialStatus.ACTIVE,
                EnumSet.allOf(Trait.class),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                0,
                IntStream.rangeClosed(1, 64).boxed().toList(),
                IntStream.range(0, 8)
                        .mapToObj(i -> new Carrier(CarrierKind.TAG, CarrierLevel.OWN_KEY, carrierValue(i)))
                        .toList());
        SignedList list = signed(ListKind.ACCESS, List.of(largest));
        assertEquals(
                List.of(largest),
                SignedList.join(list.header(), list.tree().records()).records(AccessRecord.class));
    }

    private static Octets carrierValue(int first) {
        byte[] value = new byte[64];
        value[0] = (byte) first;
        return Octets.of(value);
    }
}
