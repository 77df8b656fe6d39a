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
public final class AccessSam implements FastKeys {
    /** One derivation level (bits 8–6) of key type 3B (its low five bits). */
    private static final int ONE_LEVEL_ACCESS = 0x3B;

    private static final int FAST_MAC_MODE = 0x10;
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
        turn.lock();
        try {
            slot.send(new CommandApdu(0x80, 0x1A, ONE_LEVEL_ACCESS, keyVersion, credential.bytes(), CommandApdu.NO_LE))
                    .expectOk("DELIVER KEY");
            return slot.send(new CommandApdu(0x80, 0xFA, FAST_MAC_MODE, 0x00, message, MAC))
                    .expect("CIPHER", MAC);
        } finally {
            turn.unlock();
        }
    }
}
