package io.zhitong.backend.ledger;

/**
 * What stands on an account (余额).
 *
 * @param creditsMinusDebits in fen
 */
public record AccountBalance(AccountKey account, String name, long creditsMinusDebits) {
    /** As people read it: positive on the account's normal side. */
    public long shownFen() {
        return account.purpose().side() == AccountPurpose.Side.CREDIT ? creditsMinusDebits : -creditsMinusDebits;
    }
}
