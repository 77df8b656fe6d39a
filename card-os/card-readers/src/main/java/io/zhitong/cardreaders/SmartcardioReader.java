package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.TerminalFactory;

/**
 * A reader of the system's PC/SC service by Java's own classes (PC/SC 读卡器, javax.smartcardio): for systems without
 * libpcsclite, such as Windows.
 *
 * <p>Other programs may speak to the card meanwhile; {@link PcscReader} keeps it to itself. Java keeps one connection to the service for the life of the process, so this does
 * not survive a restart of pcscd: every call then fails with a message that says so. {@link PcscReader} survives it. Sends
 * well-formed commands only.
 */
public final class SmartcardioReader implements CardReader {
    private static final String LIBRARY = "sun.security.smartcardio.library";
    private static final List<Path> DEBIAN = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/libpcsclite.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/libpcsclite.so.1"),
            Path.of("/usr/lib/libpcsclite.so.1"));

    private final String name;

    private SmartcardioReader(String name) {
        this.name = name;
    }

    /** A reader by the name the service gives it; nothing is asked yet. */
    public static SmartcardioReader named(String name) {
        return new SmartcardioReader(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean cardPresent() {
        return guarded(() -> terminal().isCardPresent());
    }

    @Override
    public boolean awaitChange(boolean known, Duration timeout) {
        boolean now = cardPresent();
        if (now != known || timeout.toMillis() <= 0) {
            return now;
        }
        boolean changed = guarded(() -> known
                ? terminal().waitForCardAbsent(timeout.toMillis())
                : terminal().waitForCardPresent(timeout.toMillis()));
        return changed != known;
    }

    @Override
    public CardSession connect() {
        return guarded(() -> new Session(terminal().connect("*")));
    }

    private CardTerminal terminal() throws javax.smartcardio.CardException {
        if (System.getProperty(LIBRARY) == null) {
            // the JDK looks for libpcsclite.so, which Debian has in a development package only
            DEBIAN.stream().filter(Files::exists).findFirst().ifPresent(p -> System.setProperty(LIBRARY, p.toString()));
        }
        try {
            // not getDefault, which remembers for ever that there was no service when it was first asked
            CardTerminals all = TerminalFactory.getInstance("PC/SC", null).terminals();
            return Optional.ofNullable(all.getTerminal(name))
                    .orElseThrow(() -> new javax.smartcardio.CardException("no reader of that name"));
        } catch (NoSuchAlgorithmException e) {
            throw new javax.smartcardio.CardException("no PC/SC service", e);
        }
    }

    @Override
    public void close() {
        // the connection belongs to the process
    }

    private interface Step<T> {
        T run() throws javax.smartcardio.CardException;
    }

    private static <T> T guarded(Step<T> step) {
        try {
            return step.run();
        } catch (CardNotPresentException e) {
            throw new CardException(CardException.Reason.REMOVED, "no card on the reader", e);
        } catch (javax.smartcardio.CardException | IllegalStateException | IllegalArgumentException e) {
            throw explained(e);
        }
    }

    /** The PC/SC code stands in the text of the cause only; an answer without a status word is none of a card. */
    private static CardException explained(Exception e) {
        String text =
                e.getMessage() + " " + (e.getCause() == null ? "" : e.getCause().getMessage());
        boolean left = text.matches("(?s).*SCARD_(W_(REMOVED|RESET|UNPOWERED|UNRESPONSIVE)_CARD|E_NO_SMARTCARD).*")
                || text.contains("Card has been removed")
                || text.contains("at least 2 bytes");
        if (left) {
            return new CardException(CardException.Reason.REMOVED, "card left the reader", e);
        }
        return new CardException(
                CardException.Reason.READER_FAILED,
                "PC/SC service or reader not available to Java; if the service was restarted, restart this program",
                e);
    }

    /** One power-up. */
    private static final class Session implements CardSession {
        private final Card card;
        private final CardChannel channel;

        Session(Card card) {
            this.card = card;
            this.channel = card.getBasicChannel();
        }

        @Override
        public byte[] transceive(byte[] apdu) {
            return guarded(() -> channel.transmit(new CommandAPDU(apdu)).getBytes());
        }

        @Override
        public byte[] ats() {
            return card.getATR().getBytes();
        }

        @Override
        public void close() {
            try {
                card.disconnect(true);
            } catch (javax.smartcardio.CardException e) {
                // the card or the service is gone: there is nothing left to power off
            }
        }
    }
}
