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
        assertThat(desk.till(merchants.ofDevice(ONE, 44).orElseThrow()).map(DeviceRow::name))
                .contains("早餐店收款机");
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

    private Optional<MerchantFault> add(long device, String code, String name) {
        return desk.add(new DeviceAddress(ONE, new DeviceId(device)), code, name, ADMIN);
    }
}
