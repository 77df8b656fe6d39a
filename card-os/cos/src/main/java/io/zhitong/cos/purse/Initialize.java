package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * INITIALIZE FOR LOAD, PURCHASE, CASH, CAPP, UNLOAD (交易初始化) 80 50, P1 00·01·02·03·05, P2 01 deposit or 02 purse, data
 * keyId‖amount4‖terminal6. Online kinds answer bal4‖onlineSeq2‖keyVer‖alg‖rnd4‖MAC1, the others
 * bal4‖offlineSeq2‖overdraft3‖keyVer‖alg‖rnd4.
 */
public final class Initialize implements Command {
    private static final long MOST = 0xFFFFFFFFL;
    private static final int ONLINE_ANSWER = 0x10;
    private static final int OFFLINE_ANSWER = 0x0F;

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
        Shape.lc(apdu.data(), 11);
        Shape.le(apdu, kind.online() ? ONLINE_ANSWER : OFFLINE_ANSWER);
        ByteReader in = new ByteReader(apdu.data());
        int keyId = in.u8();
        long amount = in.u32();
        byte[] terminal = in.bytes(6);
        PurseFile purse = PurseAccess.purse(card, apdu.p2());
        if (kind.needsPin()) {
            PurseAccess.requirePin(card);
        }
        StoredKey key = PurseAccess.key(card, kind.keyType(), keyId);
        int sequence = kind.online() ? purse.onlineSequence() : purse.offlineSequence();
        check(kind, card, purse, key, sequence, amount);
        StoredKey tacKey = PurseAccess.tacKey(card, key.algorithm());
        Begun begun =
                new Begun(kind.type(), purse, amount, terminal, card.random().bytes(4), sequence, key, tacKey);
        card.session().begin(begun);
        return kind.online() ? online(begun) : offline(begun);
    }

    private static void check(
            PurseKind kind, CardContext card, PurseFile purse, StoredKey key, int sequence, long amount) {
        boolean blocked = kind.online() && card.profile().switches().triesOnMoneyKeys() && key.triesLeft() == 0;
        CommandRefused.unless(!blocked, StatusWord.AUTHENTICATION_BLOCKED);
        CommandRefused.unless(purse.canCount(sequence), StatusWord.COUNTER_AT_END);
        if (kind.credits()) {
            CommandRefused.unless(purse.balance() + amount <= MOST, StatusWord.CONDITIONS_NOT_MET);
        } else {
            CommandRefused.unless(amount <= purse.balance(), StatusWord.FUNDS_TOO_LOW);
        }
    }

    private static byte[] online(Begun begun) {
        CardAlgorithm algorithm = begun.key().algorithm();
        byte[] seed = PurseCryptograms.onlineSeed(begun.random4(), begun.sequence());
        byte[] covered =
                PurseCryptograms.loadMac1(begun.purse().balance(), begun.amount(), begun.type(), begun.terminal6());
        byte[] mac1 = PurseAccess.with(begun.key(), key -> algorithm.mac4(algorithm.sessionKey(key, seed), covered));
        return new ByteWriter()
                .u32(begun.purse().balance())
                .u16(begun.sequence())
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
