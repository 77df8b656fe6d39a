package io.zhitong.personalisation.keycard;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;

/** Commands of a key card (密钥卡命令), docs/card.md; the station that makes it holds its control key for as long. */
final class KeyCardFiles {
    private static final int BLOCK = 16;

    private final CardChannel card;

    KeyCardFiles(CardChannel card) {
        this.card = card;
    }

    ResponseApdu send(int cla, int ins, int p1, int p2, byte[] data, int le) {
        return card.send(new CommandApdu(cla, ins, p1, p2, data, le));
    }

    boolean select(byte[] name) {
        return send(0x00, 0xA4, 0x04, 0x00, name, 256).is(StatusWord.OK);
    }

    void create(int fileId, byte[] description) {
        send(0x80, 0xE0, fileId >> 8, fileId & 0xFF, description, CommandApdu.NO_LE)
                .expectOk("CREATE FILE");
    }

    /** WRITE KEY in clear. */
    void addKey(int id, byte[] record) {
        send(0x80, 0xD4, 0x01, id, record, CommandApdu.NO_LE).expectOk("WRITE KEY");
    }

    /** WRITE KEY under secure messaging. */
    void addKey(SecretBytes control, int id, byte[] record) {
        byte[] key = control.export(SecretAccess.TOKEN);
        try {
            var plain = new CommandApdu(0x84, 0xD4, 0x01, id, record, CommandApdu.NO_LE);
            card.send(SecureMessaging.protectEncrypted(CardAlgorithm.SM4, key, challenge(), plain))
                    .expectOk("WRITE KEY");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    void authenticate(SecretBytes control) {
        byte[] key = control.export(SecretAccess.TOKEN);
        try {
            byte[] answer = Sm4.encryptBlock(key, challenge());
            send(0x00, 0x82, 0x00, 0x00, answer, CommandApdu.NO_LE).expectOk("EXTERNAL AUTHENTICATE");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] challenge() {
        return send(0x00, 0x84, 0x00, 0x00, new byte[0], BLOCK).expect("GET CHALLENGE", BLOCK);
    }

    byte[] read(int fileId, int length) {
        return send(0x00, 0xB0, shortId(fileId), 0x00, new byte[0], length).expect("READ BINARY", length);
    }

    void write(int fileId, byte[] data) {
        send(0x00, 0xD6, shortId(fileId), 0x00, data, CommandApdu.NO_LE).expectOk("UPDATE BINARY");
    }

    private static int shortId(int fileId) {
        return 0x80 | fileId & 0x1F;
    }

    /** Record of WRITE KEY: five bytes of head and the key. */
    static byte[] record(int type, int use, int fourth, int fifth, SecretBytes key) {
        byte[] value = key.export(SecretAccess.TOKEN);
        try {
            return new ByteWriter()
                    .u8(type)
                    .u8(use)
                    .u8(0xEF)
                    .u8(fourth)
                    .u8(fifth)
                    .bytes(value)
                    .toByteArray();
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** Description of an elementary file. */
    static byte[] file(int type, int size, int read, int write) {
        return new ByteWriter()
                .u8(type)
                .u16(size)
                .u8(read)
                .u8(write)
                .u16(0xFF00)
                .toByteArray();
    }
}
