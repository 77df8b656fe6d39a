package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every layout that is hashed or signed: one value, one encoding; every other byte string is refused by a
 * {@link ModelException} and by nothing else; whatever can be made can be read back.
 */
class EveryDecoderTest {
    private static final CredentialNumber WANG = new CredentialNumber(0x4403010100000001L);
    private static final List<Integer> EVERY_FLOOR =
            IntStream.range(0, 256).boxed().toList();
    private static final Sm2PrivateKey ISSUER = Sm2PrivateKey.generate(RandomSource.secure());

    /** A layout with a sample and the largest value its constructor lets through. */
    private record Layout(
            String name, byte[] sample, byte[] largest, Function<byte[], ?> decode, Function<byte[], byte[]> again) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static <T> Layout layout(
            String name, T sample, T largest, Function<T, byte[]> encode, Function<byte[], T> decode) {
        return new Layout(
                name, encode.apply(sample), encode.apply(largest), decode, bytes -> encode.apply(decode.apply(bytes)));
    }

    private static <T extends ListRecord> Layout record(T sample, T largest, Function<byte[], T> decode) {
        return layout(sample.kind().english(), sample, largest, ListRecord::canonical, decode);
    }

    static Stream<Layout> layouts() {
        return Stream.concat(records(), bodies());
    }

    private static Stream<Layout> records() {
        return Stream.of(
                record(access(2, 1, "粤B12345"), access(64, 8, "x".repeat(64)), AccessRecord::decode),
                record(schedule(2), schedule(64), Schedule::decode),
                record(
                        new Holiday(LocalDate.of(2024, 2, 29)),
                        new Holiday(LocalDate.of(65_535, 12, 31)),
                        Holiday::decode),
                record(
                        new IssuerRecord(ISSUER.publicKey(), IssuerPurpose.CARD, new Validity(1, 2)),
                        new IssuerRecord(ISSUER.publicKey(), IssuerPurpose.CARD, Validity.ALWAYS),
                        IssuerRecord::decode),
                record(point("大门", 3_000), point("x".repeat(64), 0xFFFF_FFFFL), PointRecord::decode),
                record(
                        new SettingRecord(SettingKey.ZONE, "Asia/Shanghai"),
                        new SettingRecord(0xFFFF, "x".repeat(256)),
                        SettingRecord::decode),
                record(
                        new BlacklistRecord(WANG, CredentialStatus.LOST),
                        new BlacklistRecord(new CredentialNumber(-1), CredentialStatus.BLOCKED),
                        BlacklistRecord::decode),
                record(
                        new RevokedMachine(BigInteger.ONE, 0),
                        new RevokedMachine(BigInteger.ONE.shiftLeft(160).subtract(BigInteger.ONE), Long.MAX_VALUE),
                        RevokedMachine::decode),
                record(group(2), group(1_024), GroupRecord::decode),
                record(
                        FloorGroup.of(1, List.of(0), List.of()),
                        FloorGroup.of(65_535, EVERY_FLOOR, EVERY_FLOOR),
                        FloorGroup::decode),
                record(area(3, "车库"), area(0xFFFF_FFFFL, "x".repeat(64)), AreaRecord::decode),
                record(pin(1_000), pin(1_000_000), PinRecord::decode),
                record(
                        new EntryRecord(WANG, "粤B12345", 1, 1_767_225_600L, CarrierKind.PLATE),
                        new EntryRecord(WANG, "x".repeat(32), 65_535, 0xFFFF_FFFFL, CarrierKind.PURSE),
                        EntryRecord::decode),
                record(
                        new SpaceRecord(1, 1, 1, SpaceKind.MONTHLY),
                        new SpaceRecord(0xFFFF_FFFFL, 65_535, 255, SpaceKind.VISITOR),
                        SpaceRecord::decode),
                record(
                        new WiringRecord(0, WireDirection.INPUT, PointId.DEVICE, WireFunction.TAMPER, true, false, 0),
                        new WiringRecord(
                                65_535,
                                WireDirection.OUTPUT,
                                new PointId(65_535),
                                WireFunction.FLOOR,
                                false,
                                true,
                                65_535),
                        WiringRecord::decode),
                record(
                        new PresenceRecord(7, 2, 1_767_225_600L, 1_767_225_610L),
                        new PresenceRecord(0xFFFF_FFFFL, 65_535, 0xFFFF_FFFFL, PresenceRecord.LIVE),
                        PresenceRecord::decode),
                record(uses(1, 1), uses(255, 65_535), UseRecord::decode));
    }

