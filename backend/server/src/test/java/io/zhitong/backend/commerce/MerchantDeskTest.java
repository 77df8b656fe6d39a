package io.zhitong.backend.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.TestLedger;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A merchant is registered once, with a till of its own that is never given on. */
@BothDatabases
final class MerchantDeskTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Actor ADMIN = new Actor("admin");

    private final TestDatabase database;
    private final TestLedger ledger;
    private final Merchants merchants;
    private final MerchantDesk desk;

    MerchantDeskTest(TestDatabase database) {
        this.database = database;
        FakeClock clock = new FakeClock("2026-11-21T00:00:00Z");
        ledger = new TestLedger(database, clock);
        merchants = new Merchants(database.jdbc(), ledger.accounts());
        desk = new MerchantDesk(
                merchants, ledger.estate().estate(), TestAudit.log(database, clock), database.transactions());
    }

    @BeforeEach
    void estate() {
        ledger.estate().demo();
        Estate estate = ledger.estate().estate();
        estate.addDevice(new DeviceRow(ONE, new DeviceId(44), DeviceKind.POS, "早餐店收款机"));
        new DemoCommerce(merchants).seed();
    }

    @Test
    void a_merchant_has_its_account_and_its_till_from_then_on() {
        assertThat(desk.freeTills(ONE)).extracting(DeviceRow::name).containsExactly("早餐店收款机");
        assertThat(add(44, "SHOP0002", "早餐店")).isEmpty();
        assertThat(merchants.ofDevice(ONE, 44)).contains(new Merchant(ONE, "SHOP0002", "早餐店", 44));
        assertThat(desk.freeTills(ONE)).isEmpty();
        assertThat(ledger.balances().now(ONE))
                .anySatisfy(account -> assertThat(account.account()).isEqualTo(AccountKey.merchant("SHOP0002")));
        assertThat(desk.tills(merchants.ofDevice(ONE, 44).orElseThrow()))
                .extracting(DeviceRow::name)
                .containsExactly("早餐店收款机");
        assertThat(database.jdbc()
                        .sql("select actor || '|' || subject || '|' || after_text from audit_entry"
                                + " where action = 'merchant.add'")
                        .query(String.class)
                        .single())
                .isEqualTo("admin|merchant SHOP0002|早餐店, device 44");
    }

    @ParameterizedTest
    @CsvSource({
        "44, shop, 早餐店, CODE",
        "44, '', 早餐店, CODE",
        "44, ABCDEFGHIJKLMNOPQ, 早餐店, CODE",
        "44, SHOP0002, '', NAME",
        "44, SHOP0002, <b>, NAME",
        "44, SHOP0001, 早餐店, CODE_TAKEN",
        "43, SHOP0002, 早餐店, TILL_TAKEN",
        "42, SHOP0002, 早餐店, TILL",
        "99, SHOP0002, 早餐店, TILL"
    })
    void what_is_wrong_is_said_and_nothing_is_registered(long device, String code, String name, MerchantFault fault) {
        assertThat(add(device, code, name)).contains(fault);
        assertThat(merchants.all(ONE)).hasSize(1);
        assertThat(database.jdbc()
                        .sql("select count(*) from audit_entry where action = 'merchant.add'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void neither_a_retired_till_nor_one_of_another_community_can_be_bound() {
        database.jdbc()
                .sql("update device set retired_at = current_timestamp where number = 44")
                .update();
        assertThat(desk.freeTills(ONE)).isEmpty();
        assertThat(add(44, "SHOP0002", "早餐店")).contains(MerchantFault.TILL);
        CommunityId two = ledger.estate().community(2).id();
        assertThat(desk.add(new DeviceAddress(two, new DeviceId(43)), "SHOP0002", "早餐店", ADMIN))
                .contains(MerchantFault.TILL);
    }

    @Test
    void a_merchant_has_another_till_and_what_all_of_them_sold_is_its_own() {
        ledger.estate().estate().addDevice(new DeviceRow(ONE, new DeviceId(45), DeviceKind.POS, "便利店二号机"));
        assertThat(desk.addTill(new DeviceAddress(ONE, new DeviceId(45)), "SHOP0001", ADMIN))
                .isEmpty();
        assertThat(desk.addTill(new DeviceAddress(ONE, new DeviceId(44)), "SHOP0001", ADMIN))
                .isEmpty();
        Merchant shop = new Merchant(ONE, "SHOP0001", "社区便利店", List.of(43L, 44L, 45L));
        assertThat(merchants.all(ONE)).containsExactly(shop);
        for (long till = 43; till <= 45; till++) {
            assertThat(merchants.ofDevice(ONE, till)).as("till " + till).contains(shop);
            sold(till, till);
        }
        sold(42, 1_000);
        assertThat(new PurchaseQuery(database.jdbc())
                        .totalsOfDevices(ONE, LocalDate.of(2026, 11, 21), shop.tills())
                        .get(PurchaseState.QUEUED))
                .isEqualTo(new PurchaseQuery.Total(3, 43 + 44 + 45));
        assertThat(desk.freeTills(ONE)).isEmpty();
    }

    @Test
    void a_till_is_added_to_a_known_merchant_only_and_once() {
        DeviceAddress free = new DeviceAddress(ONE, new DeviceId(44));
        assertThat(desk.addTill(free, "SHOP0002", ADMIN)).contains(MerchantFault.UNKNOWN);
        assertThat(desk.addTill(new DeviceAddress(ONE, new DeviceId(42)), "SHOP0001", ADMIN))
                .contains(MerchantFault.TILL);
        assertThat(desk.addTill(free, "SHOP0001", ADMIN)).isEmpty();
        assertThat(desk.addTill(free, "SHOP0001", ADMIN)).contains(MerchantFault.TILL_TAKEN);
        assertThat(add(44, "SHOP0002", "早餐店")).contains(MerchantFault.TILL_TAKEN);
        assertThat(database.jdbc()
                        .sql("select subject || '|' || after_text from audit_entry where action = 'merchant.till'")
                        .query(String.class)
                        .list())
                .containsExactly("merchant SHOP0001|device 44");
    }

    private void sold(long till, long fen) {
        database.jdbc()
                .sql(
                        "insert into purchase (community_id, psam, terminal_sequence, record, device_number, event_position,"
                                + " received_at, state, card_serial, card_counter, amount_fen, made_at, business_day) values (1, 'P',"
                                + " ?, ?, ?, ?, current_timestamp, 'QUEUED', 'C', 1, ?, '20261121080000', date '2026-11-21')")
                .params(till, new byte[64], till, till, fen)
                .update();
    }

    private Optional<MerchantFault> add(long device, String code, String name) {
        return desk.add(new DeviceAddress(ONE, new DeviceId(device)), code, name, ADMIN);
    }
}
