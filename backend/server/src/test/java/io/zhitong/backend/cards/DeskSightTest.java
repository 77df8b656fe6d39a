package io.zhitong.backend.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class DeskSightTest {
    private final RunningBackend backend;
    private final TestDesk at;
    private final DeskSight sight;

    DeskSightTest(RunningBackend backend) {
        this.backend = backend;
        at = new TestDesk(backend);
        sight = backend.bean(DeskSight.class);
    }

    @AfterEach
    void clear() {
        at.close();
    }

    private DeskCard sees(DeskCard.Kind kind) {
        Eventually.holds(kind.name(), () -> sight.look(TestDesk.DEMO).kind() == kind);
        return sight.look(TestDesk.DEMO);
    }

    @Test
    void an_empty_reader_a_fresh_card_a_foreign_card_and_an_issued_one_are_told_apart() {
        at.clear();
        sees(DeskCard.Kind.EMPTY);
        at.lay(at.newCard("blank"));
        sees(DeskCard.Kind.FOREIGN);
        at.clear();
        sees(DeskCard.Kind.EMPTY);
        String fresh = at.newCard("community");
        at.lay(fresh);
        assertThat(sees(DeskCard.Kind.BLANK).chipId()).matches("[0-9a-f]{16}");
        PersonId person = at.resident();
        CardHolding card = at.desk.issue(at.clerk, person, TestDesk.FAR);
        at.loads.load(at.clerk, card.purseSerial(), 300);
        DeskCard issued = sees(DeskCard.Kind.ISSUED);
        assertThat(issued.holding()).contains(card);
        assertThat(issued.balanceFen()).isEqualTo(300);
        assertThat(issued.holderName()).isEqualTo(backend.bean(People.class).name(TestDesk.DEMO, person));
    }
}
