package io.zhitong.backend.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.commerce.TestCommerce;
import io.zhitong.backend.commerce.TestSales;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Mode;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.ledger.TestLedger;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.settlementfile.PackageVerifier;
import io.zhitong.settlementfile.PublicKeyPem;
import io.zhitong.settlementfile.SettlementRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BothDatabases
final class SettlementTest {
    private static final LocalDate D21 = LocalDate.of(2026, 11, 21);
    private static final Actor FINANCE = new Actor("finance");

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-11-21T00:00:00Z");
    private final TestCommerce till;

    @TempDir
    private Path data;

    SettlementTest(TestDatabase database) {
        this.database = database;
        till = new TestCommerce(database, clock);
    }

    @BeforeEach
    void shop() {
        till.demoShop();
    }

    @Test
    void day_that_is_over_gives_one_signed_file_per_merchant_with_every_paid_purchase() throws IOException {
        sell(TestSales.paid(1, 7, 100, 1_800), TestSales.wrongTac(2, 3, 101, 900), TestSales.paid(1, 8, 102, 250));
        clock.advance(Duration.ofDays(1));
        StoredPackage made = only(D21);
        assertThat(made.name()).hasToString("TX_44030001_20261121_0001_01");
        assertThat(made.header().receiver()).isEqualTo("SHOP0001");
        assertThat(made.header().amountFen()).isEqualTo(2_050);
        assertThat(made.dayOver()).isTrue();
        Path folder = data.resolve("backend/settlement");
        var verdict = PackageVerifier.verify(
                made.name().toString(),
                Files.readAllBytes(folder.resolve(made.name().toString())),
                Files.readAllBytes(folder.resolve(made.name() + ".sig")),
                PublicKeyPem.decode(Files.readString(folder.resolve("settlement.pem"))));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.parsed().records())
                .extracting(SettlementRecord::terminalSequence)
                .containsExactly(100L, 102L);
        assertThat(Files.exists(folder.resolve(made.name() + ".ok"))).isTrue();
    }

    @Test
    void terminal_that_sends_no_time_does_not_hold_up_the_day() {
        sell(TestSales.paidAt("2026aaff0000ee", 1, 7, 100, 1_800), TestSales.paid(1, 8, 101, 200));
        clock.advance(Duration.ofDays(1));
        StoredPackage made = only(D21);
        assertThat(made.header().amountFen()).isEqualTo(2_000);
        assertThat(new String(made.file().content(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("|2026AAFF0000EE|");
    }

    @Test
    void openssl_accepts_the_file_in_the_folder() throws Exception {
        sell(TestSales.paid(1, 7, 100, 1_800));
        String name = only(D21).name().toString();
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        "distid:1234567812345678",
                        "-verify",
                        "settlement.pem",
                        "-signature",
                        name + ".sig",
                        name)
                .directory(data.resolve("backend/settlement").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).isEqualTo("Verified OK");
    }

    @Test
    void close_again_with_nothing_new_answers_the_same_file_and_writes_what_is_missing() throws IOException {
        sell(TestSales.paid(1, 7, 100, 1_800));
        StoredPackage first = only(D21);
        Path file = data.resolve("backend/settlement/" + first.name());
        Files.delete(file);
        Files.delete(file.resolveSibling(first.name() + ".ok"));
        StoredPackage again = only(D21);
        assertThat(again.name()).isEqualTo(first.name());
        assertThat(again.file().signature()).isEqualTo(first.file().signature());
        assertThat(Files.readAllBytes(file)).isEqualTo(first.file().content());
        assertThat(audited()).containsExactly("TX_44030001_20261121_0001_01");
    }

    @Test
    void purchase_before_the_cut_off_makes_the_next_version_which_stays_when_the_day_is_over() {
        sell(TestSales.paid(1, 7, 100, 1_800));
        assertThat(only(D21).dayOver()).isFalse();
        sell(TestSales.paid(1, 8, 101, 200));
        assertThat(only(D21).name()).hasToString("TX_44030001_20261121_0001_02");
        clock.advance(Duration.ofDays(1));
        StoredPackage last = only(D21);
        assertThat(last.name()).hasToString("TX_44030001_20261121_0001_02");
        assertThat(last.header().count()).isEqualTo(2);
    }

    @Test
    void purchase_after_the_close_goes_into_the_next_day() {
        sell(TestSales.paid(1, 7, 100, 1_800));
        clock.advance(Duration.ofDays(1));
        only(D21);
        sell(TestSales.paid(1, 8, 101, 200));
        assertThat(only(D21).header().count()).isEqualTo(1);
        assertThat(only(D21.plusDays(1)).header().amountFen()).isEqualTo(200);
    }

    @Test
    void day_that_has_not_begun_is_refused() {
        assertRefused(SettlementRefusal.DAY_IN_FUTURE, settlement(Mode.DEMO), D21.plusDays(1));
        assertRefused(SettlementRefusal.DAY_TOO_OLD, settlement(Mode.DEMO), LocalDate.of(1999, 12, 31));
    }

    @Test
    void sealed_vault_makes_no_file_and_the_same_close_works_once_it_is_open() {
        sell(TestSales.paid(1, 7, 100, 1_800));
        till.vault().seal(true);
        assertRefused(SettlementRefusal.VAULT_AWAY, settlement(Mode.DEMO), D21);
        assertThat(Files.exists(data.resolve("backend/settlement"))).isFalse();
        till.vault().seal(false);
        assertThat(only(D21).header().count()).isEqualTo(1);
    }

    @Test
    void production_does_not_settle_on_h2() {
        if (database.kind() == DatabaseKind.PG) {
            assertThat(settlement(Mode.PRODUCTION).close(TestLedger.ONE, D21, FINANCE))
                    .hasSize(1);
        } else {
            Settlement strict = new Settlement(
                    new Settlement.Environment(
                            settings(Mode.PRODUCTION), DatabaseKind.H2, clock, database.transactions()),
                    sources(),
                    rows(),
                    signer(),
                    new SettlementFiles(settings(Mode.DEMO)),
                    TestAudit.log(database, clock));
            assertRefused(SettlementRefusal.NOT_DURABLE, strict, D21);
        }
    }

    @Test
    void automatic_close_catches_up_every_day_that_is_over_and_rests() {
        sell(TestSales.paid(1, 7, 100, 1_800));
        AutomaticClose automatic = new AutomaticClose(
                settlement(Mode.DEMO),
                till.ledger().ledger(),
                till.ledger().estate().estate(),
                rows(),
                io.zhitong.backend.foundation.TestBackend.on(database).turns());
        assertThat(automatic.closeWhatIsOver()).isZero();
        clock.advance(Duration.ofDays(3));
        till.vault().seal(true);
        assertThatThrownBy(automatic::closeWhatIsOver).isInstanceOf(SettlementException.class);
        till.vault().seal(false);
        assertThat(automatic.closeWhatIsOver()).isEqualTo(3);
        assertThat(automatic.closeWhatIsOver()).isZero();
        assertThat(rows().ofDay(TestLedger.ONE, D21).get(0).header().count()).isEqualTo(1);
        assertThat(rows().ofDay(TestLedger.ONE, D21.plusDays(2)).get(0).header().count())
                .isZero();
    }

    @Test
    void three_way_match_names_every_difference() {
        assertThat(match().differences()).extracting(Difference::kind).isEmpty();
        sell(TestSales.paid(1, 7, 100, 1_800), TestSales.wrongTac(2, 3, 101, 900));
        assertThat(match().differences())
                .containsExactly(
                        new Difference(Difference.Kind.IN_SUSPENSE, 1, 900),
                        new Difference(Difference.Kind.NO_PACKAGE, 1, 1_800));
        only(D21);
        assertThat(match().differences()).extracting(Difference::kind).containsExactly(Difference.Kind.IN_SUSPENSE);
        sell(TestSales.paid(3, 1, 102, 50));
        assertThat(match().differences()).contains(new Difference(Difference.Kind.NOT_PACKAGED, 1, 50));
        only(D21);
        MatchRow row = match();
        assertThat(row.terminal().count()).isEqualTo(3);
        assertThat(row.ledger()).isEqualTo(row.files());
    }

    @Test
    void purchase_missing_from_the_ledger_is_found_as_unexplained() {
        sell(TestSales.paid(1, 7, 100, 1_800));
        only(D21);
        assertThat(match().agrees()).isTrue();
        database.jdbc()
                .sql("insert into purchase (community_id, psam, terminal_sequence, record, device_number,"
                        + " event_position, received_at, state, merchant, card_serial, card_counter, amount_fen, made_at,"
                        + " business_day) select community_id, psam, 999, record, device_number, 999, received_at, state,"
                        + " merchant, card_serial, 9, 70, made_at, business_day from purchase")
                .update();
        assertThat(match().differences()).contains(new Difference(Difference.Kind.UNEXPLAINED, -1, -70));
    }

    private MatchRow match() {
        return new ThreeWayMatch(till.merchants(), till.query(), TestLedger.dayTotals(database), rows())
                .match(TestLedger.ONE, D21)
                .get(0);
    }

    private void assertRefused(SettlementRefusal refusal, Settlement settlement, LocalDate day) {
        assertThatThrownBy(() -> settlement.close(TestLedger.ONE, day, FINANCE))
                .isInstanceOfSatisfying(
                        SettlementException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private void sell(PurchaseRecord... records) {
        till.arrive(records);
        till.clear();
    }

    private StoredPackage only(LocalDate day) {
        List<StoredPackage> made = settlement(Mode.DEMO).close(TestLedger.ONE, day, FINANCE);
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    private List<String> audited() {
        return TestAudit.log(database, clock).newest(TestLedger.ONE, OptionalLong.empty(), 10).stream()
                .map(AuditEntry::subject)
                .toList();
    }

    private Settlement settlement(Mode mode) {
        return new Settlement(
                new Settlement.Environment(settings(mode), database.kind(), clock, database.transactions()),
                sources(),
                rows(),
                signer(),
                new SettlementFiles(settings(mode)),
                TestAudit.log(database, clock));
    }

    private Settlement.Sources sources() {
        return new Settlement.Sources(
                till.ledger().ledger(),
                till.merchants(),
                till.query(),
                till.ledger().estate().estate());
    }

    private PackageRows rows() {
        return new PackageRows(database.jdbc());
    }

    private VaultSigner signer() {
        return new VaultSigner(till.vault().service());
    }

    private ZhitongSettings settings(Mode mode) {
        DatabaseKind kind = mode == Mode.PRODUCTION ? DatabaseKind.PG : database.kind();
        return new ZhitongSettings(
                data,
                mode,
                8080,
                "127.0.0.1",
                new ZhitongSettings.Database(kind, null, "owner", "app", null, null),
                30,
                null,
                null,
                null,
                "127.0.0.1",
                null,
                "0.1.0",
                Set.of(io.zhitong.backend.foundation.BackendRole.values()));
    }
}
