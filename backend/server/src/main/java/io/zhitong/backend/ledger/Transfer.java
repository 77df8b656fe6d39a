package io.zhitong.backend.ledger;

/**
 * Money that moves from one account to another (转账).
 *
 * @param debit it leaves
 * @param credit it enters; another account
 * @param amountFen more than 0
 */
public record Transfer(AccountKey debit, AccountKey credit, long amountFen) {
    public Transfer {
        if (amountFen <= 0) {
            throw new IllegalArgumentException("a transfer moves more than 0 fen, got " + amountFen);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("a transfer has two accounts, got " + debit + " twice");
        }
    }
}
