package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * DEBIT FOR PURCHASE, CASH, CAPP (消费扣款) 80 54 01 00, data termSeq4‖date4‖time3‖MAC1, answer TAC4‖MAC2; only right behind
 * its INIT, else 6901. Balance, sequence, log, proof and the
 * cached CAPP records change together.
 */
final class DebitForPurchase {
    private DebitForPurchase() {}

    static byte[] run(CommandApdu apdu, CardContext card) {
        Shape.lc(apdu.data(), 15);
        Shape.le(apdu, 8);
        Begun begun = PurseAccess.begun(
                card,
                TransactionType.ED_PURCHASE,
                TransactionType.EP_PURCHASE,
                TransactionType.CASH,
                TransactionType.CAPP_PURCHASE);
        ByteReader in = new ByteReader(apdu.data());
        long terminalSeq = in.u32();
        CardTime time = new CardTime(in.bytes(7));
        byte[] mac2 = mac2(begun, terminalSeq, time, in.bytes(4));
        begun.records().forEach(CappRecord::write);
        begun.purse().settleOffline(begun.purse().balance() - begun.amount());
        byte[] covered =
                PurseCryptograms.purchaseTac(begun.amount(), begun.type(), begun.terminal6(), terminalSeq, time);
        byte[] tac = PurseAccess.tac(begun, covered);
        begun.purse().keepProof(begun.type().id(), begun.sequence(), mac2, tac);
        PurseAccess.log(card, begun, time);
        return new ByteWriter().bytes(tac).bytes(mac2).toByteArray();
    }

    /** Checks MAC1 and answers MAC2, both under the session key. */
    private static byte[] mac2(Begun begun, long terminalSeq, CardTime time, byte[] mac1) {
        CardAlgorithm algorithm = begun.key().algorithm();
        byte[] seed = PurseCryptograms.offlineSeed(begun.random4(), begun.sequence(), terminalSeq);
        byte[] session = PurseAccess.with(begun.key(), key -> algorithm.sessionKey(key, seed));
        byte[] covered = begun.hostMac(time);
        try {
            CommandRefused.unless(
                    SecureMessaging.same(algorithm.mac4(session, covered), mac1), StatusWord.PURSE_MAC_WRONG);
            return algorithm.mac4(session, PurseCryptograms.purchaseMac2(begun.amount()));
        } finally {
            Arrays.fill(session, (byte) 0);
        }
    }
}
