package io.zhitong.zt.card;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.CompleteAnswerChannel;
import io.zhitong.smcrypto.Hex;
import io.zhitong.virtualcard.script.ScriptCards;
import java.util.Locale;

/** The card on a reader, for a script (读卡器上的卡). */
final class ReaderCards implements ScriptCards, AutoCloseable {
    private final CardReader reader;
    private CardSession session;

    /** Powers the card up. */
    ReaderCards(CardReader reader) {
        this.reader = reader;
        this.session = reader.connect();
    }

    @Override
    public String command(byte[] apdu) {
        return Hex.of(new CompleteAnswerChannel(session).transceive(apdu)).toUpperCase(Locale.ROOT);
    }

    @Override
    public String reset() {
        session.close();
        session = reader.connect();
        return "";
    }

    @Override
    public void close() {
        session.close();
    }
}
