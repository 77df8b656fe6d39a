package io.zhitong.backend.settlement;

import io.zhitong.backend.commerce.Merchant;
import io.zhitong.backend.commerce.PurchaseQuery.Total;
import java.util.List;

/**
 * One merchant's day on three sides (三方对账).
 *
 * @param terminal what its till sold and the backend decided that day
 * @param ledger what entered its account, less what left it
 * @param files what its newest files carry
 * @param differences empty if all three agree
 */
public record MatchRow(Merchant merchant, Total terminal, Total ledger, Total files, List<Difference> differences) {
    public MatchRow {
        differences = List.copyOf(differences);
    }

    public boolean agrees() {
        return differences.isEmpty();
    }
}
