package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Habit;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What the purse commands share: finding purse and keys, the PIN rule, the log. */
final class PurseAccess {
    private static final int LOG_RECORD = 23;

    private PurseAccess() {}

    /** The purse file 0001 (deposit) or 0002 (purse) of the current DF, its use condition satisfied. */
    static PurseFile purse(CardContext card, int fid) {
        CardFile file = card.files()
                .child(card.session().df(), fid)
                .filter(f -> f.kind() == FileKind.PURSE)
                .orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
        card.require(file.readRule());
        return new PurseFile(file);
    }

    /** What the command before began, 6901 unless it is of one of these types. */
    static Begun begun(CardContext card, TransactionType... types) {
        return card.session()
                .pending(Begun.class)
                .filter(b -> List.of(types).contains(b.type()))
                .orElseThrow(() -> new CommandRefused(StatusWord.COMMAND_NOT_ACCEPTED));
    }

    /** The TAC of a begun transaction. */
    static byte[] tac(Begun begun, byte[] covered) {
        return with(begun.tacKey(), dtk -> begun.tacKey().algorithm().tac4(dtk, covered));
    }

    /** Refuses while the DF has a PIN that was not verified. */
    static void requirePin(CardContext card) {
        CommandRefused.unless(pinSatisfied(card), card.profile().switches().pinMissing());
    }

    /** Whether the DF has no PIN or it was verified. */
    static boolean pinSatisfied(CardContext card) {
        boolean hasPin =
                card.keys().flatMap(k -> k.find(KeyType.PIN, any -> true)).isPresent();
        return !hasPin || card.session().pinVerified();
    }

    /** A money key of the current DF, 9403 if it is not there. */
    static StoredKey key(CardContext card, KeyType type, int id) {
        StoredKey key = card.key(type, id).orElseThrow(() -> new CommandRefused(StatusWord.KEY_INDEX_UNKNOWN));
        card.require(key.useRule());
        return key;
    }

    /** The DTK of the same algorithm as the transaction's key. */
    static StoredKey tacKey(CardContext card, CardAlgorithm algorithm) {
        return card.keys()
                .flatMap(k -> k.find(KeyType.TAC, dtk -> dtk.algorithm() == algorithm))
                .orElseThrow(() -> new CommandRefused(StatusWord.KEY_INDEX_UNKNOWN));
    }

    /** A value computed from a key's bytes, which are wiped afterwards. */
    static byte[] with(StoredKey stored, Function<byte[], byte[]> use) {
        byte[] key = stored.value();
        try {
            return use.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Ends a transaction: seq2 ‖ overdraft3 ‖ amount4 ‖ type ‖ terminal6 ‖ date4 ‖ time3 into the purse's log, if the DF has one. */
    static void log(CardContext card, Begun begun, CardTime time) {
        log(card, begun, begun.amount(), time);
    }

    /** The same with another amount. */
    static void log(CardContext card, Begun begun, long amount, CardTime time) {
        int raised = card.profile().switches().logsNextSequence() ? 1 : 0;
        byte[] record = new ByteWriter()
                .u16(begun.sequence() + raised)
                .u24(begun.purse().overdraft())
                .u32(amount)
                .u8(begun.type().id())
                .bytes(begun.terminal6())
                .bytes(time.bytes())
                .toByteArray();
        card.files()
                .bySfi(card.session().df(), begun.purse().logSfi())
                .filter(f -> f.kind() == FileKind.CYCLIC_RECORDS && f.recordLength() == LOG_RECORD)
                .ifPresent(f -> new RecordFile(f).append(record));
        if (card.profile().has(Habit.TRANSACTION_ENDS_STATUS)) {
            card.session().dropStatus();
        }
    }
}
