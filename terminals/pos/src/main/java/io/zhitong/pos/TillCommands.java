package io.zhitong.pos;

import io.zhitong.cardspec.CardException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the cashier line (收银机命令), docs/pos.md. */
final class TillCommands implements Function<String, String> {
    private static final Pattern SALE = Pattern.compile("sale ([0-9]{1,10})");

    private final Till till;
    private final OpenPurchases journal;

    TillCommands(Till till, OpenPurchases journal) {
        this.till = till;
        this.journal = journal;
    }

    @Override
    public String apply(String line) {
        Matcher sale = SALE.matcher(line);
        if (sale.matches()) {
            return till.sell(Long.parseLong(sale.group(1))).line();
        }
        if (line.equals("status")) {
            return "ready in-doubt " + journal.inDoubt() + lease();
        }
        return "error expected: sale FEN | status";
    }

    /** Nothing where the PSAM is not leased, absent, or busy with a sale. */
    private String lease() {
        try {
            return till.lease().state().map(state -> " " + state.words()).orElse("");
        } catch (CardException e) {
            return " psam absent";
        }
    }
}
