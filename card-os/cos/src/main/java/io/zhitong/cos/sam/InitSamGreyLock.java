package io.zhitong.cos.sam;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.GreyCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Set;

/**
 * INIT SAM GREY LOCK (PSAM 灰锁初始化) E0 40 00 00, data rnd4‖seq2‖balance4‖type‖date4‖time3‖keyVer‖alg‖serial8[‖factor8…],
 * answer termSeq4‖termRnd4‖MAC1; types 91 and 92 only (6A80). Number and lease as {@link InitSamForPurchase}.
 */
public final class InitSamGreyLock implements Command {
    private static final Set<TransactionType> LOCKS =
            Set.of(TransactionType.ED_GREY_LOCK, TransactionType.EP_GREY_LOCK);

    @Override
    public int ins() {
        return 0x40;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Factors.checkLength(apdu.data().length - SamRequest.FIXED);
        Shape.le(apdu, 12);
        return begin(SamRequest.parse(apdu.data(), LOCKS), card);
    }

    private static byte[] begin(SamRequest request, CardContext card) {
        StoredKey master = SamTransaction.master(card, request.version(), request.algorithm());
        byte[] terminal = SamTransaction.terminalNumber(card);
        byte[] random = card.random().bytes(4);
        long number = SamTransaction.issue(card, request.time());
        byte[] session = request.fromCardKey(
                master,
                key -> GreyCryptograms.lockKey(
                        request.algorithm(), key, request.random4(), request.sequence(), number, random));
        byte[] mac1 =
                request.algorithm().mac4(session, GreyCryptograms.lockMac1(request.type(), terminal, request.time()));
        card.session()
                .begin(new SamPurchase(
                        master,
                        request.algorithm(),
                        SecretBytes.takeOver(session),
                        GreyCryptograms.lockMac2(request.money(), request.sequence()),
                        true));
        return new ByteWriter().u32(number).bytes(random).bytes(mac1).toByteArray();
    }
}
