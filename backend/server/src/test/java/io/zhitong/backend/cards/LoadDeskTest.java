package io.zhitong.backend.cards;

import static io.zhitong.backend.cards.TestDesk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.cards.DeskRefusal.Reason;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class LoadDeskTest {
    private final TestDesk at;

    LoadDeskTest(RunningBackend backend) {
        at = new TestDesk(backend);
    }

    @AfterEach
    void clear() {
        at.close();
    }

    @Test
    void money_on_the_card_and_money_in_the_books_grow_by_the_same_fen() {
        CardHolding card = at.issue(at.resident(), at.newCard("community"));
        long books = at.floatInLedger();
        assertThat(at.loads.load(at.clerk, card.purseSerial(), 5_000)).isEqualTo(5_000);
        assertThat(at.loads.load(at.clerk, card.purseSerial(), 1)).isEqualTo(5_001);
        assertThat(at.balanceOnCard()).isEqualTo(5_001);
        assertThat(at.floatInLedger() - books).isEqualTo(5_001);
    }

    @Test
    void amounts_outside_the_limits_change_nothing() {
        CardHolding card = at.issue(at.resident(), at.newCard("community"));
        long books = at.floatInLedger();
        for (long amount : new long[] {0, -1, LoadDesk.MOST + 1, Long.MIN_VALUE}) {
            refused(Reason.BAD_AMOUNT, () -> at.loads.load(at.clerk, card.purseSerial(), amount));
        }
        assertThat(at.balanceOnCard()).isZero();
        assertThat(at.floatInLedger()).isEqualTo(books);
    }

    @Test
    void another_card_than_the_clerk_saw_is_refused() {
        CardHolding seen = at.issue(at.resident(), at.newCard("community"));
        at.issue(at.resident(), at.newCard("community"));
        refused(Reason.OTHER_CARD, () -> at.loads.load(at.clerk, seen.purseSerial(), 1_000));
        assertThat(at.balanceOnCard()).isZero();
    }

    @Test
    void a_lost_card_takes_no_money_and_a_found_one_does() {
        CardHolding card = at.issue(at.resident(), at.newCard("community"));
        at.desk.reportLoss(at.clerk, card.number());
        refused(Reason.NOT_ACTIVE, () -> at.loads.load(at.clerk, card.purseSerial(), 1_000));
        at.desk.cancelLoss(at.clerk, card.number());
        assertThat(at.loads.load(at.clerk, card.purseSerial(), 1_000)).isEqualTo(1_000);
    }

    @Test
    void without_a_card_on_the_reader_the_clerk_is_told_so() {
        CardHolding card = at.issue(at.resident(), at.newCard("community"));
        at.clear();
        refused(Reason.CARD_LEFT, () -> at.loads.load(at.clerk, card.purseSerial(), 1_000));
    }
}
