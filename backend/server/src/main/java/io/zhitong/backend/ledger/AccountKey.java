package io.zhitong.backend.ledger;

import java.util.Objects;

/**
 * Names an account within a community (账户).
 *
 * @param party whose it is: a merchant's or partner's code, a desk clerk's log-in; empty where the purpose has one account
 */
public record AccountKey(AccountPurpose purpose, String party) {
    public static final AccountKey FLOAT = new AccountKey(AccountPurpose.PURSE_FLOAT, "");
    public static final AccountKey SUSPENSE = new AccountKey(AccountPurpose.SUSPENSE, "");

    public AccountKey {
        Objects.requireNonNull(purpose);
        if (party.length() > 40) {
            throw new IllegalArgumentException("a party has at most 40 characters, got " + party.length());
        }
    }

    public static AccountKey merchant(String code) {
        return new AccountKey(AccountPurpose.MERCHANT, code);
    }

    public static AccountKey cashDesk(String clerk) {
        return new AccountKey(AccountPurpose.CASH_DESK, clerk);
    }
}
