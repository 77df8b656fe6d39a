package io.zhitong.backend.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.LedgerException;
import io.zhitong.backend.ledger.TestLedger;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

@BothDatabases
final class CommerceValuesTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final String CARD = "00004403010100000001";

    private final TestDatabase database;
    private final TestCommerce till;

    CommerceValuesTest(TestDatabase database) {
        this.database = database;
        till = new TestCommerce(database, new FakeClock("2026-11-21T02:00:00Z"));
    }

    @Test
    void a_merchant_code_is_what_a_settlement_file_can_carry() {
        for (String code : new String[] {"", "shop", "SHOP-1", "店", "A23456789012345678", "SHOP 1", "A\n"}) {
            assertThatThrownBy(() -> new Merchant(ONE, code, "x", 43)).hasMessageContaining("merchant code");
        }
        assertThat(new Merchant(ONE, "A234567890123456", "x", 43).code()).hasSize(16);
    }

    @Test
    void a_till_belongs_to_one_merchant_and_a_merchant_to_a_till_that_is_there() {
        till.demoShop();
        till.demoShop();
        assertThat(till.merchants().all(ONE)).hasSize(1);
        assertThat(till.merchants().ofDevice(ONE, 43)).map(Merchant::code).hasValue("SHOP0001");
        assertThat(till.merchants().ofDevice(ONE, 42)).isEmpty();
        assertThat(till.merchants().ofDevice(new CommunityId(2), 43)).isEmpty();
        assertThatThrownBy(() -> till.merchants().add(new Merchant(ONE, "OTHER", "x", 43)))
                .isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> till.merchants().add(new Merchant(ONE, "GHOST", "x", 4711)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void a_load_that_cannot_have_happened_is_refused_before_it_reaches_the_books() {
        for (PurseLoadParts wrong : new PurseLoadParts[] {
            new PurseLoadParts(CARD, 1, 0, 100, "0A1B2C3D", "20261121101530"),
            new PurseLoadParts(CARD, 1, -5, 100, "0A1B2C3D", "20261121101530"),
            new PurseLoadParts(CARD, 1, 101, 100, "0A1B2C3D", "20261121101530"),
            new PurseLoadParts(CARD, -1, 100, 100, "0A1B2C3D", "20261121101530"),
            new PurseLoadParts(CARD, 65536, 100, 100, "0A1B2C3D", "20261121101530"),
            new PurseLoadParts(CARD.substring(1), 1, 100, 100, "0A1B2C3D", "20261121101530"),
            new PurseLoadParts(CARD, 1, 100, 100, "0a1b2c3d", "20261121101530"),
            new PurseLoadParts(CARD, 1, 100, 100, "0A1B2C3D", "2026112110153"),
            new PurseLoadParts(CARD + " 0A1B2C3D", 1, 100, 100, "", "20261121101530")
        }) {
            assertThatThrownBy(wrong::load).as(wrong.toString()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_same_load_entered_again_moves_nothing_and_with_another_amount_is_refused() {
        PurseLoadParts parts = new PurseLoadParts(CARD, 65535, 5_000, 5_000, "0A1B2C3D", "20261121101530");
        assertThat(enter(parts)).isTrue();
        assertThat(enter(parts)).isFalse();
        assertThat(balance(AccountKey.FLOAT)).isEqualTo(5_000);
        assertThat(balance(AccountKey.cashDesk("chen"))).isEqualTo(-5_000);
        PurseLoadParts other = new PurseLoadParts(CARD, 65535, 5_001, 5_001, "0A1B2C3D", "20261121101530");
        assertThatThrownBy(() -> enter(other)).isInstanceOf(LedgerException.class);
        assertThat(balance(AccountKey.FLOAT)).isEqualTo(5_000);
    }

    @Test
    void a_gap_counts_the_numbers_between_and_a_repeated_number_counts_none() {
        assertThat(gap(7, 9).missing()).isEqualTo(1);
        assertThat(gap(0, 0xFFFF_FFFFL).missing()).isEqualTo(0xFFFF_FFFEL);
        assertThat(gap(7, 7).missing()).isZero();
        assertThat(gap(7, 8).missing()).isZero();
    }

    @Test
    void a_till_whose_merchant_comes_later_is_paid_from_then_on_and_what_was_held_stays_held() {
        till.arrive(TestSales.paid(1, 7, 100, 500));
        till.clear();
        till.demoShop();
        till.arrive(TestSales.paid(1, 8, 101, 300));
        till.clear();
        assertThat(till.reasons()).containsExactly(SuspenseReason.NO_MERCHANT);
        assertThat(balance(AccountKey.SUSPENSE)).isEqualTo(500);
        assertThat(balance(AccountKey.merchant("SHOP0001"))).isEqualTo(300);
        assertThat(balance(AccountKey.FLOAT)).isEqualTo(-800);
    }

    @Test
    void a_sale_that_ended_before_the_sam_gave_a_number_explains_nothing_and_holds_nothing() {
        till.demoShop();
        till.write(io.zhitong.accessmodel.EventKind.PURCHASE_REFUSED, new byte[0]);
        till.upload();
        assertThat(till.clear()).isZero();
        assertThat(till.reasons()).isEmpty();
        assertThat(till.query().search(ONE, "", Optional.empty(), java.util.OptionalLong.empty(), 9))
                .isEmpty();
    }

    private long balance(AccountKey account) {
        return till.ledger().balances().of(TestLedger.ONE, account);
    }

    private boolean enter(PurseLoadParts parts) {
        return Boolean.TRUE.equals(database.transactions()
                .execute(s -> till.loads().enter(parts.load()).fresh()));
    }

    private static CounterGap gap(long before, long after) {
        return new CounterGap(CounterGap.Counter.TERMINAL, CARD, before, after);
    }

    private record PurseLoadParts(String card, int counter, long fen, long balance, String tac, String time) {
        PurseLoad load() {
            return new PurseLoad(ONE, card, counter, fen, balance, tac, time, "chen");
        }
    }
}
