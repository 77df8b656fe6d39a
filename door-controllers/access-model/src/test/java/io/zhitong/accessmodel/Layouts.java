package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Hex;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One literal frame of every layout of this module, written by hand from the tables in the Javadoc of its type, with the
 * way in and the way out.
 */
enum Layouts {
    JOURNAL_RECORD(
            "5A544A31" + "00000001" + "0000002A" + "0102030405060708" + "0000000000000002" + "A5".repeat(32)
                    + "00000003" + "0000019A00000000" + "FFFFFFFFFFFFFF38" + "02" + "0102" + "0001" + "0003" + "AABBCC",
            JournalRecord::decode,
            JournalRecord::encode),
    LIST_HEADER(
            "5A544831" + "00000001" + "0000002A" + "07" + "00000001" + "0000000000000007" + "00000002" + "5C".repeat(32)
                    + "000000006553F100" + "7FFFFFFFFFFFFFFF" + "01020304" + "3D".repeat(64)
                    + "00000005" + "00000004" + "4E".repeat(32),
            ListHeader::decode,
            ListHeader::encode),
    COMMAND(
            "5A544332" + "00000001" + "0000002B" + "0000000000000002" + "000102030405060708090A0B0C0D0E0F" + "07"
                    + "0001" + "00000000000003E8" + "0000000000001770" + "101112131415161718191A1B1C1D1E1F" + "0008"
                    + "000004E200024137" + "0003" + "E69D8E" + "0002" + "6F6B" + "77".repeat(64),
            SignedCommand::decode,
            SignedCommand::encode),
    ACCESS_RECORD(
            "4403010100000001" + "00000007" + "02" + "21" + "00000010" + "00000020" + "FFFF" + "0002" + "02" + "0001"
                    + "0009" + "02" + "0401024142" + "070208" + "1122334455667788",
            AccessRecord::decode,
            AccessRecord::canonical),
    SCHEDULE("0005" + "02" + "1F01E00438" + "80000005A0", Schedule::decode, Schedule::canonical),
    HOLIDAY("07E80B15", Holiday::decode, Holiday::canonical),
    POINT(
            "0001" + "01" + "000A" + "03" + "00" + "02" + "0005" + "0006" + "0007" + "0008" + "01" + "FF" + "0009"
                    + "02" + "01" + "01" + "02" + "00015180" + "00000BB8" + "00001770" + "00007530" + "0006"
                    + "E5A4A7E997A8",
            PointRecord::decode,
            PointRecord::canonical),
    SETTING("0001" + "000D" + "417369612F5368616E67686169", SettingRecord::decode, SettingRecord::canonical),
    BLACKLIST("4403010100000001" + "03", BlacklistRecord::decode, BlacklistRecord::canonical),
    REVOKED_MACHINE(
            "00".repeat(3) + "80" + "11".repeat(16) + "000000006955B900",
            RevokedMachine::decode,
            RevokedMachine::canonical),
    GROUP(
            "0005" + "0002" + "00010000000000000007" + "00020009000300000008",
            GroupRecord::decode,
            GroupRecord::canonical),
    FLOORS("0005" + "00".repeat(31) + "06" + "80" + "00".repeat(31), FloorGroup::decode, FloorGroup::canonical),
    AREA(
            "0003" + "03" + "000A" + "00000064" + "02" + "003C" + "0006" + "E8BDA6E5BA93",
            AreaRecord::decode,
            AreaRecord::canonical),
    PIN(
            "4403010100000001" + "0102030405060708" + "000003E8" + "5A".repeat(32),
            PinRecord::decode,
            PinRecord::canonical),
    ENTRY(
            "4403010100000001" + "0006" + "E7B2A4423132" + "0001" + "6955B900" + "04",
            EntryRecord::decode,
            EntryRecord::canonical),
    SPACE("00000007" + "0001" + "02" + "01", SpaceRecord::decode, SpaceRecord::canonical),
    WIRE("0003" + "00" + "0001" + "01" + "01" + "00" + "0004", WiringRecord::decode, WiringRecord::canonical),
    PRESENCE("00000007" + "0002" + "6955B900" + "6955B90A", PresenceRecord::decode, PresenceRecord::canonical),
    USES(
            "4403010100000001" + "02" + "0000002A" + "0001" + "0000002B" + "FFFF",
            UseRecord::decode,
            UseRecord::canonical),
    USE("4403010100000001" + "02" + "0000002A" + "0001" + "0000002C" + "0003", UseRecord::decode, UseRecord::canonical),
    ACCESS_EVENT(
            "01" + "00" + "0005" + "4403010100000001" + "03" + "03" + "00000001" + "0000000000000007" + "02"
                    + "00000005" + "00000009" + "0001" + "EE",
            AccessEvent::decode,
            AccessEvent::encode),
    ACCESS_EVENT_WITH_SITE(
            "02" + "01" + "0000" + "4403010100000001" + "03" + "03" + "00000001" + "0000000000000007" + "00" + "0000"
                    + "03" + "0F" + "04" + "02" + "0009" + "0005" + "6955B900" + "0000003C" + "00000028" + "0000003D"
                    + "0002" + "0040" + "0200" + "0007" + "0108" + "0175" + "4403010100000002" + "0003" + "E7B2A4",
            AccessEvent::decode,
            AccessEvent::encode),
    PICTURE_TAKEN(
            "01" + "0000000000000007" + "0001E240" + "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
            PictureTaken::decode,
            PictureTaken::encode),
    ALARM_EVENT("01" + "0022" + "4403010100000001", AlarmEvent::decode, AlarmEvent::encode),
    PLACE(
            "02" + "0003" + "6955B900",
            bytes -> PlaceOrder.decode(Octets.of(bytes)),
            place -> place.encode().toByteArray()),
    COMMAND_EVENT(
            "01" + "01" + "07" + "101112131415161718191A1B1C1D1E1F" + "0003" + "E69D8E" + "0002" + "6F6B",
            CommandEvent::decode,
            CommandEvent::encode),
    LIST_EVENT(
            "01" + "01" + "08" + "00000001" + "0000000000000007" + "6B".repeat(32),
            ListEvent::decode,
            ListEvent::encode),
    TOMBSTONE(
            "01" + "01" + "0000000000000005" + "0000000000000009" + "0000000000000005" + "4E".repeat(32)
                    + "59".repeat(64),
            Tombstone::decode,
            Tombstone::encode),
    JOURNAL_KNOWN(
            "01" + "01" + "0102030405060708" + "0000000000000009" + "4E".repeat(32),
            JournalOpened::decode,
            JournalOpened::encode),
    JOURNAL_UNKNOWN("01" + "00" + "00".repeat(48), JournalOpened::decode, JournalOpened::encode),
    SEALED_EVIDENCE(
            "04" + "6F1A840E" + "0C" + "D1".repeat(12) + "808A00035E" + "03" + "010000" + "02".repeat(33)
                    + "C3".repeat(121) + "E4".repeat(64),
            bytes -> SealedEvidence.decode(Octets.of(bytes)),
            (SealedEvidence evidence) -> evidence.encode().toByteArray()),
    SALE(
            "000004E2" + "0002" + "4137",
            bytes -> SaleRequest.decode(Octets.of(bytes)),
            (SaleRequest sale) -> sale.encode().toByteArray());

    private final byte[] frame;
    private final Function<byte[], Object> decode;
    private final Function<Object, byte[]> encode;

    @SuppressWarnings("unchecked") // each constant names a decoder and an encoder of one type
    <T> Layouts(String hex, Function<byte[], T> decode, Function<T, byte[]> encode) {
        this.frame = Hex.parse(hex);
        this.decode = decode::apply;
        this.encode = value -> encode.apply((T) value);
    }

    byte[] frame() {
        return frame.clone();
    }

    Object decode(byte[] bytes) {
        return decode.apply(bytes);
    }

    byte[] encode(Object value) {
        return encode.apply(value);
    }

    /** The frame with each single bit turned over, one after the other. */
    Stream<byte[]> flipped() {
        return Stream.iterate(0, bit -> bit < frame.length * 8, bit -> bit + 1).map(bit -> {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (0x80 >> bit % 8);
            return changed;
        });
    }
}
