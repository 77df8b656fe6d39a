package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Commands of personalisation (制卡命令), docs/card.md. What needs a key is answered by the vault for this one card; here no
 * key is ever seen.
 */
final class CardCommands {
    private static final int BLOCK = 16;
    private static final int HALF_BLOCK = 8;
    private static final int MAC = 4;

    private final CardChannel card;
    private final KeyService keys;
    private final CardKind kind;

    CardCommands(CardChannel card, KeyService keys) {
        this(card, keys, CardKind.OURS);
    }

    CardCommands(CardChannel card, KeyService keys, CardKind kind) {
        this.card = card;
        this.keys = keys;
        this.kind = kind;
    }

    void selectMf() {
        byte[] id = new ByteWriter().u16(CardFiles.MF).toByteArray();
        card.send(new CommandApdu(0x00, 0xA4, 0x00, 0x00, id, 256)).expectOk("SELECT MF");
    }

    /** Whether an application of that name is on the card; it is then selected. */
    boolean select(byte[] name) {
        ResponseApdu answer = card.send(new CommandApdu(0x00, 0xA4, 0x04, 0x00, name, 256));
        if (answer.is(StatusWord.FILE_NOT_FOUND)) {
            return false;
        }
        answer.expectOk("SELECT application");
        return true;
    }

    byte[] readBinary(int fileId, int length) {
        return card.send(new CommandApdu(0x00, 0xB0, shortId(fileId), 0x00, new byte[0], length))
                .expect("READ BINARY", length);
    }

    /** The file's content; empty where there is no such file. */
    Optional<byte[]> readIfThere(int fileId, int length) {
        ResponseApdu answer = card.send(new CommandApdu(0x00, 0xB0, shortId(fileId), 0x00, new byte[0], length));
        return answer.is(StatusWord.FILE_NOT_FOUND)
                ? Optional.empty()
                : Optional.of(answer.expect("READ BINARY", length));
    }

    /** Whether there is a DF with that identifier; it is then selected. */
    boolean selectDirectory(int fileId) {
        byte[] id = new ByteWriter().u16(fileId).toByteArray();
        return card.send(new CommandApdu(0x00, 0xA4, 0x00, 0x00, id, 256)).is(StatusWord.OK);
    }

    void create(int fileId, byte[] description) {
        byte[] body = kind.inItsWords(description);
        card.send(new CommandApdu(0x80, 0xE0, fileId >> 8, fileId & 0xFF, body, CommandApdu.NO_LE))
                .expectOk("CREATE FILE");
    }

    void eraseCurrent() {
        card.send(CommandApdu.of(0x80, 0x0E, 0x00, 0x00)).expectOk("ERASE DF");
    }

    /** EXTERNAL AUTHENTICATE with key 39/00 of the current DF; false if the card holds another key. */
    boolean authenticate(KeyRef control) {
        byte[] cryptogram = keys.authenticate(control, challenge(HALF_BLOCK));
        ResponseApdu answer = card.send(new CommandApdu(0x00, 0x82, 0x00, 0x00, cryptogram, CommandApdu.NO_LE));
        if (StatusWord.of(answer.sw()).filter(StatusWord.TRIES_LEFT::equals).isPresent()) {
            return false;
        }
        answer.expectOk("EXTERNAL AUTHENTICATE");
        return true;
    }

    /** Adds a key to the current DF. */
    void addKey(KeyRef control, KeyRecord record) {
        writeKey(control, 0x01, record);
    }

    /** Replaces the key of the same type and id in the current DF. */
    void replaceKey(KeyRef control, KeyRecord record) {
        writeKey(control, record.type(), record);
    }

    private void writeKey(KeyRef control, int p1, KeyRecord record) {
        byte[] header = {(byte) 0x84, (byte) 0xD4, (byte) p1, (byte) record.id()};
        var request = new WrapRequest(control, protection(), header, record.head(), record.key(), new byte[0]);
        byte[] body = keys.wrap(List.of(request)).get(0);
        card.send(new CommandApdu(0x84, 0xD4, p1, record.id(), body, CommandApdu.NO_LE))
                .expectOk("WRITE KEY");
    }

    /** UPDATE BINARY with a MAC that somebody else makes over the data under a challenge of 16. */
    void updateBy(UnaryOperator<byte[]> macOf, int fileId, byte[] data) {
        byte[] mac = macOf.apply(challenge(BLOCK));
        byte[] body = new ByteWriter().bytes(data).bytes(mac).toByteArray();
        card.send(new CommandApdu(0x04, 0xD6, shortId(fileId), 0x00, body, CommandApdu.NO_LE))
                .expectOk("UPDATE BINARY");
    }

    /** UPDATE BINARY with MAC under the line protection key. */
    void update(KeyRef line, int fileId, byte[] data) {
        byte[] header = {0x04, (byte) 0xD6, (byte) shortId(fileId), 0x00};
        byte[] body = withMac(line, header, protection(), data);
        card.send(new CommandApdu(0x04, 0xD6, shortId(fileId), 0x00, body, CommandApdu.NO_LE))
                .expectOk("UPDATE BINARY");
    }

    /** UPDATE BINARY without protection, where the status reached allows it. */
    void updateOpen(int fileId, byte[] data) {
        card.send(new CommandApdu(0x00, 0xD6, shortId(fileId), 0x00, data, CommandApdu.NO_LE))
                .expectOk("UPDATE BINARY");
    }

    /** GENERATE KEY PAIR; what the card answered, and the challenge under which it did. */
    MadeKeyPair generateKeyPair(KeyRef control, int keyReference) {
        byte[] header = {(byte) 0x84, (byte) 0xF6, 0x00, (byte) keyReference};
        byte[] challenge = challenge(BLOCK);
        byte[] body = withMac(control, header, challenge, new byte[0]);
        byte[] answer = card.send(new CommandApdu(0x84, 0xF6, 0x00, keyReference, body, MadeKeyPair.ANSWER))
                .expect("GENERATE KEY PAIR", MadeKeyPair.ANSWER);
        return new MadeKeyPair(
                challenge,
                Arrays.copyOf(answer, MadeKeyPair.POINT),
                Arrays.copyOfRange(answer, MadeKeyPair.POINT, MadeKeyPair.ANSWER));
    }

    private byte[] withMac(KeyRef key, byte[] header4, byte[] challenge16, byte[] data) {
        byte[] covered = new ByteWriter()
                .bytes(header4)
                .u8(data.length + MAC)
                .bytes(data)
                .toByteArray();
        byte[] mac = keys.mac(List.of(new MacRequest(key, challenge16, covered, MAC)))
                .get(0);
        return new ByteWriter().bytes(data).bytes(mac).toByteArray();
    }

    /** A challenge for secure messaging, filled up with zeros to the vault's 16 bytes. */
    private byte[] protection() {
        return Arrays.copyOf(challenge(kind.challenge()), BLOCK);
    }

    private byte[] challenge(int length) {
        return card.send(new CommandApdu(0x00, 0x84, 0x00, 0x00, new byte[0], length))
                .expect("GET CHALLENGE", length);
    }

    private static int shortId(int fileId) {
        return 0x80 | fileId & 0x1F;
    }

    /** A card's answer to GENERATE KEY PAIR: point x ‖ y and the card's MAC over it. */
    record MadeKeyPair(byte[] challenge, byte[] point, byte[] mac) {
        static final int POINT = 64;
        static final int ANSWER = POINT + MAC;
    }
}
