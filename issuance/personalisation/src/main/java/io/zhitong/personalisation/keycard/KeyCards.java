package io.zhitong.personalisation.keycard;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.personalisation.keycard.KeyCardRefused.Reason;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes and reads key cards (密钥卡) out of blank cards of our card operating system; files and access rules in docs/keys.md.
 * What a card keeps is read after its PIN only, five wrong ones in a row end it; the control key with which it was made is
 * drawn for it and forgotten, so nobody changes it afterwards. Holds no secret between two calls.
 */
public final class KeyCards {
    /** Wrong PINs in a row that block a card. */
    public static final int MOST_WRONG_PINS = 5;

    private static final byte[] NAME = "ZHITONG.KEY".getBytes(StandardCharsets.US_ASCII);
    private static final int MF_KEYS = 0x0020;
    private static final int DIRECTORY = 0xDF03;
    private static final int DIRECTORY_SIZE = 0x1000;
    private static final int KEY_FILE_SIZE = 0x0060;
    private static final int LABEL = 0x0015;
    private static final int SECRET = 0x0016;
    private static final int USES = 0x0017;
    private static final int USES_SIZE = 2;
    private static final int MOST_USES = 0xFFFF;
    private static final int BLOCKS = 0x0018;
    private static final int BLOCKS_SIZE = 0x0C00;
    private static final int MOST_BLOCKS = 12;

    private static final int FREE = 0xF0;
    private static final int BY_PIN = 0xF1;
    private static final int BY_CONTROL = 0xFF;
    private static final int NEVER = 0xEF;
    private static final int FIVE_TRIES = 0x55;
    private static final int BINARY = 0x28;
    private static final int VARIABLE = 0x2C;

    private final RandomSource random;

    public KeyCards(RandomSource random) {
        this.random = random;
    }

    /**
     * Makes a card and reads it back.
     *
     * @param pin 6 digits as ASCII
     * @param secret of the kind's length
     * @throws KeyCardRefused BAD_PIN, NOT_BLANK, DEFECT
     * @throws CardException if the card leaves; what it has become is no key card then
     */
    public void make(CardChannel channel, KeyCardLabel label, SecretBytes pin, SecretBytes secret) {
        KeyPin.check(pin);
        if (secret.length() != label.kind().secretLength()) {
            throw new IllegalArgumentException("expected " + label.kind().secretLength() + " bytes on a "
                    + label.kind().english());
        }
        var card = new KeyCardFiles(channel);
        refuseUsed(card);
        try (SecretBytes control = SecretBytes.takeOver(random.bytes(16))) {
            makeDirectory(card, control);
            card.addKey(control, 0, KeyCardFiles.record(0x3A, FREE, 0x01, FIVE_TRIES, pin));
            if (label.kind() == KeyCardKind.AUTHENTICATION) {
                card.addKey(control, 1, KeyCardFiles.record(0x30, BY_PIN, 0x01, 0x04, secret));
            }
            card.create(LABEL, KeyCardFiles.file(BINARY, KeyCardLabel.LENGTH, FREE, BY_CONTROL));
            card.authenticate(control);
            makeSecretFiles(card, label.kind(), secret);
            card.write(LABEL, label.encode());
        }
        readBack(channel, label, pin, secret);
    }

    private static void refuseUsed(KeyCardFiles card) {
        card.send(0x00, 0xA4, 0x00, 0x00, new byte[] {0x3F, 0x00}, 256).expectOk("SELECT MF");
        boolean there = card.select(NAME)
                || !card.send(0x00, 0xA4, 0x00, 0x00, new byte[] {0x3F, 0x00}, 256)
                        .is(StatusWord.OK)
                || card.send(0x00, 0x82, 0x00, 0x00, new byte[16], CommandApdu.NO_LE)
                                .sw()
                        != StatusWord.KEY_NOT_FOUND.value();
        if (there) {
            throw new KeyCardRefused(Reason.NOT_BLANK, "");
        }
    }

    /** The MF gets a key for one purpose: under it the directory's first key travels sealed. */
    private static void makeDirectory(KeyCardFiles card, SecretBytes control) {
        card.create(
                0x0000,
                new ByteWriter()
                        .u8(0x3F)
                        .u16(MF_KEYS)
                        .u8(0x01)
                        .u8(FREE)
                        .u16(0xFFFF)
                        .toByteArray());
        card.addKey(0, KeyCardFiles.record(0xF9, FREE, 0x0F, FIVE_TRIES, control));
        card.authenticate(control);
        card.create(
                DIRECTORY,
                new ByteWriter()
                        .u8(0x38)
                        .u16(DIRECTORY_SIZE)
                        .u8(BY_CONTROL)
                        .u8(NEVER)
                        .u8(0)
                        .u16(0xFFFF)
                        .bytes(NAME)
                        .toByteArray());
        card.select(NAME);
        card.create(
                0x0000,
                new ByteWriter()
                        .u8(0x3F)
                        .u16(KEY_FILE_SIZE)
                        .u8(0x01)
                        .u8(BY_CONTROL)
                        .u16(0xFFFF)
                        .toByteArray());
        card.addKey(control, 0, KeyCardFiles.record(0xF9, FREE, 0x0F, FIVE_TRIES, control));
        card.authenticate(control);
    }

