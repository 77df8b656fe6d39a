package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.GreyCryptograms;
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

/**
 * INIT SAM GREY LOCK (PSAM 灰锁初始化) E0 40 00 00, data rnd4‖seq2‖balance4‖type‖date4‖time3‖keyVer‖alg‖serial8[‖factor8…],
 * answer termSeq4‖termRnd4‖MAC1; types 91 and 92 only (6A80). Number and lease as {@link InitSamForPurchase}.
 */
public final class InitSamGreyLock implements Command {
    private static final int FIXED = 20;

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
        Factors.checkLength(apdu.data().length - FIXED);
        Shape.le(apdu, 12);
        return begin(Request.parse(apdu.data()), card);
    }

    private static byte[] begin(Request request, CardContext card) {
        StoredKey master = SamTransaction.master(card, request.version(), request.algorithm());
        byte[] terminal = SamTransaction.terminalNumber(card);
        byte[] random = card.random().bytes(4);
        long number = SamTransaction.issue(card, request.time());
        byte[] session = request.lockKey(master, number, random);
        byte[] mac1 =
                request.algorithm().mac4(session, GreyCryptograms.lockMac1(request.type(), terminal, request.time()));
        card.session()
                .begin(new SamPurchase(
                        master,
                        request.algorithm(),
                        SecretBytes.takeOver(session),
                        GreyCryptograms.lockMac2(request.balance(), request.sequence()),
                        true));
        return new ByteWriter().u32(number).bytes(random).bytes(mac1).toByteArray();
    }

    private record Request(
            byte[] random4,
            int sequence,
            long balance,
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
                        lock(in.u8()),
                        new CardTime(in.bytes(7)),
                        in.u8(),
                        CardAlgorithm.of(in.u8()),
                        in.rest());
            } catch (MalformedInput e) {
                throw new CommandRefused(StatusWord.WRONG_DATA);
            }
        }

        private static TransactionType lock(int id) {
            TransactionType type = TransactionType.of(id);
            boolean lock = type == TransactionType.ED_GREY_LOCK || type == TransactionType.EP_GREY_LOCK;
            CommandRefused.unless(lock, StatusWord.WRONG_DATA);
            return type;
        }

        byte[] lockKey(StoredKey master, long terminalSeq, byte[] terminal4) {
            byte[] key = Factors.derive(master, algorithm, factors);
            try {
                return GreyCryptograms.lockKey(algorithm, key, random4, sequence, terminalSeq, terminal4);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }
}
