package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
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
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * CALCULATE GMAC (PSAM 计算 GMAC) E0 44 00 00, data type‖amount4‖offlineSeq2‖keyVer‖alg‖serial8[‖factor8…], answer GMAC4;
 * offlineSeq is the lock's, type 93 or 94 (6A80). It needs no open transaction: a lock that this terminal number made may be
 * ended much later.
 */
public final class GreyDebitMac implements Command {
    private static final int FIXED = 9;

    @Override
    public int ins() {
        return 0x44;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Factors.checkLength(apdu.data().length - FIXED);
        Shape.le(apdu, 4);
        try {
            return gmac(new ByteReader(apdu.data()), card);
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_DATA);
        }
    }

    private static byte[] gmac(ByteReader in, CardContext card) {
        TransactionType type = TransactionType.of(in.u8());
        boolean debit = type == TransactionType.ED_GREY_DEBIT || type == TransactionType.EP_GREY_DEBIT;
        CommandRefused.unless(debit, StatusWord.WRONG_DATA);
        long amount = in.u32();
        int sequence = in.u16();
        int version = in.u8();
        CardAlgorithm algorithm = CardAlgorithm.of(in.u8());
        StoredKey master = SamTransaction.master(card, version, algorithm);
        byte[] terminal = SamTransaction.terminalNumber(card);
        byte[] key = Factors.derive(master, algorithm, in.rest());
        byte[] session = GreyCryptograms.debitKey(algorithm, key, sequence, terminal);
        try {
            return algorithm.mac4(session, GreyCryptograms.debitMac(amount, type));
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(session, (byte) 0);
        }
    }
}