    private static void makeSecretFiles(KeyCardFiles card, KeyCardKind kind, SecretBytes secret) {
        if (kind != KeyCardKind.AUTHENTICATION) {
            card.create(SECRET, KeyCardFiles.file(BINARY, secret.length(), BY_PIN, BY_CONTROL));
            byte[] bytes = secret.export(SecretAccess.TOKEN);
            card.write(SECRET, bytes);
            Arrays.fill(bytes, (byte) 0);
        }
        if (kind == KeyCardKind.MOTHER) {
            card.create(USES, KeyCardFiles.file(BINARY, USES_SIZE, FREE, BY_PIN));
            card.create(BLOCKS, KeyCardFiles.file(VARIABLE, BLOCKS_SIZE, BY_PIN, BY_PIN));
        }
    }

    private void readBack(CardChannel channel, KeyCardLabel label, SecretBytes pin, SecretBytes secret) {
        boolean right = Arrays.equals(label(channel).encode(), label.encode());
        if (label.kind() == KeyCardKind.AUTHENTICATION) {
            byte[] challenge = random.bytes(16);
            byte[] key = secret.export(SecretAccess.TOKEN);
            right &= MessageDigest.isEqual(answer(channel, pin, challenge), Sm4.encryptBlock(key, challenge));
            Arrays.fill(key, (byte) 0);
        } else {
            try (SecretBytes read = secret(channel, label.kind(), pin)) {
                right &= read.equals(secret);
            }
        }
        if (!right) {
            throw new KeyCardRefused(Reason.DEFECT, "");
        }
    }

    /**
     * What the card says of itself; needs no PIN.
     *
     * @throws KeyCardRefused NO_KEY_CARD
     */
    public KeyCardLabel label(CardChannel channel) {
        var card = new KeyCardFiles(channel);
        if (!card.select(NAME)) {
            throw new KeyCardRefused(Reason.NO_KEY_CARD, "");
        }
        ResponseApdu file = card.send(0x00, 0xB0, 0x80 | LABEL & 0x1F, 0x00, new byte[0], KeyCardLabel.LENGTH);
        if (!file.is(StatusWord.OK)) {
            throw new KeyCardRefused(Reason.NO_KEY_CARD, "");
        }
        return KeyCardLabel.decode(file.data());
    }

    /**
     * What the card keeps.
     *
     * @param kind that is expected, not authentication
     * @throws KeyCardRefused NO_KEY_CARD, OTHER_KIND, WRONG_PIN, PIN_BLOCKED
     */
    public SecretBytes secret(CardChannel channel, KeyCardKind kind, SecretBytes pin) {
        KeyCardFiles card = opened(channel, kind, pin);
        return SecretBytes.takeOver(card.read(SECRET, kind.secretLength()));
    }

    /**
     * An authentication card's answer to a challenge of 16 bytes: SM4 of it under the card's key.
     *
     * @throws KeyCardRefused as {@link #secret}
     */
    public byte[] answer(CardChannel channel, SecretBytes pin, byte[] challenge) {
        KeyCardFiles card = opened(channel, KeyCardKind.AUTHENTICATION, pin);
        return card.send(0x00, 0x88, 0x00, 0x01, challenge, challenge.length)
                .expect("INTERNAL AUTHENTICATE", challenge.length);
    }

    /**
     * How often a mother card was opened with its PIN, counting its making; other cards do not count. Needs no PIN.
     *
     * @throws KeyCardRefused NO_KEY_CARD
     */
    public int uses(CardChannel channel) {
        if (label(channel).kind() != KeyCardKind.MOTHER) {
            return 0;
        }
        return new ByteReader(new KeyCardFiles(channel).read(USES, USES_SIZE)).u16();
    }

    /** Puts one key block, ASCII, behind those on a mother card; throws as {@link #secret}, and FULL. */
    public void addBlock(CardChannel channel, SecretBytes pin, String block) {
        if (blocks(channel, pin).size() >= MOST_BLOCKS) {
            throw new KeyCardRefused(Reason.FULL, "");
        }
        new KeyCardFiles(channel)
                .send(
                        0x00,
                        0xE2,
                        0x00,
                        (BLOCKS & 0x1F) << 3,
                        block.getBytes(StandardCharsets.US_ASCII),
                        CommandApdu.NO_LE)
                .expectOk("APPEND RECORD");
    }

    /** The key blocks on a mother card, in their order; throws as {@link #secret}. */
    public List<String> blocks(CardChannel channel, SecretBytes pin) {
        KeyCardFiles card = opened(channel, KeyCardKind.MOTHER, pin);
        List<String> blocks = new ArrayList<>();
        for (int i = 1; i <= MOST_BLOCKS; i++) {
            ResponseApdu answer = card.send(0x00, 0xB2, i, (BLOCKS & 0x1F) << 3 | 4, new byte[0], 256);
            if (!answer.is(StatusWord.OK)) {
                return blocks;
            }
            blocks.add(new String(answer.data(), StandardCharsets.US_ASCII));
        }
        return blocks;
    }

    /** Before anything is read: an opened card shows that it was. */
    private static void count(KeyCardFiles card) {
        int before = new ByteReader(card.read(USES, USES_SIZE)).u16();
        card.write(USES, new ByteWriter().u16(Math.min(MOST_USES, before + 1)).toByteArray());
    }

    private KeyCardFiles opened(CardChannel channel, KeyCardKind kind, SecretBytes pin) {
        KeyCardLabel label = label(channel);
        if (label.kind() != kind) {
            throw new KeyCardRefused(Reason.OTHER_KIND, "expected a " + kind.english());
        }
        var card = new KeyCardFiles(channel);
        KeyPin.verify(card, pin);
        if (kind == KeyCardKind.MOTHER) {
            count(card);
        }
        return card;
    }
}
