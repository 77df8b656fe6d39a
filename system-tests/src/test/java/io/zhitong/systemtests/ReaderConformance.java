package io.zhitong.systemtests;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every kind of reader must do (读卡器一致性), told to one reader with two blank cards, {@code x} and {@code y}. Run it in
 * this process or, for a kind that keeps state for the life of a process, in one of its own.
 */
final class ReaderConformance {
    /** Longest time until a card that came or went is noticed. */
    static final Duration NOTICED = Duration.ofSeconds(3);

    private static final String CREATE = "80E0001507 2800EF F0F0FF00";

    /** Hands at the reader. */
    interface Hands {
        void lay(String card);

        void take();
    }

    private final CardReader reader;
    private final Hands hands;
    private final List<String> found = new ArrayList<>();

    ReaderConformance(CardReader reader, Hands hands) {
        this.reader = reader;
        this.hands = hands;
    }

    /** One line for each thing that is not as it must be. */
    List<String> findings() {
        Map<String, Runnable> checks = new LinkedHashMap<>();
        checks.put("an empty reader says so", this::emptyReader);
        checks.put("a card is seen and powered", this::cardIsSeen);
        checks.put("every length passes", this::everyLength);
        checks.put("a new session knows nothing of the last", this::sessionsAreApart);
        checks.put("a card taken away ends its session", this::removal);
        checks.put("a card put in place of another is not spoken to in the old session", this::swap);
        checks.forEach(this::check);
        return found;
    }

    private void check(String name, Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | AssertionError e) {
            found.add(name + ": " + e + (e.getCause() == null ? "" : " because of " + e.getCause()));
        }
    }

    private void emptyReader() {
        require(!reader.cardPresent(), "expected no card");
        require(!reader.awaitChange(false, Duration.ofMillis(50)), "expected no card after a wait");
        require(
                reason(() -> reader.connect().close()) == CardException.Reason.REMOVED,
                "expected REMOVED from connect on an empty reader");
    }

    private void cardIsSeen() {
        hands.lay("x");
        require(reader.awaitChange(false, NOTICED), "expected to see the card");
        require(reader.cardPresent(), "expected the card to be there");
        try (CardSession session = reader.connect()) {
            require(Hex.of(session.ats()).contains("5a5401"), "expected our ATS, came " + Hex.of(session.ats()));
            answer(session, CREATE, "9000");
            answer(session, "00D6950002 0A0B", "9000");
        }
    }

    private void everyLength() {
        try (CardSession session = reader.connect()) {
            for (int length : new int[] {1, 2, 127, 128, 230, 239}) {
                String content = "5a".repeat(length);
                answer(session, "00D69500" + String.format("%02x", length) + content, "9000");
                answer(session, "00B09500" + String.format("%02x", length), content + "9000");
            }
            answer(session, "00A40000", "*");
            answer(session, "00A4000002FFFF", "6a82");
        }
    }

    private void sessionsAreApart() {
        for (int i = 0; i < 10; i++) {
            try (CardSession session = reader.connect()) {
                answer(session, "0084000008", "*");
            }
        }
        try (CardSession session = reader.connect()) {
            answer(session, "80E03F010D 380100F0F005FFFF5445535431", "9000");
            answer(session, "00A40400055445535431", "*");
            answer(session, "00B0950001", "6a82");
        }
        try (CardSession session = reader.connect()) {
            answer(session, "00B0950001", "5a9000");
        }
    }

    private void removal() {
        try (CardSession session = reader.connect()) {
            answer(session, "00B0950001", "5a9000");
            hands.take();
            noAnswer(session);
        }
        require(!reader.awaitChange(true, NOTICED), "expected to notice that the card left");
        require(!reader.cardPresent(), "expected no ghost of the card");
        require(reason(() -> reader.connect().close()) == CardException.Reason.REMOVED, "expected REMOVED");
    }

    private void swap() {
        hands.lay("x");
        require(reader.awaitChange(false, NOTICED), "expected to see x");
        CardSession old = reader.connect();
        answer(old, "00B0950001", "5a9000");
        hands.take();
        hands.lay("y");
        noAnswer(old);
        noAnswer(old);
        old.close();
        Await.until(
                "y in place of x", NOTICED, () -> reason(() -> reader.connect().close()) == null);
        try (CardSession session = reader.connect()) {
            answer(session, "00B0950001", "6a82");
            answer(session, CREATE, "9000");
        }
        hands.take();
        require(!reader.awaitChange(true, NOTICED), "expected y to be gone");
    }

    private static void noAnswer(CardSession session) {
        try {
            String came = Hex.of(session.transceive(Hex.parse("00B0950001")));
            throw new AssertionError("expected no answer of a ghost, came '" + came + "'");
        } catch (CardException left) {
            // as it must be, for whatever reason the reader gives
        }
    }

    private static void answer(CardSession session, String command, String expected) {
        String came = Hex.of(session.transceive(Hex.parse(command)));
        boolean good = expected.equals("*") ? came.endsWith("9000") : came.equals(expected);
        require(good, "expected " + expected + " to " + command + ", came " + came);
    }

    private static CardException.@org.jspecify.annotations.Nullable Reason reason(Runnable step) {
        try {
            step.run();
            return null;
        } catch (CardException e) {
            return e.reason();
        }
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new AssertionError(what);
        }
    }
}
