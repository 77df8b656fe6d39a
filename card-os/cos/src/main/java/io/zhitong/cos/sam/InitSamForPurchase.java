package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;
import java.util.Set;

/**
 * INIT SAM FOR PURCHASE (PSAM 消费初始化) 80 70 00 00, data rnd4‖seq2‖amount4‖type‖date4‖time3‖keyVer‖alg‖serial8[‖factor8…],
 * answer termSeq4‖MAC1; other types than 04, 05, 06, 09 are refused (6A80). The master is the key of type 3E with that version and algorithm; the terminal number is the
 * first six bytes of the MF's 0016. In the native profile the sequence rises here, committed before MAC1 leaves.
 */
public final class InitSamForPurchase implements Command {
    private static final int FIXED = 20;
    private static final Set<TransactionType> DEBITS = Set.of(
            TransactionType.CASH,
            TransactionType.ED_PURCHASE,
            TransactionType.EP_PURCHASE,
            TransactionType.CAPP_PURCHASE);

    @Override
    public int ins() {
        return 0x70;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Factors.checkLength(apdu.data().length - FIXED);
        Shape.le(apdu, 8);
        return begin(Request.parse(apdu.data()), card);
    }

    private static byte[] begin(Request request, CardContext card) {
        StoredKey master = SamTransaction.master(card, request.version(), request.algorithm());
        byte[] terminal = SamTransaction.terminalNumber(card);
        long number = SamTransaction.issue(card, request.time());
        byte[] session = request.sessionKey(master, number);
        byte[] covered = PurseCryptograms.hostMac(request.amount(), request.type(), terminal, request.time());
        byte[] mac1 = request.algorithm().mac4(session, covered);
        card.session()
                .begin(new SamPurchase(
                        master,
                        request.algorithm(),
                        SecretBytes.takeOver(session),
                        PurseCryptograms.purchaseMac2(request.amount()),
                        false));
        return new ByteWriter().u32(number).bytes(mac1).toByteArray();
    }

    private record Request(
            byte[] random4,
            int sequence,
            long amount,
            TransactionType type,
            CardTime time,
            int version,
            CardAlgorithm algorithm,
            byte[] factors) {
        static Request parse(byte[] data) {
            ByteReader in = new ByteReader(data);
            try {
                return new Request(
                        in.bytes(4),
                        in.u16(),
                        in.u32(),
                        debit(in.u8()),
                        new CardTime(in.bytes(7)),
                        in.u8(),
                        CardAlgorithm.of(in.u8()),
                        in.rest());
            } catch (MalformedInput e) {
                throw new CommandRefused(StatusWord.WRONG_DATA);
            }
        }

        private static TransactionType debit(int id) {
            TransactionType type = TransactionType.of(id);
            CommandRefused.unless(DEBITS.contains(type), StatusWord.WRONG_DATA);
            return type;
        }

        byte[] sessionKey(StoredKey master, long terminalSeq) {
            byte[] key = Factors.derive(master, algorithm, factors);
            try {
                return algorithm.sessionKey(key, PurseCryptograms.offlineSeed(random4, sequence, terminalSeq));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }
}
