package io.zhitong.backend.commerce;

import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.Accounts;
import io.zhitong.backend.ledger.EntryKind;
import io.zhitong.backend.ledger.Ledger;
import io.zhitong.backend.ledger.Posted;
import io.zhitong.backend.ledger.Posting;
import io.zhitong.backend.ledger.Transfer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Enters loads (充值入账): cash of the clerk's desk to purse float. */
@Component
public class PurseLoads {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final CommerceAccounts common;
    private final Ledger ledger;

    PurseLoads(JdbcClient jdbc, Accounts accounts, CommerceAccounts common, Ledger ledger) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.common = common;
        this.ledger = ledger;
    }

    /**
     * Enters the load once; (card serial, online counter) is its identity.
     *
     * @throws io.zhitong.backend.ledger.LedgerException the same identity was entered with another amount or clerk
     */
    @Transactional
    public Posted enter(PurseLoad load) {
        AccountKey desk = AccountKey.cashDesk(load.clerk());
        common.open(load.community());
        accounts.open(load.community(), desk, "柜台 " + load.clerk());
        String key = "load:" + load.cardSerial() + ":" + load.onlineCounter();
        Transfer transfer = new Transfer(desk, AccountKey.FLOAT, load.amountFen());
        Posted posted = ledger.post(new Posting(
                load.community(), key, EntryKind.LOAD, "卡 " + load.cardSerial() + " 充值", List.of(transfer)));
        if (posted.fresh()) {
            insert(load, posted);
        }
        return posted;
    }

    private void insert(PurseLoad load, Posted posted) {
        jdbc.sql("insert into purse_load (community_id, card_serial, online_counter, amount_fen, new_balance_fen, tac,"
                        + " made_at, clerk, entry_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        load.community().value(),
                        load.cardSerial(),
                        load.onlineCounter(),
                        load.amountFen(),
                        load.newBalanceFen(),
                        load.tac(),
                        load.time(),
                        load.clerk(),
                        posted.entry())
                .update();
    }
}
