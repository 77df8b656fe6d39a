package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.SecretAccess;
import java.util.Arrays;

/** What purchase and grey lock have in common in a SAM (PSAM 交易): master, terminal number, number issued, MAC2. */
final class SamTransaction {
    private static final int TERMINAL = 6;

    private SamTransaction() {}

    /** The purchase master (3E) of a version and algorithm, 9403 if there is none, 9303 after fifteen wrong MAC2. */
    static StoredKey master(CardContext card, int version, CardAlgorithm algorithm) {
        StoredKey master = card.keys()
                .flatMap(keys ->
                        keys.find(KeyType.PURCHASE, key -> key.version() == version && key.algorithm() == algorithm))
                .orElseThrow(() -> new CommandRefused(StatusWord.KEY_INDEX_UNKNOWN));
        card.require(master.useRule());
        CommandRefused.unless(master.triesLeft() > 0, StatusWord.LOCKED_FOR_GOOD);
        return master;
    }

    /** First six bytes of the MF's 0016. */
    static byte[] terminalNumber(CardContext card) {
        CardFile file = card.files()
                .child(card.files().mf(), CardFiles.HOLDER)
                .filter(f -> f.kind() == FileKind.BINARY && f.size() >= TERMINAL)
                .orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
        return file.read(0, TERMINAL);
    }

    /**
     * The number of a transaction at that time, 6985 if the lease does not allow it; in the native profile it is committed
     * before anything leaves.
     */
    static long issue(CardContext card, CardTime time) {
        TerminalSequence sequence = TerminalSequence.of(card);
        long number = sequence.next();
        SamLease.of(card).ifPresent(lease -> lease.admit(time, number));
        if (card.profile().switches().samRaisesAtInit()) {
            sequence.raise();
            card.memory().commit();
        }
        return number;
    }

    /** Compares MAC2, a try of the master spent before; 9302, the fifteenth in a row 9303. Ends the transaction. */
    static void confirm(CardContext card, SamPurchase begun, byte[] mac2) {
        card.spendTry(begun.master());
        byte[] session = begun.sessionKey().export(SecretAccess.TOKEN);
        byte[] expected = begun.algorithm().mac4(session, begun.mac2Covers());
        Arrays.fill(session, (byte) 0);
        begun.sessionKey().close();
        if (!SecureMessaging.same(expected, mac2)) {
            boolean blocked = begun.master().triesLeft() == 0;
            throw new CommandRefused(blocked ? StatusWord.LOCKED_FOR_GOOD : StatusWord.PURSE_MAC_WRONG);
        }
        begun.master().restoreTries();
        if (!card.profile().switches().samRaisesAtInit()) {
            TerminalSequence.of(card).raise();
        }
    }
}
