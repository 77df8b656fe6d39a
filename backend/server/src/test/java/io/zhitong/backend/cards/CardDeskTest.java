package io.zhitong.backend.cards;

import static io.zhitong.backend.cards.TestDesk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.cards.DeskRefusal.Reason;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.keys.KeyHoldings;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.keyapi.KeyVersions;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class CardDeskTest {
    private final RunningBackend backend;
    private final TestDesk at;

    CardDeskTest(RunningBackend backend) {
        this.backend = backend;
        at = new TestDesk(backend);
    }

    @AfterEach
    void clear() {
        at.close();
    }

    private List<String> actions() {
        return backend.bean(AuditLog.class).newest(TestDesk.DEMO, OptionalLong.empty(), 50).stream()
                .filter(entry -> entry.actor().equals(at.clerk.actor()))
                .map(AuditEntry::action)
                .toList();
    }

    @Test
    void an_issued_card_is_the_persons_active_credential_with_an_empty_purse_and_is_audited() {
        PersonId person = at.resident();
        CardHolding card = at.issue(person, at.newCard("community"));
        assertThat(card.status()).isEqualTo(CredentialStatus.ACTIVE);
        assertThat(card.to()).isEqualTo(TestDesk.FAR);
        assertThat(card.purseSerial()).isEqualTo("0000" + card.number());
        assertThat(at.store.of(TestDesk.DEMO, person)).containsExactly(card);
        assertThat(at.balanceOnCard()).isZero();
        assertThat(actions()).containsExactly("card.issue");
    }

    @Test
    void a_person_has_one_active_card() {
        PersonId person = at.resident();
        at.issue(person, at.newCard("community"));
        refused(Reason.HAS_CARD, () -> at.issue(person, at.newCard("community")));
    }

    @Test
    void nothing_is_issued_without_a_card_or_onto_one_that_is_not_ours_or_already_somebodys() {
        PersonId person = at.resident();
        at.clear();
        refused(Reason.CARD_LEFT, () -> at.desk.issue(at.clerk, person, TestDesk.FAR));
        refused(Reason.CARD_NOT_OURS, () -> at.issue(person, at.newCard("blank")));
        String taken = at.newCard("community");
        at.issue(at.resident(), taken);
        refused(Reason.NOT_BLANK, () -> at.issue(at.resident(), taken));
        assertThat(at.store.of(TestDesk.DEMO, person)).isEmpty();
    }

    @Test
    void dates_and_residence_are_judged_before_the_card_is_touched() {
        PersonId person = at.resident();
        at.clear();
        LocalDate yesterday = LocalDate.now(backend.bean(Estate.class)
                        .community(TestDesk.DEMO)
                        .orElseThrow()
                        .zone())
                .minusDays(1);
        refused(Reason.BAD_DATES, () -> at.desk.issue(at.clerk, person, yesterday));
        refused(Reason.BAD_DATES, () -> at.desk.issue(at.clerk, person, yesterday.plusYears(21)));
        PersonId stranger = backend.bean(People.class).addPerson(TestDesk.DEMO, "路人", "lr");
        refused(Reason.NOT_RESIDENT, () -> at.desk.issue(at.clerk, stranger, TestDesk.FAR));
    }

    @Test
    void a_begun_order_is_finished_on_its_own_card_only_and_keeps_its_number() {
        PersonId person = at.resident();
        String begun = at.newCard("community");
        OrderRow order = begin(person, begun);
        refused(Reason.ORDER_ON_OTHER_CARD, () -> at.issue(person, at.newCard("community")));
        assertThat(at.issue(person, begun).number()).isEqualTo(order.number());
        assertThat(backend.bean(KeyHoldings.class).card(TestDesk.DEMO, order.number()))
                .contains(KeyVersions.all(1));
    }

    @Test
    void an_order_given_up_frees_the_person_and_its_number_is_never_used_again() {
        PersonId person = at.resident();
        OrderRow order = begin(person, at.newCard("community"));
        at.desk.giveUp(at.clerk, person);
        CardHolding card = at.issue(person, at.newCard("community"));
        assertThat(card.number().value()).isGreaterThan(order.number().value());
        assertThat(actions()).containsExactly("card.issue", "card.giveup");
    }

    private OrderRow begin(PersonId person, String card) {
        at.lay(card);
        CardOrders orders = backend.bean(CardOrders.class);
        var community = backend.bean(Estate.class).community(TestDesk.DEMO).orElseThrow();
        OrderRow order = orders.openOrNew(community, person, LocalDate.now(), TestDesk.FAR, KeyVersions.all(1), "test");
        String chip = backend.bean(DeskReader.class).withCard(backend.bean(DeskSight.class)::chipOf);
        assertThat(orders.bind(order, chip)).isTrue();
        return order;
    }

    @Test
    void a_lost_card_can_be_found_again_and_a_cancelled_one_cannot() {
        CardHolding card = at.issue(at.resident(), at.newCard("community"));
        at.desk.reportLoss(at.clerk, card.number());
        refused(Reason.STATUS_CHANGED, () -> at.desk.reportLoss(at.clerk, card.number()));
        at.desk.cancelLoss(at.clerk, card.number());
        at.desk.cancel(at.clerk, card.number());
        assertThat(at.store.byNumber(TestDesk.DEMO, card.number()).orElseThrow().status())
                .isEqualTo(CredentialStatus.CANCELLED);
        refused(Reason.STATUS_CHANGED, () -> at.desk.cancel(at.clerk, card.number()));
        refused(Reason.STATUS_CHANGED, () -> at.desk.cancelLoss(at.clerk, card.number()));
        assertThat(actions()).containsExactly("card.cancel", "card.found", "card.loss", "card.issue");
    }

    @Test
    void after_a_cancelled_card_the_person_gets_a_new_one_with_another_number() {
        PersonId person = at.resident();
        CardHolding first = at.issue(person, at.newCard("community"));
        at.desk.cancel(at.clerk, first.number());
        CardHolding second = at.issue(person, at.newCard("community"));
        assertThat(second.number()).isNotEqualTo(first.number());
    }
}
