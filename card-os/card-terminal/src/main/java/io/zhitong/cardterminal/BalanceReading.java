package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What lies on a card (余额查询): SELECT, GET BALANCE of the purse, and of the deposit where the card has one and lets it be
 * read. The card's claims; nothing is proved.
 *
 * @param purse fen; empty where the card has none
 * @param deposit fen, the overdraft included; empty where there is none or the PIN is missing
 */
public record BalanceReading(PurseData card, OptionalLong purse, OptionalLong deposit) {
    /** @throws CardException if the card left, or has no application with money */
    public static BalanceReading of(CardChannel card, Pin pin) {
        Purse purse = Purse.select(card);
        OptionalLong spending = reading(purse::balance);
        purse.verify(pin);
        return new BalanceReading(purse.data(), spending, reading(purse::depositBalance));
    }

    private static OptionalLong reading(LongSupplier balance) {
        try {
            return OptionalLong.of(balance.getAsLong());
        } catch (CardException e) {
            if (e.reason() == CardException.Reason.STATUS) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }
}
