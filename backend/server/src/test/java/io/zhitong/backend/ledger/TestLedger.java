package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.List;

/** A ledger on a test's database, for tests of every module; its acts run in transactions of their own. */
public final class TestLedger {
    public static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final TestEstate estate;
    private final Accounts accounts;
    private final Ledger ledger;

    public TestLedger(TestDatabase database, Clock clock) {
        this.database = database;
        estate = new TestEstate(database);
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        accounts = new Accounts(database.jdbc(), ids);
        LedgerDay calendar = new LedgerDay(database.jdbc(), database.kind(), estate.estate(), clock);
        ledger = new Ledger(database.jdbc(), ids, clock, accounts, calendar);
    }

    public Ledger ledger() {
        return ledger;
    }

    public Accounts accounts() {
        return accounts;
    }

    public TestEstate estate() {
        return estate;
    }

    public Balances balances() {
        return new Balances(database.jdbc());
    }

    public static DayTotals dayTotals(TestDatabase database) {
        return new DayTotals(database.jdbc());
    }

    public Posted post(String businessKey, EntryKind kind, Transfer... transfers) {
        return database.transactions()
                .execute(status -> ledger.post(new Posting(ONE, businessKey, kind, "", List.of(transfers))));
    }
}
