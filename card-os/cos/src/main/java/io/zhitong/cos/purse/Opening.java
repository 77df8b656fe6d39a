package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.GreyCryptograms;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/** What every INIT does (交易初始化): purse, PIN, key, counter and funds are looked at, the transaction waits for its end. */
final class Opening {
    private Opening() {}

    static byte[] run(CommandApdu apdu, CardContext card, PurseKind kind) {
        Shape.lc(apdu.data(), kind.withoutAmount() ? 7 : 11);
        Shape.le(apdu, kind.answer());
        ByteReader in = new ByteReader(apdu.data());
        int keyId = in.u8();
        long amount = kind.withoutAmount() ? 0 : in.u32();
        byte[] terminal = in.bytes(6);
        PurseFile purse = PurseAccess.purse(card, apdu.p2());
        if (kind.needsPin()) {
            PurseAccess.requirePin(card);
        }
        StoredKey key = PurseAccess.key(card, kind.keyType(), keyId);
        int sequence = kind.online() ? purse.onlineSequence() : purse.offlineSequence();
        check(kind, card, purse, key, sequence, amount);
        StoredKey tacKey = PurseAccess.tacKey(card, key.algorithm());
        Begun begun = new Begun(
                kind.type(), purse, amount, terminal, card.random().bytes(4), sequence, key, tacKey, List.of());
        card.session().begin(begun);
        return kind.online() ? online(begun) : offline(begun);
    }

    private static void check(
            PurseKind kind, CardContext card, PurseFile purse, StoredKey key, int sequence, long amount) {
        boolean unlocks = kind.isGrey() && kind.online();
        CommandRefused.unless(purse.grey().locked() == unlocks, StatusWord.PURSE_9408);
        boolean blocked = kind.online() && card.profile().switches().triesOnMoneyKeys() && key.triesLeft() == 0;
        CommandRefused.unless(!blocked, StatusWord.AUTHENTICATION_BLOCKED);
        CommandRefused.unless(purse.canCount(kind.isGrey() ? sequence + 1 : sequence), StatusWord.COUNTER_AT_END);
        if (kind.credits()) {
            CommandRefused.unless(purse.balance() + amount <= PurseFile.MOST, StatusWord.CONDITIONS_NOT_MET);
        } else {
            // What the bank lends may be spent, not taken back to the account.
            long borrowed = kind.type() == TransactionType.UNLOAD ? purse.overdraft() : 0;
            CommandRefused.unless(amount <= purse.balance() - borrowed, StatusWord.FUNDS_TOO_LOW);
        }
    }

    private static byte[] online(Begun begun) {
        CardAlgorithm algorithm = begun.key().algorithm();
        byte[] seed = PurseCryptograms.onlineSeed(begun.random4(), begun.sequence());
        byte[] covered = mac1Covers(begun);
        byte[] mac1 = PurseAccess.with(begun.key(), key -> algorithm.mac4(algorithm.sessionKey(key, seed), covered));
        return head(begun)
                .u8(begun.key().version())
                .u8(begun.key().algorithmByte())
                .bytes(begun.random4())
                .bytes(mac1)
                .toByteArray();
    }

    private static byte[] mac1Covers(Begun begun) {
        PurseFile purse = begun.purse();
        return switch (begun.type()) {
            case OVERDRAFT -> PurseCryptograms.overdraftMac1(purse.balance(), purse.overdraft(), begun.terminal6());
            case ED_GREY_UNLOCK, EP_GREY_UNLOCK ->
                GreyCryptograms.unlockMac1(purse.balance(), purse.offlineSequence(), begun.type(), begun.terminal6());
            default -> PurseCryptograms.loadMac1(purse.balance(), begun.amount(), begun.type(), begun.terminal6());
        };
    }

    private static ByteWriter head(Begun begun) {
        ByteWriter head = new ByteWriter().u32(begun.purse().balance());
        return switch (begun.type()) {
            case OVERDRAFT -> head.u16(begun.sequence()).u24(begun.purse().overdraft());
            case ED_GREY_UNLOCK, EP_GREY_UNLOCK ->
                head.u16(begun.purse().offlineSequence()).u16(begun.sequence());
            default -> head.u16(begun.sequence());
        };
    }

    private static byte[] offline(Begun begun) {
        return new ByteWriter()
                .u32(begun.purse().balance())
                .u16(begun.sequence())
                .u24(begun.purse().overdraft())
                .u8(begun.key().version())
                .u8(begun.key().algorithmByte())
                .bytes(begun.random4())
                .toByteArray();
    }
}
