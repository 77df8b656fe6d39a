package io.zhitong.cos.sam;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Set;

/**
 * INIT SAM FOR PURCHASE (PSAM 消费初始化) 80 70 00 00, data rnd4‖seq2‖amount4‖type‖date4‖time3‖keyVer‖alg‖serial8[‖factor8…],
 * answer termSeq4‖MAC1; other types than 04, 05, 06, 09 are refused (6A80). The master is the key of type 3E with that version and algorithm; the terminal number is the
 * first six bytes of the MF's 0016. In the native profile the sequence rises here, committed before MAC1 leaves.
 */
public final class InitSamForPurchase implements Command {
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
        Factors.checkLength(apdu.data().length - SamRequest.FIXED);
        Shape.le(apdu, 8);
        return begin(SamRequest.parse(apdu.data(), DEBITS), card);
    }

    private static byte[] begin(SamRequest request, CardContext card) {
        StoredKey master = SamTransaction.master(card, request.version(), request.algorithm());
        byte[] terminal = SamTransaction.terminalNumber(card);
        long number = SamTransaction.issue(card, request.time());
        byte[] seed = PurseCryptograms.offlineSeed(request.random4(), request.sequence(), number);
        byte[] session = request.fromCardKey(master, key -> request.algorithm().sessionKey(key, seed));
        byte[] covered = PurseCryptograms.hostMac(request.money(), request.type(), terminal, request.time());
        byte[] mac1 = request.algorithm().mac4(session, covered);
        card.session()
                .begin(new SamPurchase(
                        master,
                        request.algorithm(),
                        SecretBytes.takeOver(session),
                        PurseCryptograms.purchaseMac2(request.money()),
                        false));
        return new ByteWriter().u32(number).bytes(mac1).toByteArray();
    }
}
