package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layout between a caller and the vault: one encoding of one value, no damage unseen, no bound but its own. */
class RequestLayoutTest {

    private static final String KEY = "0c0202" + "4403ff0000000000" + "4403000100000001";

    /** A literal frame, how it is read and how it is written. */
    record Layout(
            String name, byte[] frame, Function<ByteReader, Object> decode, BiConsumer<Object, ByteWriter> encode) {
        @SuppressWarnings("unchecked") // each row names a decoder and an encoder of one type
        static <T> Layout of(
                String name, String hex, Function<ByteReader, T> decode, BiConsumer<T, ByteWriter> encode) {
            return new Layout(name, Hex.parse(hex), decode::apply, (value, out) -> encode.accept((T) value, out));
        }

        byte[] again(byte[] bytes) {
            ByteReader in = new ByteReader(bytes);
            Object value = decode.apply(in);
            in.end();
            ByteWriter out = new ByteWriter();
            encode.accept(value, out);
            return out.toByteArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Layout> layouts() {
        return Stream.of(
                Layout.of("key reference", KEY, KeyRef::decode, KeyRef::encode),
                Layout.of(
                        "wrap",
                        "030102" + "4403ff0000000000" + "4403000100000001" + "00".repeat(15) + "07" + "84d43e01"
                                + "3ef00f0204" + KEY + "02aabb",
                        WrapRequest::decode,
                        WrapRequest::encode),
                Layout.of(
                        "MAC",
                        KEY + "11".repeat(16) + "0005" + "04d6950005" + "04",
                        MacRequest::decode,
                        MacRequest::encode),
                Layout.of(
                        "verify",
                        KEY + "08" + "0102030405060708" + "0002" + "a1a2" + "04" + "01020304",
                        VerifyRequest::decode,
                        VerifyRequest::encode),
                Layout.of(
                        "host MAC",
                        KEY + "0102030405060708" + "0002" + "a1a2" + "01020304" + "0001" + "b1",
                        HostMacRequest::decode,
                        HostMacRequest::encode),
                Layout.of(
                        "card certificate",
                        KEY + "22".repeat(16) + "33".repeat(64) + "44".repeat(4) + "01" + "4403000100000001"
                                + "20260101" + "20271231" + "0007",
                        CardCertificateRequest::decode,
                        CardCertificateRequest::encode),
                Layout.of(
                        "reader certificate",
                        "33".repeat(64) + "0000002a00000007" + "20261121" + "20271120" + "0007" + "55".repeat(64),
                        ReaderCertificateRequest::decode,
                        ReaderCertificateRequest::encode),
                Layout.of(
                        "machine enrolment",
                        "01" + "0003" + "706f73" + "0002" + "3433" + "0003" + "300100",
                        MachineEnrolment::decode,
                        MachineEnrolment::encode),
                Layout.of(
                        "revocation",
                        "09" + "010203040506070809" + "03" + "000000006b49d200",
                        Revocation::decode,
                        Revocation::encode),
                Layout.of(
                        "key listing",
                        "0e" + "02" + "01" + "4403ff0000000000" + "04" + "02" + "45" + "000000006b49d200"
                                + "0000000000000000" + "0003" + "e69d8e" + "000000006b49d200" + "000000006b49d201"
                                + "010203",
                        KeyListing::decode,
                        KeyListing::encode),
                Layout.of(
                        "key lineage",
                        "0e" + "02" + "02" + "4403ff0000000000" + "4403000100000001" + "0e" + "02" + "01"
                                + "4403ff0000000000" + "04" + "01" + "4e" + "0000000000000001" + "0000000000000002"
                                + "0000" + "0000000000000001" + "0000000000000001" + "010203" + "0001" + "040506",
                        KeyLineage::decode,
                        KeyLineage::encode),
                Layout.of(
                        "vault status",
                        "01" + "00" + "0000000000000007" + "0000010000000000" + "5a".repeat(32) + "0004" + "736f6674",
                        VaultStatus::decode,
                        VaultStatus::encode));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void literal_frame_reads_and_writes_back(Layout layout) {
        assertArrayEquals(layout.frame(), layout.again(layout.frame()));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void each_turned_bit_is_refused_or_another_value(Layout layout) {
        for (int bit = 0; bit < layout.frame().length * 8; bit++) {
            byte[] changed = layout.frame().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertArrayEquals(changed, layout.again(changed), "bit " + bit + " is lost on the way");
            } catch (KeyServiceException refused) {
                assertEquals(KeyRefusal.MALFORMED, refused.reason());
            } catch (MalformedInput refused) {
                assertTrue(String.valueOf(refused.getMessage()).startsWith("expected"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void every_truncation_is_refused(Layout layout) {
        for (int length = 0; length < layout.frame().length; length++) {
            byte[] cut = Arrays.copyOf(layout.frame(), length);
            assertThrows(RuntimeException.class, () -> layout.again(cut), "length " + length);
        }
    }

    private static Arguments edge(String what, Executable last, Executable beyond) {
        return arguments(what, last, beyond);
    }

    static Stream<Arguments> edges() {
        return Stream.of(
                edge("version 255", () -> key(255, 2), () -> key(256, 2)),
                edge("version 1", () -> key(1, 2), () -> key(0, 2)),
                edge("factors", () -> key(1, 4), () -> key(1, 5)),
                edge("factor", () -> factor(8), () -> factor(7)),
                edge("challenge of a wrap", () -> wrap(16, 4, 5, 4, 0x84), () -> wrap(15, 4, 5, 4, 0x84)),
                edge("head of a wrap", () -> wrap(16, 4, 5, 0, 0x84), () -> wrap(16, 4, 6, 0, 0x84)),
                edge("tail of a wrap", () -> wrap(16, 4, 5, 4, 0x84), () -> wrap(16, 4, 5, 5, 0x84)),
                edge("plain WRITE KEY", () -> wrap(16, 4, 5, 0, 0x84), () -> wrap(16, 4, 5, 0, 0x80)),
                edge("shortest command", () -> mac(5, 4), () -> mac(4, 4)),
                edge("longest command", () -> mac(260, 8), () -> mac(261, 8)),
                edge("MAC of 4 or 8", () -> mac(5, 8), () -> mac(5, 5)),
                edge("seed of a check", () -> verify(8, 1, 4), () -> verify(4, 1, 4)),
                edge("no seed", () -> verify(0, 1, 4), () -> verify(9, 1, 4)),
                edge("data of a check", () -> verify(0, 256, 4), () -> verify(0, 257, 4)),
                edge("shortest MAC", () -> verify(0, 1, 4), () -> verify(0, 1, 3)),
                edge("longest MAC", () -> verify(0, 1, 16), () -> verify(0, 1, 17)),
                edge("seed of a load", () -> host(8, 64, 4, 64), () -> host(0, 64, 4, 64)),
                edge("MAC1", () -> host(8, 1, 4, 1), () -> host(8, 1, 8, 1)),
                edge("data of MAC2", () -> host(8, 64, 4, 64), () -> host(8, 64, 4, 65)),
                edge("data key", () -> dataKey(64, 16), () -> dataKey(64, 17)),
                edge("context", () -> dataKey(1, 16), () -> dataKey(0, 16)),
                edge("longest context", () -> dataKey(64, 16), () -> dataKey(65, 16)),
                edge("wrapped data key", () -> wrapped(1, 44), () -> wrapped(1, 45)),
                edge("context of a wrapped one", () -> wrapped(64, 44), () -> wrapped(65, 44)),
                edge("value to hash", () -> hashed(1), () -> hashed(0)),
                edge("longest value to hash", () -> hashed(256), () -> hashed(257)),
                edge("role", () -> card(0xF0, "20260101", "20260101", 0), () -> card(0x02, "20260101", "20260101", 0)),
                edge("days", () -> card(1, "20260101", "20260101", 0), () -> card(1, "20260102", "20260101", 0)),
                edge("leap day", () -> card(1, "20240229", "20280229", 0), () -> card(1, "20250229", "20280229", 0)),
                edge(
                        "hexadecimal day",
                        () -> card(1, "20260109", "20270101", 0),
                        () -> card(1, "2026010A", "20270101", 0)),
                edge(
                        "number",
                        () -> card(1, "20260101", "20270101", 65535),
                        () -> card(1, "20260101", "20270101", 65536)),
                edge("request", () -> enrol(4096), () -> enrol(4097)),
                edge("serial", () -> revoked(BigInteger.ONE), () -> revoked(BigInteger.ZERO)),
                edge("longest serial", () -> revoked(BigInteger.TWO.pow(158)), () -> revoked(BigInteger.TWO.pow(159))),
                edge("items", () -> items(10_000), () -> items(10_001)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edges")
    void last_value_is_taken_and_the_next_is_malformed(String what, Executable last, Executable beyond)
            throws Throwable {
        last.execute();
        assertEquals(
                KeyRefusal.MALFORMED,
                assertThrows(KeyServiceException.class, beyond, what).reason());
    }

    private static KeyRef key(int version, int factors) {
        return new KeyRef(KeyUsage.DPK, version, Collections.nCopies(factors, new byte[8]));
    }

    private static KeyRef factor(int length) {
        return KeyRef.of(KeyUsage.DPK, 1, new byte[length]);
    }

    private static WrapRequest wrap(int iv, int header, int prefix, int suffix, int cla) {
        byte[] head = new byte[header];
        head[0] = (byte) cla;
        head[1] = (byte) 0xD4;
        return new WrapRequest(key(1, 2), new byte[iv], head, new byte[prefix], key(1, 2), new byte[suffix]);
    }

    private static MacRequest mac(int data, int length) {
        return new MacRequest(key(1, 2), new byte[16], new byte[data], length);
    }

    private static VerifyRequest verify(int seed, int data, int mac) {
        return new VerifyRequest(key(1, 2), new byte[seed], new byte[data], new byte[mac]);
    }

    private static HostMacRequest host(int seed, int data, int mac, int more) {
        return new HostMacRequest(key(1, 2), new byte[seed], new byte[data], new byte[mac], new byte[more]);
    }

    private static DataWrapRequest dataKey(int context, int length) {
        return new DataWrapRequest(key(1, 3), new byte[context], SecretBytes.takeOver(new byte[length]));
    }

    private static DataUnwrapRequest wrapped(int context, int length) {
        return new DataUnwrapRequest(key(1, 3), new byte[context], new byte[length]);
    }

    private static DataHashRequest hashed(int length) {
        return new DataHashRequest(key(1, 3), new byte[length]);
    }

    private static CardCertificateRequest card(int role, String from, String to, int number) {
        return new CardCertificateRequest(
                key(1, 3),
                new byte[16],
                new byte[64],
                new byte[4],
                role,
                new byte[8],
                Hex.parse(from),
                Hex.parse(to),
                number);
    }

    private static MachineEnrolment enrol(int length) {
        return new MachineEnrolment(MachineProfile.SM2, new MachineName(MachineRole.STATION, "1"), new byte[length]);
    }

    private static Revocation revoked(BigInteger serial) {
        return new Revocation(serial, RevocationReason.LOST, Instant.EPOCH);
    }

    private static int items(int count) {
        ByteWriter out = new ByteWriter();
        Lists.encode(out, Collections.nCopies(count, 1), (item, to) -> to.u8(item));
        return out.length();
    }

    /** docs/keys.md: what the vault does with a key of each usage; everything else is refused. */
    @ParameterizedTest
    @CsvSource({
        "TRANSPORT, WRAP_UNDER MAC AUTHENTICATE, 1",
        "CARD_CONTROL, INTO_CARD WRAP_UNDER MAC AUTHENTICATE, 3",
        "PURSE_CONTROL, INTO_CARD WRAP_UNDER MAC AUTHENTICATE, 2",
        "ACCESS_CONTROL, INTO_CARD WRAP_UNDER MAC AUTHENTICATE, 3",
        "SAM_CONTROL, INTO_CARD WRAP_UNDER MAC AUTHENTICATE, 3",
        "DACK, INTO_CARD AUTHENTICATE, 2",
        "DAMK, INTO_CARD MAC, 2",
        "DPK, INTO_CARD INTO_SAM, 2",
        "DLK, INTO_CARD VERIFY_THEN_MAC VERIFY, 2",
        "DTK, INTO_CARD VERIFY, 2",
        "DPUK, INTO_CARD MAC, 2",
        "DRPK, INTO_CARD MAC, 2",
        "DULK, INTO_CARD VERIFY_THEN_MAC VERIFY, 2",
        "DUK, INTO_CARD VERIFY_THEN_MAC, 2",
        "ACCESS_AUTH, INTO_CARD AUTHENTICATE, 3",
        "ACCESS_LINE, INTO_CARD MAC, 3",
        "ACCESS_FAST, INTO_CARD INTO_SAM, 3",
        "SAM_LEASE, INTO_CARD RENEW_LEASE, 3",
        "BOUGHT_TRANSPORT, WRAP_UNDER AUTHENTICATE, 1",
        "BOUGHT_CONTROL, INTO_CARD WRAP_UNDER, 2",
        "BOUGHT_LINE, INTO_CARD MAC, 2",
        "BOUGHT_DPK, INTO_CARD INTO_SAM, 2",
        "BOUGHT_DLK, INTO_CARD VERIFY_THEN_MAC, 2",
        "BOUGHT_DTK, INTO_CARD VERIFY, 2",
        "BOUGHT_ACCESS, INTO_CARD INTO_SAM, 3",
        "APP_CONTROL, INTO_CARD WRAP_UNDER MAC AUTHENTICATE, 4",
        "APP_AUTH, INTO_CARD AUTHENTICATE, 4",
        "APP_LINE, INTO_CARD MAC, 4",
        "EXCHANGE, PROTECT_BLOCK, 2",
        "PERSONAL_DATA, WRAP_DATA UNWRAP_DATA HASH_DATA, 3"
    })
    void usage_allows_its_own_operations_only_and_a_card_key_stands_at_its_chains_depth(
            KeyUsage usage, String operations, int depth) {
        Set<KeyOperation> allowed = EnumSet.noneOf(KeyOperation.class);
        for (String name : operations.split(" ")) {
            allowed.add(KeyOperation.valueOf(name));
        }
        for (KeyOperation operation : KeyOperation.values()) {
            assertEquals(allowed.contains(operation), usage.allows(operation), operation.name());
        }
        for (int factors = 0; factors <= 4; factors++) {
            assertEquals(factors == depth, new KeyRef(usage, 1, Collections.nCopies(factors, new byte[8])).cardLevel());
        }
    }

    @Test
    void table_above_names_every_usage() {
        assertEquals(30, KeyUsage.values().length);
    }

    /** No TAC is ever made, no purchase MAC computed, outside a card or a SAM. */
    @Test
    void no_usage_of_money_allows_a_free_mac() {
        for (KeyUsage usage : List.of(
                KeyUsage.DPK,
                KeyUsage.DTK,
                KeyUsage.DLK,
                KeyUsage.DULK,
                KeyUsage.DUK,
                KeyUsage.BOUGHT_DPK,
                KeyUsage.BOUGHT_DTK,
                KeyUsage.BOUGHT_DLK)) {
            assertTrue(!usage.allows(KeyOperation.MAC) && !usage.allows(KeyOperation.AUTHENTICATE), usage.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PRE_ACTIVE, false, false",
        "ACTIVE, true, true",
        "SUSPENDED, false, false",
        "RETIRED, false, true",
        "COMPROMISED, false, false",
        "DESTROYED, false, false"
    })
    void state_decides_whether_new_cards_are_made_and_whether_old_ones_are_served(
            KeyState state, boolean newCards, boolean oldCards) {
        assertEquals(newCards, state.allows(KeyOperation.INTO_CARD));
        assertEquals(newCards, state.allows(KeyOperation.INTO_SAM));
        assertEquals(newCards, state.allows(KeyOperation.WRAP_DATA));
        assertEquals(oldCards, state.allows(KeyOperation.UNWRAP_DATA));
        assertEquals(oldCards, state.allows(KeyOperation.HASH_DATA));
        assertEquals(oldCards, state.allows(KeyOperation.VERIFY));
        assertEquals(oldCards, state.allows(KeyOperation.VERIFY_THEN_MAC));
        assertEquals(state, KeyState.of(state.code()));
    }

    @ParameterizedTest
    @EnumSource
    void only_keys_for_lists_commands_and_settlement_sign_on_request(SigningKey key) {
        boolean onRequest = EnumSet.of(SigningKey.POLICY, SigningKey.COMMAND, SigningKey.SETTLEMENT)
                .contains(key);
        assertEquals(onRequest, key.signsOnRequest());
        assertEquals(key, SigningKey.of(key.code()));
    }

    @Test
    void codes_that_do_not_exist_are_refused_and_an_unknown_refusal_is_internal() {
        for (int code : new int[] {0, 9, 19, 31, 255}) {
            assertEquals(KeyRefusal.MALFORMED, refusal(() -> KeyUsage.of(code)));
        }
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> KeyState.of(7)));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> SigningKey.of(6)));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> RevocationReason.of(0)));
        assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(() -> new WireHandlers().of(0x14)));
        assertEquals(KeyRefusal.INTERNAL, KeyRefusal.of(200));
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    /** A key's name may stand in a log; its factors, which name the card, only as a number of them. */
    @Test
    void text_of_a_key_reference_shows_neither_factor_nor_key() {
        assertEquals(
                "DPK/2(2 factors)",
                KeyRef.decode(new ByteReader(Hex.parse(KEY))).toString());
    }
}
