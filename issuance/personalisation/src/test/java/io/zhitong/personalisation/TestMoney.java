package io.zhitong.personalisation;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cardterminal.Load;
import io.zhitong.cardterminal.LoadJournal;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.LoadRecord;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.Purchase;
import io.zhitong.cardterminal.PurchaseIntent;
import io.zhitong.cardterminal.PurchaseJournal;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cardterminal.VaultLoadHost;
import io.zhitong.cos.Card;
import io.zhitong.keyapi.KeyService;
import java.time.LocalDateTime;

/** A desk that loads and a till that sells, neither of which remembers anything. */
final class TestMoney {
    private TestMoney() {}

    static LoadOutcome load(KeyService keys, Card card, long amount, LocalDateTime at) {
        var nothing = new LoadJournal() {
            @Override
            public void intent(LoadRecord load) {}

            @Override
            public void settled(LoadRecord load, boolean credited) {}
        };
        var host = new VaultLoadHost(keys, TestOrders.CITY);
        return new Load(host, nothing, TestOrders.TERMINAL).load(card::process, amount, at);
    }

    static PurchaseOutcome pay(Card card, Psam psam, long amount, LocalDateTime at) {
        var nothing = new PurchaseJournal() {
            @Override
            public void intent(PurchaseIntent intent) {}

            @Override
            public void settled(PurchaseRecord record) {}
        };
        return new Purchase(psam, nothing, CardAcceptance.EVERY).pay(card::process, amount, at);
    }
}