    private static UseRecord uses(int devices, int count) {
        return new UseRecord(
                WANG,
                IntStream.range(0, devices)
                        .mapToObj(i -> new UseRecord.Count(new DeviceId(40L + i), count))
                        .toList());
    }

    private static GroupRecord group(int rights) {
        return new GroupRecord(
                5,
                IntStream.range(0, rights)
                        .mapToObj(i -> new Right(new PointId(i + 1), i, i, 7))
                        .toList());
    }

    private static AreaRecord area(long capacity, String name) {
        return new AreaRecord(5, AntiPassback.SOFT, 10, capacity, StalePolicy.GRANT, 60, name);
    }

    private static PinRecord pin(int iterations) {
        return new PinRecord(WANG, Octets.of(Hex.parse("0102030405060708")), iterations, Octets.zeros(32));
    }

    private static UpdateManifest manifest(int part) {
        return UpdateManifest.sign(
                new CommunityId(1),
                UpdateManifest.Architecture.AARCH64,
                new SoftwareVersion(part, part, part, part),
                1 + part,
                Hash.ZERO,
                part,
                ISSUER.publicKey(),
                message -> new byte[64]);
    }

    private static Stream<Layout> bodies() {
        return Stream.of(
                layout("list header", header(1), header(0xFFFF_FFFFL), ListHeader::encode, ListHeader::decode),
                layout(
                        "update manifest",
                        manifest(0),
                        manifest(0x7FFF),
                        UpdateManifest::encode,
                        UpdateManifest::decode),
                layout(
                        "update order",
                        new UpdateOrder(manifest(0), false),
                        new UpdateOrder(manifest(0x7FFF), true),
                        UpdateOrder::encode,
                        UpdateOrder::decode),
                layout("journal record", journal(3), journal(4096), JournalRecord::encode, JournalRecord::decode),
                layout(
                        "command",
                        command(8, "李", "ok"),
                        command(256, "x".repeat(64), "y".repeat(128)),
                        SignedCommand::encode,
                        SignedCommand::decode),
                layout("access event", event(2, 1), event(255, 1024), AccessEvent::encode, AccessEvent::decode),
                layout(
                        "access event with its site",
                        event(2, 1).at(site(Circumstances.Seen.NONE, "")),
                        event(255, 1024).at(site(511, "x".repeat(32))),
                        AccessEvent::encode,
                        AccessEvent::decode),
                layout(
                        "command event",
                        commandEvent("李", "ok"),
                        commandEvent("x".repeat(64), "y".repeat(128)),
                        CommandEvent::encode,
                        CommandEvent::decode),
                layout(
                        "alarm event",
                        new AlarmEvent(DenyReason.NONE, Optional.empty()),
                        new AlarmEvent(DenyReason.PLATE_MISMATCH, Optional.of(WANG)),
                        AlarmEvent::encode,
                        AlarmEvent::decode),
                layout(
                        "picture taken",
                        new PictureTaken(1, 1, Octets.zeros(32)),
                        new PictureTaken(Long.MAX_VALUE, Integer.MAX_VALUE, Octets.of(Hex.parse("ff".repeat(32)))),
                        PictureTaken::encode,
                        PictureTaken::decode),
                layout(
                        "arguments for points",
                        new PlaceOrder(0, 1, 0),
                        new PlaceOrder(255, 65_535, 0xFFFF_FFFFL),
                        place -> place.encode().toByteArray(),
                        bytes -> PlaceOrder.decode(Octets.of(bytes))),
                layout(
                        "list event",
                        listEvent(Optional.empty()),
                        listEvent(Optional.of(ListRefusal.TOO_LARGE)),
                        ListEvent::encode,
                        ListEvent::decode),
                layout(
                        "tombstone",
                        tombstone(5, 9),
                        tombstone(1, Long.MAX_VALUE),
                        Tombstone::encode,
                        Tombstone::decode),
                layout(
                        "journal opening",
                        new JournalOpened(Optional.empty()),
                        known(),
                        JournalOpened::encode,
                        JournalOpened::decode),
                layout(
                        "sealed evidence",
                        evidence(28, 0, 94),
                        evidence(255, 12, 255),
                        each -> each.encode().toByteArray(),
                        bytes -> SealedEvidence.decode(Octets.of(bytes))),
                layout(
                        "sale request",
                        new SaleRequest(1, "A7"),
                        new SaleRequest(Integer.MAX_VALUE, "x".repeat(64)),
                        each -> each.encode().toByteArray(),
                        bytes -> SaleRequest.decode(Octets.of(bytes))),
                layout(
                        "lease renewal",
                        renewal("2026-12-31", 100),
                        renewal("2099-12-31", 0xFFFFFFFFL),
                        each -> each.encode().toByteArray(),
                        bytes -> LeaseRenewal.decode(Octets.of(bytes))),
                layout(
                        "lease challenge",
                        challenge(1),
                        challenge(0xFFFFFFFFL),
                        each -> Hex.parse(each.detail()),
                        bytes -> LeaseChallenge.parse(Hex.of(bytes))));
    }

