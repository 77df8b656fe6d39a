package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.ledger.TestLedger;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.PurchaseRecord;
import java.time.Clock;
import java.util.List;

/** A till, the event store, the ledger and a vault on a test's database; for tests of every module. */
public final class TestCommerce {
    private final TestLedger ledger;
    private final TestEvents events;
    private final TestJournal till = new TestJournal(1, 43, 0x0102030405060708L);
    private final TestVault vault;
    private final PurchaseClearing clearing;
    private final PurchaseIntake intake;
    private final PurchaseQuery query;
    private final Merchants merchants;
    private final PurseLoads loads;

    private final io.zhitong.backend.foundation.WorkerTurns turns;

    public TestCommerce(TestDatabase database, Clock clock) {
        this(database, clock, TestVault.derivingFrom(TestSales.ROOT));
    }

    public TestCommerce(TestDatabase database, Clock clock, TestVault vault) {
        this.vault = vault;
        turns = io.zhitong.backend.foundation.TestBackend.on(database).turns();
        ledger = new TestLedger(database, clock);
        events = new TestEvents(database);
        PurchaseRows rows = new PurchaseRows(database.jdbc());
        CommerceAccounts accounts = new CommerceAccounts(ledger.accounts());
        Suspense suspense = new Suspense(database.jdbc(), ledger.ledger(), new TimeOrderedIds(clock), clock);
        merchants = new Merchants(database.jdbc(), ledger.accounts());
        loads = new PurseLoads(database.jdbc(), ledger.accounts(), accounts, ledger.ledger());
        intake = new PurchaseIntake(rows, suspense, accounts);
        query = new PurchaseQuery(database.jdbc());
        TacCheck tacs = new TacCheck(vault.service(), ledger.estate().estate());
        clearing = new PurchaseClearing(rows, tacs, merchants, ledger.ledger(), suspense, database.transactions());
        ledger.estate().demo();
    }

    public void demoShop() {
        new DemoCommerce(merchants).seed();
    }

    /** The till's journal arrives, the cursor reads it. */
    public void arrive(PurchaseRecord... records) {
        for (PurchaseRecord record : records) {
            write(kind(record), record.encode());
        }
        upload();
    }

    public void write(EventKind kind, byte[] body) {
        till.write(kind, 1, body);
    }

    public void upload() {
        events.append(till, till.records());
        events.drain(intake, till);
    }

    public int clear() {
        return clearing.clearBatch();
    }

    private static EventKind kind(PurchaseRecord record) {
        return switch (record.state()) {
            case PAID -> EventKind.PURCHASE;
            case GREY -> EventKind.PURCHASE_IN_DOUBT;
            case NOT_DEBITED -> EventKind.PURCHASE_REFUSED;
        };
    }

    public TestLedger ledger() {
        return ledger;
    }

    public TestVault vault() {
        return vault;
    }

    public PurchaseQuery query() {
        return query;
    }

    public Merchants merchants() {
        return merchants;
    }

    public PurseLoads loads() {
        return loads;
    }

    public TestEvents events() {
        return events;
    }

    ClearingWorker worker() {
        return new ClearingWorker(clearing, turns);
    }

    PurchaseIntake intake() {
        return intake;
    }

    List<SuspenseReason> reasons() {
        return query.suspense(TestLedger.ONE, java.util.Optional.empty(), 100).stream()
                .map(SuspenseItem::reason)
                .toList();
    }
}
