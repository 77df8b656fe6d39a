package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteWriter;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The access SAM of a controller (门禁安全存取模块): holds the community's access master, DELIVER KEY derives a card's key
 * from it, CIPHER in mode 10 makes the MAC. Source: docs/card.md, "PSAM and access SAM".
 *
 * <p>Thread-safe: the two commands of one answer are never parted. After a {@link CardException} the slot is to be powered
 * again and the SAM opened afresh.
 */
public final class AccessSam implements FastKeys, LegacyKeys, LaneKeys {
    /** One derivation level (bits 8–6) of key type 3B (its low five bits). */
    private static final int ONE_LEVEL_ACCESS = 0x3B;

    /** One derivation level of key type 30. */
    private static final int ONE_LEVEL_ENCRYPT = 0x30;

    /** One derivation level of key type 32. */
    private static final int ONE_LEVEL_MAC = 0x32;

    private static final int FAST_MAC_MODE = 0x10;
    private static final int MAC_MODE = 0x05;
    private static final byte[] ZERO_IV = new byte[16];
    private static final int LANE_MAC = 4;
    private static final int ENCRYPT_MODE = 0x00;
    private static final int LEGACY_KEY = 0x01;
    private static final int MAC = 8;

    private final CardChannel slot;
    private final ReentrantLock turn = new ReentrantLock(true);

    private AccessSam(CardChannel slot) {
        this.slot = slot;
    }

    /** Selects the SAM's application. */
    public static AccessSam open(CardChannel slot) {
        byte[] id = new ByteWriter().u16(CardFiles.PSAM_DF).toByteArray();
        slot.send(new CommandApdu(0x00, 0xA4, 0x00, 0x00, id, 256)).expectOk("SELECT DF02 of the access SAM");
        return new AccessSam(slot);
    }

    /** The key id of a master is its version. */
    @Override
    public byte[] mac(int keyVersion, CredentialNumber credential, byte[] message) {
        return withCardKey(ONE_LEVEL_ACCESS, keyVersion, credential, FAST_MAC_MODE, message, MAC);
    }

    /** The 3DES master of legacy cards is key 01 of type 30. */
    @Override
    public byte[] cryptogram(CredentialNumber serial, byte[] challenge8) {
        return withCardKey(ONE_LEVEL_ENCRYPT, LEGACY_KEY, serial, ENCRYPT_MODE, challenge8, MAC);
    }

    /** The lane master is a key of type 32, its id its version; MAC4 by CIPHER in mode 05. */
    @Override
    public byte[] laneMac(int keyVersion, CredentialNumber serial, byte[] message) {
        byte[] data = new ByteWriter().bytes(ZERO_IV).bytes(message).toByteArray();
        return withCardKey(ONE_LEVEL_MAC, keyVersion, serial, MAC_MODE, data, LANE_MAC);
    }

    private byte[] withCardKey(int usage, int keyId, CredentialNumber factor, int mode, byte[] message, int length) {
        turn.lock();
        try {
            slot.send(new CommandApdu(0x80, 0x1A, usage, keyId, factor.bytes(), CommandApdu.NO_LE))
                    .expectOk("DELIVER KEY");
            return slot.send(new CommandApdu(0x80, 0xFA, mode, 0x00, message, length))
                    .expect("CIPHER", length);
        } finally {
            turn.unlock();
        }
    }
}
