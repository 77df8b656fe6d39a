package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * GET TRANSACTION PROVE (取交易认证) 80 5A 00 type, data the sequence number answered by that transaction's INIT; answer
 * MAC4‖TAC4 of the last transaction of the kind (for a load the MAC is zero), 9406 if it had another number.
 */
public final class GetTransactionProve implements Command {
    @Override
    public int ins() {
        return 0x5A;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        TransactionType type = type(apdu);
        Shape.lc(apdu.data(), 2);
        Shape.le(apdu, 8);
        int sequence = new ByteReader(apdu.data()).u16();
        byte[] proof = PurseAccess.purse(card, PurseKind.fileOf(type))
                .proof(type.id(), sequence)
                .orElseThrow(() -> new CommandRefused(StatusWord.NO_PROOF));
        if (!card.profile().switches().tacBeforeMac()) {
            return proof;
        }
        return new ByteWriter()
                .bytes(Arrays.copyOfRange(proof, 4, 8))
                .bytes(Arrays.copyOf(proof, 4))
                .toByteArray();
    }

    private static TransactionType type(CommandApdu apdu) {
        CommandRefused.unless(apdu.p1() == 0, StatusWord.WRONG_P1P2);
        try {
            TransactionType type = TransactionType.of(apdu.p2());
            CommandRefused.unless(type.id() <= TransactionType.CAPP_PURCHASE.id(), StatusWord.WRONG_P1P2);
            return type;
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_P1P2);
        }
    }
}
