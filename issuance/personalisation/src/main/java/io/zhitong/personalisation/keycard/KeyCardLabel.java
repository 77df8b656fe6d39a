package io.zhitong.personalisation.keycard;

import io.zhitong.cardspec.CardTime;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a key card tells everybody (密钥卡标签), 40 bytes in file 0015, docs/keys.md: 'ZTK1' ‖ kind 1 ‖ serial 10 ‖ owner 8 ‖
 * made 4 (BCD) ‖ KCV 3 ‖ number 1 ‖ zeros 9.
 *
 * @param kind what it is
 * @param serial as in the register of custody, 10 bytes
 * @param owner set id of the shares, partner factor of the exchange key, or id of the vault; 8 bytes
 * @param made day of making
 * @param kcv control card: of the share; mother and transport card: of the exchange key or, while it is not known, of the
 *     component; authentication card: of its key; 3 bytes
 * @param number of the custodian or share, 0 for none
 */
public record KeyCardLabel(KeyCardKind kind, byte[] serial, byte[] owner, LocalDate made, byte[] kcv, int number) {
    static final int LENGTH = 40;

    private static final byte[] MAGIC = "ZTK1".getBytes(StandardCharsets.US_ASCII);
    private static final int REST = 9;

    public KeyCardLabel {
        if (serial.length != 10 || owner.length != 8 || kcv.length != 3 || number < 0 || number > 255) {
            throw new IllegalArgumentException("expected serial 10, owner 8, KCV 3 and a number of one byte");
        }
        serial = serial.clone();
        owner = owner.clone();
        kcv = kcv.clone();
    }

    @Override
    public byte[] serial() {
        return serial.clone();
    }

    @Override
    public byte[] owner() {
        return owner.clone();
    }

    @Override
    public byte[] kcv() {
        return kcv.clone();
    }

    byte[] encode() {
        return new ByteWriter()
                .bytes(MAGIC)
                .u8(kind.code())
                .bytes(serial)
                .bytes(owner)
                .bytes(CardTime.date4(made))
                .bytes(kcv)
                .u8(number)
                .bytes(new byte[REST])
                .toByteArray();
    }

    /** @throws KeyCardRefused NO_KEY_CARD */
    static KeyCardLabel decode(byte[] file) {
        try {
            ByteReader in = new ByteReader(file);
            if (!Arrays.equals(MAGIC, in.bytes(MAGIC.length))) {
                throw new MalformedInput("expected ZTK1");
            }
            KeyCardKind kind = KeyCardKind.of(in.u8());
            byte[] serial = in.bytes(10);
            byte[] owner = in.bytes(8);
            LocalDate made =
                    new CardTime(Arrays.copyOf(in.bytes(4), 7)).toLocal().toLocalDate();
            return new KeyCardLabel(kind, serial, owner, made, in.bytes(3), in.u8());
        } catch (MalformedInput e) {
            throw new KeyCardRefused(KeyCardRefused.Reason.NO_KEY_CARD, "");
        }
    }

    /** One line for people: kind, serial, owner, KCV with its method. */
    public String line() {
        return kind.chinese() + " " + kind.english() + "  serial " + Hex.of(serial) + "  owner " + Hex.of(owner)
                + "  made " + made + "  CMAC " + Hex.of(kcv).toUpperCase(Locale.ROOT)
                + (number == 0 ? "" : "  number " + number);
    }
}
