package io.zhitong.cos.command;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Habit;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * The card's side of secure messaging (安全报文), docs/card.md: the challenge of the command before is the initial value,
 * the last four bytes are the MAC. A try of the key is spent before the comparison and restored after success.
 */
public final class SecureChannel {
    private static final int PROTECTED = 0x04;

    private final CardContext card;
    private final StoredKey stored;
    private final byte[] challenge;

    private SecureChannel(CardContext card, StoredKey stored, byte[] challenge) {
        this.card = card;
        this.stored = stored;
        this.challenge = challenge;
    }

    /** Under a key; 6984 without a challenge. */
    public static SecureChannel under(CardContext card, StoredKey key) {
        byte[] challenge = card.session().challenge().orElseThrow(() -> new CommandRefused(StatusWord.RANDOM_MISSING));
        return new SecureChannel(card, key, challenge);
    }

    /** Under the line protection key of a file. */
    public static SecureChannel forFile(CardContext card, int keyId) {
        return under(card, card.needKey(KeyType.MAINTENANCE, keyId));
    }

    /** As {@link #under}, and 6984 unless the challenge fills a block where the profile asks for it. */
    public static SecureChannel fullBlock(CardContext card, StoredKey key) {
        SecureChannel channel = under(card, key);
        boolean full = channel.challenge.length == card.profile().algorithm().block();
        CommandRefused.unless(full || !card.profile().switches().fullBlockChallenges(), StatusWord.RANDOM_MISSING);
        return channel;
    }

    /** Whether the class byte announces a MAC. */
    public static boolean isProtected(CommandApdu apdu) {
        return (apdu.cla() & PROTECTED) != 0;
    }

    /** Checks the MAC at the end of the command's data and returns the data before it. */
    public byte[] open(CommandApdu apdu) {
        byte[] data = apdu.data();
        CommandRefused.unless(data.length >= SecureMessaging.MAC, StatusWord.MAC_MISSING);
        byte[] body = Arrays.copyOf(data, data.length - SecureMessaging.MAC);
        byte[] mac = Arrays.copyOfRange(data, body.length, data.length);
        card.spendTry(stored);
        byte[] expected = withKey(key -> SecureMessaging.commandMac(algorithm(), key, challenge, apdu.header(), body));
        CommandRefused.unless(SecureMessaging.same(expected, mac), StatusWord.MAC_WRONG);
        // At once, so that a command refused later for another reason costs no try.
        stored.restoreTries();
        card.memory().commit();
        return body;
    }

    /** As {@link #open}, then decrypts Ld ‖ data ‖ padding; 6A80 if that is not what comes out. */
    public byte[] openEncrypted(CommandApdu apdu) {
        byte[] body = open(apdu);
        try {
            return withKey(key -> SecureMessaging.decrypt(algorithm(), key, body));
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_DATA);
        }
    }

    /** Data to be written to a file, opened as the file demands; a SAM's lease asks for a challenge of a whole block. */
    public static byte[] dataFor(CardFile file, CommandApdu apdu, CardContext card) {
        if (!file.needsMac() && !file.needsEncryption()) {
            CommandRefused.unless(!isProtected(apdu), StatusWord.CONDITIONS_NOT_MET);
            return apdu.data();
        }
        CommandRefused.unless(isProtected(apdu), StatusWord.MAC_MISSING);
        StoredKey key = card.needKey(KeyType.MAINTENANCE, file.writeKeyId());
        boolean lease = card.profile().sam() && file.fid() == CardFiles.SAM_LEASE;
        SecureChannel channel = lease ? fullBlock(card, key) : under(card, key);
        return file.needsEncryption() ? channel.openEncrypted(apdu) : channel.open(apdu);
    }

    /** How much of the MAC Le counts in a protected read. */
    static int macInLe(CardContext card) {
        return card.profile().has(Habit.LE_WITHOUT_MAC) ? 0 : SecureMessaging.MAC;
    }

    /** Content of a file as the answer of a protected read. */
    byte[] seal(CardFile file, byte[] content) {
        boolean encrypted = file.needsEncryption() && card.profile().has(Habit.ENCRYPTED_ANSWERS);
        return seal(encrypted ? withKey(key -> SecureMessaging.encrypt(algorithm(), key, content)) : content);
    }

    /** The answer with its MAC behind it. */
    public byte[] seal(byte[] answer) {
        byte[] mac = withKey(key -> SecureMessaging.answerMac(algorithm(), key, challenge, answer));
        byte[] out = Arrays.copyOf(answer, answer.length + mac.length);
        System.arraycopy(mac, 0, out, answer.length, mac.length);
        return out;
    }

    private CardAlgorithm algorithm() {
        return card.profile().algorithm();
    }

    private byte[] withKey(KeyUse use) {
        byte[] key = stored.value();
        try {
            return use.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @FunctionalInterface
    private interface KeyUse {
        byte[] apply(byte[] key);
    }
}
