package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Plays test-vectors/grey-sm4.json: each lock with the debit behind it, and with the host's unlock instead. */
class GreyVectorsTest {
    private static final List<JsonNode> CASES = Vectors.cases("grey-sm4.json");

    @TestFactory
    Stream<DynamicTest> locks_with_debit_and_unlock() {
        return IntStream.range(0, CASES.size() / 3)
                .mapToObj(i -> DynamicTest.dynamicTest(
                        "lock " + (i + 1), () -> play(CASES.get(3 * i), CASES.get(3 * i + 1), CASES.get(3 * i + 2))));
    }

    private static void play(JsonNode lock, JsonNode debit, JsonNode unlock) {
        debit(locked(lock, unlock, ""), lock, debit);
        unlock(locked(lock, unlock, text(unlock, "random")), lock, unlock);
    }

    private static String p2(JsonNode lock) {
        return text(lock, "type").equals("91") ? "01" : "02";
    }

    private static String amount(JsonNode c, String field) {
        return Purses.hex8(c.get(field).asLong());
    }

    private static String upper(String answer) {
        return answer.toUpperCase(Locale.ROOT) + "9000";
    }

    private static String time(JsonNode c) {
        return text(c, "date") + text(c, "time");
    }

    /** A card in the state of the lock vector, locked by it; it will draw {@code later} next. */
    private static Bench locked(JsonNode lock, JsonNode unlock, String later) {
        Bench made = Purses.personalise(Bench.blank(), text(unlock, "DLK"), text(lock, "DPK"), text(lock, "DTK"));
        int offline = Integer.parseInt(text(lock, "offlineSeq"), 16);
        int online = Integer.parseInt(text(unlock, "onlineSeq"), 16);
        made.setPurse(Integer.parseInt(p2(lock)), lock.get("balance").asLong(), online, offline, 0);
        Bench card = made.feeding(text(lock, "random") + later);
        card.ok(Purses.SELECT);
        card.expect(
                "E07A08" + p2(lock) + "0701" + text(lock, "terminal"),
                upper(amount(lock, "balance") + text(lock, "offlineSeq") + "000000" + "0104" + text(lock, "random")));
        card.expect(
                "E07C080013" + text(lock, "terminalSeq") + text(lock, "terminalRandom") + time(lock)
                        + text(lock, "MAC1"),
                upper(text(lock, "GTAC") + text(lock, "MAC2")));
        return card;
    }

    private static void debit(Bench card, JsonNode lock, JsonNode debit) {
        int number = Integer.parseInt(text(lock, "offlineSeq"), 16) + 1;
        card.expect(
                "E07E08" + p2(lock) + "1B" + amount(debit, "amount") + String.format("%04X", number)
                        + text(debit, "terminal") + text(debit, "terminalSeq") + time(debit) + text(debit, "GMAC"),
                upper(text(debit, "TAC")));
        long left = lock.get("balance").asLong() - debit.get("amount").asLong();
        card.expect("805C00" + p2(lock) + "04", Purses.hex8(left) + "9000");
    }

    private static void unlock(Bench card, JsonNode lock, JsonNode unlock) {
        card.expect(
                "E07A09" + p2(lock) + "0701" + text(unlock, "terminal"),
                upper(amount(unlock, "balance") + text(unlock, "offlineSeq") + text(unlock, "onlineSeq") + "0104"
                        + text(unlock, "random") + text(unlock, "MAC1")));
        card.expect(
                "E07E09000F" + amount(unlock, "amount") + time(unlock) + text(unlock, "MAC2"),
                upper(text(unlock, "MAC3")));
    }
}
