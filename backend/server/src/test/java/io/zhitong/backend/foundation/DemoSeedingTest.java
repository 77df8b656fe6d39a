package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@BothDatabases
final class DemoSeedingTest {
    private final TestDatabase database;
    private final List<String> seeded = new ArrayList<>();

    DemoSeedingTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void seeds_run_in_their_order_each_in_a_transaction() {
        seeding("demo", new Second(), new First()).start();
        assertThat(seeded).containsExactly("first true", "second true");
    }

    @Test
    void outside_the_demo_mode_nothing_is_seeded() {
        DemoSeeding seeding = seeding("normal", new First());
        seeding.start();
        assertThat(seeded).isEmpty();
        assertThat(seeding.isRunning()).isTrue();
        seeding.stop();
        assertThat(seeding.isRunning()).isFalse();
    }

    @Test
    void a_seed_that_fails_stops_the_start_and_leaves_nothing_of_its_own() {
        DemoSeed half = () -> {
            database.jdbc()
                    .sql("insert into audit_head values (1, 0, ?)")
                    .param(new byte[32])
                    .update();
            throw new IllegalStateException("planted");
        };
        assertThatThrownBy(() -> seeding("demo", half).start()).hasMessage("planted");
        assertThat(database.jdbc()
                        .sql("select count(*) from audit_head")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void seeds_stand_before_readers_and_readers_before_what_accepts_devices() {
        assertThat(List.of(StartPhase.SEEDS, StartPhase.CONSUMERS, StartPhase.GATEWAY))
                .isSorted();
        assertThat(seeding("demo").getPhase()).isEqualTo(StartPhase.SEEDS);
    }

    private DemoSeeding seeding(String mode, DemoSeed... seeds) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.setDependencyComparator(AnnotationAwareOrderComparator.INSTANCE);
        for (int i = 0; i < seeds.length; i++) {
            beans.registerSingleton("seed" + i, seeds[i]);
        }
        return new DemoSeeding(
                TestSettings.of("mode", mode), beans.getBeanProvider(DemoSeed.class), database.transactions());
    }

    @Order(1)
    private final class First implements DemoSeed {
        @Override
        public void seed() {
            seeded.add("first " + TransactionSynchronizationManager.isActualTransactionActive());
        }
    }

    @Order(2)
    private final class Second implements DemoSeed {
        @Override
        public void seed() {
            seeded.add("second " + TransactionSynchronizationManager.isActualTransactionActive());
        }
    }
}
