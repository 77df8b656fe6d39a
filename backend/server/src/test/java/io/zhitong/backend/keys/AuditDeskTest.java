package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.keys.AuditDesk.Verified;
import io.zhitong.backend.keys.BrokenAuditException.Reason;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.backend.vault.KeptCheckpoints;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class AuditDeskTest {
    private final TestDatabase database;
    private final TestChain chain = new TestChain();
    private final AuditDesk desk;

    AuditDeskTest(TestDatabase database) {
        this.database = database;
        this.desk = new AuditDesk(chain.administration(), chain.service(), new KeptCheckpoints(database.jdbc()));
    }

    /** Checkpoints at 100, 200 … 1200, then three records more. */
    @BeforeEach
    void aChainOfMoreThanOnePage() {
        LongStream.rangeClosed(1, 1200).forEach(number -> {
            if (number % 100 == 0) {
                chain.checkpoint();
            } else {
                chain.record(10, "backend demo");
            }
        });
        LongStream.range(0, 3).forEach(n -> chain.record(12, "backend demo"));
    }

    @Test
    void newest_records_stand_first_and_pages_lead_to_older_and_newer_ones() {
        AuditDesk.Page page = desk.page(Optional.empty());
        assertThat(page.lines()).hasSize(50);
        assertThat(page.lines().get(0).number()).isEqualTo(1203);
        assertThat(page.lines().get(0).kind().orElseThrow().chinese()).isEqualTo("校验MAC或TAC");
        assertThat(page.newer()).isEmpty();
        assertThat(page.older()).contains(1104L);

        AuditDesk.Page first = desk.page(Optional.of(-5L));
        assertThat(first.lines().get(49).number()).isEqualTo(1);
        assertThat(first.older()).isEmpty();
        assertThat(first.newer()).contains(51L);
        assertThat(desk.page(Optional.of(99_999L)).lines()).hasSize(1);
    }

    @Test
    void record_of_a_kind_of_a_later_vault_is_shown_by_its_number() {
        chain.record(200, "someone");
        AuditLine line = desk.page(Optional.empty()).lines().get(0);
        assertThat(line.kind()).isEmpty();
        assertThat(line.code()).isEqualTo(200);
    }

    @Test
    void whole_chain_is_checked_with_signatures_and_with_what_was_kept() {
        keep(chain.checkpointAt(300));
        keep(chain.checkpointAt(1200));
        Verified verified = desk.verify();
        assertThat(verified.from()).isEqualTo(1);
        assertThat(verified.newest().number()).isEqualTo(1203);
        assertThat(verified.checkpoints()).isEqualTo(12);
        assertThat(verified.witnesses()).isEqualTo(2);
        assertThat(verified.coveredTo()).isEqualTo(1200);
    }

    @Test
    void one_changed_bit_is_found_at_its_record() {
        chain.flip(777);
        refusedAt(777, Reason.CHAIN);
    }

    @Test
    void chain_written_anew_without_the_key_fails_at_the_first_signature() {
        chain.signWith(Sm2PrivateKey.generate(RandomSource.secure()));
        chain.checkpoint();
        refusedAt(1204, Reason.SIGNATURE);
    }

    @Test
    void another_chain_signed_by_the_same_key_is_found_by_a_kept_checkpoint() {
        keep(new AuditCheckpoint(300, new byte[32], new byte[64]));
        refusedAt(300, Reason.WITNESS);
    }

    @Test
    void chain_cut_off_before_a_kept_checkpoint_is_found() {
        keep(chain.checkpointAt(1200));
        chain.cut(1150);
        refusedAt(1151, Reason.MISSING);
    }

    @Test
    void missing_record_and_another_layout_are_found() {
        chain.drop(500);
        refusedAt(500, Reason.CHAIN);
        chain.cut(400);
        chain.raw(new byte[] {1, 2, 3});
        refusedAt(401, Reason.LAYOUT);
    }

    @Test
    void export_is_signed_to_its_end_and_the_vaults_own_check_accepts_it() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(desk.export(out).number()).isEqualTo(1204);
        AuditExport.Verified verified = AuditExport.verify(
                new ByteArrayInputStream(out.toByteArray()),
                chain.auditKey(),
                List.of(new AuditPosition(1204, chain.newest().hash())),
                entry -> {});
        assertThat(verified.end().number()).isEqualTo(1204);
        assertThat(verified.checkpoints()).isEqualTo(13);
    }

    private void refusedAt(long number, Reason reason) {
        assertThatThrownBy(desk::verify).isInstanceOfSatisfying(BrokenAuditException.class, broken -> {
            assertThat(broken.reason()).isEqualTo(reason);
            assertThat(broken.number()).isEqualTo(number);
        });
    }

    private void keep(AuditCheckpoint told) {
        database.jdbc()
                .sql("insert into vault_checkpoint (number, hash, signature, told_at) values (?, ?, ?, ?)")
                .params(told.number(), told.hash(), told.signature(), OffsetDateTime.now(Clock.systemUTC()))
                .update();
    }
}