    private static LeaseRenewal renewal(String last, long highest) {
        return new LeaseRenewal(new LeaseTerms(LocalDate.parse(last), highest), Octets.of(new byte[] {1, 2, 3, 4}));
    }

    private static LeaseChallenge challenge(long next) {
        return new LeaseChallenge(
                Octets.zeros(10),
                Octets.zeros(6),
                new LeaseTerms(LocalDate.parse("2026-12-31"), 100),
                next,
                Octets.zeros(16));
    }

    // ---- samples ---------------------------------------------------------------------------------------------------

    private static AccessRecord access(int groups, int carriers, String value) {
        byte[] bytes = value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new AccessRecord(
                WANG,
                0xFFFF_FFFFL,
                CredentialStatus.ACTIVE,
                EnumSet.allOf(Trait.class),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                3,
                IntStream.rangeClosed(1, groups).boxed().toList(),
                IntStream.range(0, carriers)
                        .mapToObj(i -> new Carrier(CarrierKind.PLATE, CarrierLevel.COPIED_NUMBER, numbered(bytes, i)))
                        .toList());
    }

    private static Octets numbered(byte[] bytes, int number) {
        byte[] own = bytes.clone();
        own[own.length - 1] = (byte) ('0' + number);
        return Octets.of(own);
    }

    private static Schedule schedule(int windows) {
        return new Schedule(
                5,
                IntStream.range(0, windows)
                        .mapToObj(i -> new Schedule.Window(0x1F, 10 * i, 10 * i + 5))
                        .toList());
    }

    private static PointRecord point(String name, long millis) {
        return PointRecord.of(
                        new PointId(1),
                        PointKind.DOOR,
                        EnumSet.allOf(AccessMethod.class),
                        CarrierLevel.SEALED_CARD,
                        new PointTimes(millis, millis, millis),
                        name)
                .with(new PointModes(PointMode.FIRST_CARD, PointMode.CARD_PIN, 3, 4))
                .with(new PointPlace(1, 2, 3, 4))
                .with(new FireSafety(5, 6, true, LockKind.FAIL_SAFE))
                .with(OfflinePolicy.ASK_GUARD, millis);
    }

