package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.security.MessageDigest;

/**
 * What a lane writes on a card with its CAPP (车道出入记录), 48 bytes, our profile, docs/card.md: type 1 ‖ length 1 (2D) ‖
 * locked 1 ‖ inside 1 ‖ keyVersion 1 ‖ offlineSeq 2 ‖ lane 8 ‖ time 7 ‖ content 22 ‖ MAC 4. The sequence is what the card
 * answered to the INIT of the CAPP that wrote it. MAC1 and TAC of the CAPP do not cover the record, so that it carries its
 * own MAC over serial 8 ‖ offlineSeq ‖ lane ‖ time ‖ type ‖ length ‖ locked ‖ inside ‖ keyVersion ‖ content.
 *
 * @param type of the application, its first byte
 * @param inside whether the card is inside since
 * @param lane the point's id as card commands carry it
 * @param content of the lane's own, 22 bytes
 */
public record LaneRecord(
        int type, boolean inside, int keyVersion, int offlineSeq, byte[] lane, CardTime time, byte[] content) {
    /** Length in bytes. */
    public static final int LENGTH = 48;

    /** Length of the lane's own content. */
    public static final int CONTENT = 22;

    private static final int MAC = 4;
    private static final int HEADER = 3;
    private static final int LOCKED = 0;

    public LaneRecord {
        if (lane.length != 8 || content.length != CONTENT) {
            throw new MalformedInput("expected a lane of 8 and content of 22 bytes");
        }
        lane = lane.clone();
        content = content.clone();
    }

    /**
     * Reads the record.
     *
     * @throws MalformedInput if it is of another form, as that of a card that was never here
     */
    static LaneRecord parse(byte[] record) {
        if (record.length != LENGTH) {
            throw new MalformedInput("expected a lane record of 48 bytes");
        }
        var in = new ByteReader(record);
        int type = in.u8();
        boolean form = in.u8() == LENGTH - HEADER && in.u8() == LOCKED;
        int inside = in.u8();
        if (!form || inside > 1) {
            throw new MalformedInput("expected the lane record of our profile");
        }
        return new LaneRecord(
                type, inside == 1, in.u8(), in.u16(), in.bytes(8), new CardTime(in.bytes(7)), in.bytes(CONTENT));
    }

    /** Whether the MAC behind the record is the lane keys' for this card. */
    boolean genuine(byte[] record, CredentialNumber serial, LaneKeys keys) {
        byte[] mac = new byte[MAC];
        System.arraycopy(record, LENGTH - MAC, mac, 0, MAC);
        return MessageDigest.isEqual(keys.laneMac(keyVersion, serial, covered(serial)), mac);
    }

    /** The 48 bytes. */
    byte[] sealed(CredentialNumber serial, LaneKeys keys) {
        return new ByteWriter()
                .bytes(head())
                .u16(offlineSeq)
                .bytes(lane)
                .bytes(time.bytes())
                .bytes(content)
                .bytes(keys.laneMac(keyVersion, serial, covered(serial)))
                .toByteArray();
    }

    private byte[] head() {
        return new ByteWriter()
                .u8(type)
                .u8(LENGTH - HEADER)
                .u8(LOCKED)
                .u8(inside ? 1 : 0)
                .u8(keyVersion)
                .toByteArray();
    }

    private byte[] covered(CredentialNumber serial) {
        return new ByteWriter()
                .bytes(serial.bytes())
                .u16(offlineSeq)
                .bytes(lane)
                .bytes(time.bytes())
                .bytes(head())
                .bytes(content)
                .toByteArray();
    }

    @Override
    public byte[] lane() {
        return lane.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }
}
