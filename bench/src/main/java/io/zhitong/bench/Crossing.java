package io.zhitong.bench;

import io.zhitong.cardterminal.air.AirLink;
import io.zhitong.cardterminal.air.AirRate;
import io.zhitong.cardterminal.air.ChipModel;
import io.zhitong.cardterminal.air.ContactLine;
import io.zhitong.cardterminal.air.Tally;
import java.util.Locale;

/**
 * One transaction as it crosses the air (空口一行).
 *
 * @param card what passed between reader and card
 * @param sam what passed on the contacts of the terminal's SAM; {@link Tally#NONE} where there is none
 */
record Crossing(String name, String zh, Tally card, Tally sam) {
    private static final ContactLine SLOW = new ContactLine(9_600);
    private static final ContactLine USUAL = new ContactLine(115_200);

    /** Head of the table whose rows are {@link #line}, in Markdown. */
    static String head() {
        return "| on air | | exchanges | bytes | 106 | 212 | 424 | 848 kbit/s | chip: blocks, multiplications, writes"
                + " | chip | SAM at 9600 | SAM at 115200 baud |\n|---|---|---|---|---|---|---|---|---|---|---|---|";
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %s | %s | %s | %s | %d, %d, %d | %s | %s | %s |",
                name,
                zh,
                card.exchanges(),
                card.bytes(),
                air(AirRate.KBIT_106),
                air(AirRate.KBIT_212),
                air(AirRate.KBIT_424),
                air(AirRate.KBIT_848),
                card.work().blocks(),
                card.work().multiplications(),
                card.work().writes(),
                millis(ChipModel.STATED.millis(card)),
                samMillis(SLOW),
                samMillis(USUAL));
    }

    private String air(AirRate rate) {
        return millis(AirLink.USUAL.millis(card, rate));
    }

    /** Line and work of the SAM. */
    private String samMillis(ContactLine line) {
        return sam.equals(Tally.NONE) ? "" : millis(line.millis(sam) + ChipModel.STATED.millis(sam));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }
}
