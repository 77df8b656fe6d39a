package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A car inside a parking lot, told to all lanes of the lot (在场车辆): credential 8 ‖ plate length 2 ‖ plate ‖ lot 2 ‖ entered
 * 4 ‖ carrier kind 1.
 *
 * @param plate as it was read at the entry, at most 32 bytes of UTF-8, empty without one
 * @param lot 1 … 65535
 * @param enteredSecond Unix seconds, u32
 * @param carrier by what it entered
 */
public record EntryRecord(CredentialNumber credential, String plate, int lot, long enteredSecond, CarrierKind carrier)
        implements ListRecord {

    private static final int MAX_PLATE = 32;

    public EntryRecord {
        Decoding.text(plate, MAX_PLATE, "a plate");
        Bounds.id(lot, "a lot");
        Bounds.u32(enteredSecond, "a time of entry");
    }

    @Override
    public ListKind kind() {
        return ListKind.ENTRIES;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u64(credential.value())
                .text(plate)
                .u16(lot)
                .u32(enteredSecond)
                .u8(carrier.code())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not an entry */
    public static EntryRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.ENTRIES, EntryRecord::read);
    }

    private static EntryRecord read(ByteReader in) {
        return new EntryRecord(
                new CredentialNumber(in.u64()),
                in.text(),
                in.u16(),
                in.u32(),
                Coded.require(CarrierKind.class, in.u8()));
    }
}
