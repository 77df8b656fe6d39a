package io.zhitong.cardreaders;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.NativeLongByReference;
import io.zhitong.cardspec.CardException;
import java.util.Arrays;

/** One power-up of a card through pcscd (PC/SC 会话). */
final class PcscSession implements CardSession {
    private static final int LONGEST_ANSWER = 258;

    private final PcscContext context;
    private final NativeLong card;
    private final Memory protocolHead = new Memory(2L * Native.LONG_SIZE);

    PcscSession(PcscContext context, NativeLong card, int protocol) {
        this.context = context;
        this.card = card;
        protocolHead.setNativeLong(0, new NativeLong(protocol));
        protocolHead.setNativeLong(Native.LONG_SIZE, new NativeLong(protocolHead.size()));
    }

    @Override
    public byte[] transceive(byte[] apdu) {
        byte[] answer = new byte[LONGEST_ANSWER];
        var length = new NativeLongByReference(new NativeLong(answer.length));
        context.check(PcscContext.code(PcscLite.LIBRARY.SCardTransmit(
                card, protocolHead, apdu, new NativeLong(apdu.length), null, answer, length)));
        int came = length.getValue().intValue();
        if (came < 2) {
            // a driver may report success with nothing in it between the removal and its next look at the slot
            throw new CardException(
                    CardException.Reason.REMOVED, "card left the reader: an answer without status word");
        }
        return Arrays.copyOf(answer, came);
    }

    @Override
    public byte[] ats() {
        byte[] atr = new byte[33];
        var length = new NativeLongByReference(new NativeLong(atr.length));
        context.check(PcscContext.code(PcscLite.LIBRARY.SCardStatus(
                card,
                null,
                new NativeLongByReference(),
                new NativeLongByReference(),
                new NativeLongByReference(),
                atr,
                length)));
        return Arrays.copyOf(atr, length.getValue().intValue());
    }

    @Override
    public void close() {
        PcscLite.LIBRARY.SCardDisconnect(card, new NativeLong(PcscLite.UNPOWER_CARD));
    }
}