    private static ListHeader header(long count) {
        return new ListHeader(
                new CommunityId(1),
                new DeviceId(42),
                ListKind.ACCESS,
                new ListVersion(1, 7),
                count,
                Hash.of(Hex.parse("11".repeat(32))),
                1_795_262_400L,
                ListHeader.NO_LEASE_END,
                new KeyId(Octets.of(Hex.parse("01020304"))),
                new HeaderProof(3, count == 1 ? 2 : 0, neighbours(count == 1 ? 1 : 2), Octets.zeros(64)));
    }

    private static List<Hash> neighbours(int count) {
        return Collections.nCopies(count, Hash.of(Hex.parse("22".repeat(32))));
    }

    private static JournalRecord journal(int body) {
        return new JournalRecord(
                new CommunityId(1),
                new DeviceId(42),
                new JournalId(9),
                1,
                Hash.ZERO,
                3,
                -1,
                -200,
                ClockQuality.SYNCHRONISED,
                0xABCD,
                new PointId(1),
                Octets.zeros(body));
    }

    private static SignedCommand command(int args, String who, String why) {
        CommandOrder order = new CommandOrder(
                new CommunityId(1),
                new DeviceId(43),
                new JournalId(2),
                Octets.zeros(16),
                CommandKind.SALE,
                new PointId(1),
                1000,
                6000,
                Octets.zeros(16),
                Octets.zeros(args),
                who,
                why);
        return new SignedCommand(order, Octets.zeros(64));
    }

    private static AccessEvent event(int rules, int evidence) {
        return new AccessEvent(
                Outcome.DENIED,
                DenyReason.EXPIRED,
                Optional.of(WANG),
                AccessMethod.FAST,
                CarrierLevel.OWN_KEY,
                new ListVersion(1, 7),
                IntStream.range(0, rules).mapToObj(i -> 0xFFFF_FFFFL - i).toList(),
                Octets.zeros(evidence));
    }

    private static Circumstances site(int floor, String plate) {
        return new Circumstances(
                Optional.of(PointMode.CARD_PIN),
                4,
                3,
                true,
                true,
                9,
                new Circumstances.Place(5, 1_767_225_600L, 60, 40),
                61,
                2,
                new Circumstances.Seen(
                        Set.of(AccessMethod.PIN, AccessMethod.FACE),
                        Set.of(AccessMethod.FINGERPRINT),
                        true,
                        7,
                        floor,
                        Circumstances.Seen.NONE,
                        Optional.of(WANG),
                        plate,
                        true));
    }

    private static CommandEvent commandEvent(String who, String why) {
        return new CommandEvent(CommandKind.OPEN, CommandRefusal.NONE, Octets.zeros(16), who, why);
    }

    private static ListEvent listEvent(Optional<ListRefusal> refusal) {
        return new ListEvent(ListKind.ACCESS, refusal, new ListVersion(1, 7), Hash.ZERO);
    }

    private static Tombstone tombstone(long first, long last) {
        return new Tombstone(Tombstone.Cause.JOURNAL_FULL, first, last, last - first + 1, Hash.ZERO, Octets.zeros(64));
    }

    private static JournalOpened known() {
        return new JournalOpened(Optional.of(new Watermark(new JournalId(7), 3, Hash.of(new byte[32]))));
    }

    private static SealedEvidence evidence(int fci, int distance, int data) {
        return new SealedEvidence(
                Octets.zeros(fci),
                Octets.zeros(distance),
                Octets.zeros(5),
                Octets.zeros(data),
                Octets.zeros(33),
                Octets.zeros(121),
                Octets.zeros(64));
    }

