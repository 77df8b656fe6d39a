package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * INITIALIZE FOR LOAD, PURCHASE, CASH, CAPP, OVERDRAFT, UNLOAD (交易初始化) 80 50, P1 00·01·02·03·04·05, P2 01 deposit or 02
 * purse, data keyId‖amount4‖terminal6, for the overdraft keyId‖terminal6. Load and unload answer
 * bal4‖onlineSeq2‖keyVer‖alg‖rnd4‖MAC1, the overdraft bal4‖onlineSeq2‖limit3‖keyVer‖alg‖rnd4‖MAC1, the others
 * bal4‖offlineSeq2‖limit3‖keyVer‖alg‖rnd4.
 */
public final class Initialize implements Command {
    @Override
    public int ins() {
        return 0x50;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        PurseKind kind = PurseKind.of(apdu.p1(), apdu.p2());
        boolean overdraft = kind.type() == TransactionType.OVERDRAFT;
        Shape.lc(apdu.data(), overdraft ? 7 : 11);
        Shape.le(apdu, kind.answer());
        ByteReader in = new ByteReader(apdu.data());
        int keyId = in.u8();
        long amount = overdraft ? 0 : in.u32();
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
        boolean blocked = kind.online() && card.profile().switches().triesOnMoneyKeys() && key.triesLeft() == 0;
        CommandRefused.unless(!blocked, StatusWord.AUTHENTICATION_BLOCKED);
        CommandRefused.unless(purse.canCount(sequence), StatusWord.COUNTER_AT_END);
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
        boolean overdraft = begun.type() == TransactionType.OVERDRAFT;
        long balance = begun.purse().balance();
        int limit = begun.purse().overdraft();
        byte[] covered = overdraft
                ? PurseCryptograms.overdraftMac1(balance, limit, begun.terminal6())
                : PurseCryptograms.loadMac1(balance, begun.amount(), begun.type(), begun.terminal6());
        byte[] mac1 = PurseAccess.with(begun.key(), key -> algorithm.mac4(algorithm.sessionKey(key, seed), covered));
        ByteWriter head = new ByteWriter().u32(balance).u16(begun.sequence());
        return (overdraft ? head.u24(limit) : head)
                .u8(begun.key().version())
                .u8(begun.key().algorithmByte())
                .bytes(begun.random4())
                .bytes(mac1)
                .toByteArray();
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
