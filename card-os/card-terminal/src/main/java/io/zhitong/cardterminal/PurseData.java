package io.zhitong.cardterminal;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * File 0015 of the purse (公共应用基本数据文件), 30 bytes, docs/card.md: issuer 8 ‖ application type 1 ‖ version 1 ‖ serial
 * 10 ‖ start 4 ‖ end 4 ‖ card type 1 ‖ subtype 1; dates BCD, both days included. All of it is the card's claim.
 */
public record PurseData(
        byte[] issuer, int applicationType, int version, byte[] serial, byte[] start, byte[] end, int cardType) {
    /** Length in bytes. */
    public static final int LENGTH = 30;

    public PurseData {
        if (issuer.length != 8 || serial.length != 10 || start.length != 4 || end.length != 4) {
            throw new MalformedInput("expected issuer of 8, serial of 10 and dates of 4 bytes");
        }
        issuer = issuer.clone();
        serial = serial.clone();
        start = start.clone();
        end = end.clone();
    }

    /** @throws MalformedInput on another length than 30 */
    public static PurseData parse(byte[] file0015) {
        var in = new ByteReader(file0015);
        var data = new PurseData(in.bytes(8), in.u8(), in.u8(), in.bytes(10), in.bytes(4), in.bytes(4), in.u16());
        in.end();
        return data;
    }

    /** The 30 bytes. */
    public byte[] encode() {
        return new ByteWriter()
                .bytes(issuer)
                .u8(applicationType)
                .u8(version)
                .bytes(serial)
                .bytes(start)
                .bytes(end)
                .u16(cardType)
                .toByteArray();
    }

    /** The card's key factor: the right 8 bytes of its serial. */
    public byte[] factor() {
        return Arrays.copyOfRange(serial, 2, 10);
    }

    /** Whether the day (BCD yyyymmdd) lies in the validity. */
    public boolean validOn(byte[] day4) {
        return Arrays.compareUnsigned(start, day4) <= 0 && Arrays.compareUnsigned(day4, end) <= 0;
    }

    @Override
    public byte[] issuer() {
        return issuer.clone();
    }

    @Override
    public byte[] serial() {
        return serial.clone();
    }

    @Override
    public byte[] start() {
        return start.clone();
    }

    @Override
    public byte[] end() {
        return end.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PurseData that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "PurseData[serial " + Hex.of(serial) + "]";
    }
}