    // ---- laws ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("layouts")
    void sample_and_largest_value_read_back_to_the_same_bytes(Layout layout) {
        assertArrayEquals(layout.sample(), layout.again().apply(layout.sample()));
        assertArrayEquals(layout.largest(), layout.again().apply(layout.largest()));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void each_cut_is_refused(Layout layout) {
        for (byte[] whole : List.of(layout.sample(), layout.largest())) {
            for (int cut = 0; cut < whole.length; cut++) {
                byte[] short_ = Arrays.copyOf(whole, cut);
                assertThrows(ModelException.class, () -> layout.decode().apply(short_), "cut at " + cut);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void bytes_behind_the_end_are_refused(Layout layout) {
        for (int more : new int[] {1, 2, 64, 5_000}) {
            byte[] longer = Arrays.copyOf(layout.sample(), layout.sample().length + more);
            assertThrows(ModelException.class, () -> layout.decode().apply(longer), more + " more");
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void changed_byte_is_another_value_or_none(Layout layout) {
        byte[] whole = layout.sample();
        for (int at = 0; at < whole.length; at++) {
            for (int change : new int[] {1, 2, 0x40, 0x80, 0xFF}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                assertOneEncoding(layout, changed, "byte " + at + " ^ " + change);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void arbitrary_bytes_are_refused_or_are_the_encoding_of_what_they_mean(Layout layout) {
        Random random = new Random(layout.name().hashCode());
        for (int i = 0; i < Integer.getInteger("zhitong.rounds", 400); i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertOneEncoding(layout, noise, Hex.of(noise));
            byte[] spliced = layout.sample().clone();
            int from = random.nextInt(spliced.length);
            for (int at = from; at < Math.min(spliced.length, from + 1 + random.nextInt(8)); at++) {
                spliced[at] = (byte) random.nextInt();
            }
            assertOneEncoding(layout, spliced, Hex.of(spliced));
        }
    }

    private static void assertOneEncoding(Layout layout, byte[] bytes, String what) {
        byte[] again;
        try {
            again = layout.again().apply(bytes);
        } catch (ModelException refused) {
            return;
        }
        assertArrayEquals(bytes, again, what);
    }

    @Test
    void search_notices_a_layout_with_two_encodings_of_one_value() {
        Layout planted = layout("planted", 1, 1, each -> new byte[] {1}, bytes -> 1);
        assertThrows(AssertionError.class, () -> changed_byte_is_another_value_or_none(planted));
        assertThrows(AssertionError.class, () -> each_cut_is_refused(planted));
    }

    @Test
    void no_refusal_repeats_what_came() {
        byte[] text = "5A544A31<script>alert(1)</script>".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        layouts().forEach(layout -> {
            ModelException refused =
                    assertThrows(ModelException.class, () -> layout.decode().apply(text), layout.name());
            assertTrue(!refused.getMessage().contains("script"), refused.getMessage());
        });
    }

    @Test
    void largest_record_of_each_list_fits_its_limit() {
        assertEquals(
                Set.of(ListKind.values()),
                EnumSet.copyOf(records()
                        .map(each -> Stream.of(ListKind.values())
                                .filter(kind -> kind.english().equals(each.name()))
                                .findFirst()
                                .orElseThrow())
                        .toList()));
        records().forEach(each -> {
            ListKind kind = Stream.of(ListKind.values())
                    .filter(one -> one.english().equals(each.name()))
                    .findFirst()
                    .orElseThrow();
            assertTrue(each.largest().length <= kind.maxRecordLength(), each.name() + " " + each.largest().length);
        });
    }

    @Test
    void who_and_why_of_a_command_event_are_as_short_as_those_of_a_command() {
        assertThrows(ModelException.class, () -> commandEvent("x".repeat(65), ""));
        assertThrows(ModelException.class, () -> commandEvent("", "界".repeat(43)));
    }

    @Test
    void number_zero_is_no_credential_of_an_event() {
        assertThrows(
                ModelException.class,
                () -> new AccessEvent(
                        Outcome.GRANTED,
                        DenyReason.NONE,
                        Optional.of(new CredentialNumber(0)),
                        AccessMethod.FAST,
                        CarrierLevel.OWN_KEY,
                        new ListVersion(1, 7),
                        List.of(),
                        Octets.EMPTY));
    }
}
