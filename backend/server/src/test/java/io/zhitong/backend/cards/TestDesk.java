package io.zhitong.backend.cards;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.cards.DeskRefusal.Reason;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.AccountState;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.Balances;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The desk of a running backend and a hand that lays cards on its reader. Balances are asked of the card itself, with commands
 * written out here.
 */
final class TestDesk implements AutoCloseable {
    static final CommunityId DEMO = new CommunityId(1);
    static final LocalDate FAR = LocalDate.now().plusYears(5);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final CardDesk desk;
    final LoadDesk loads;
    final CredentialStore store;
    final ConsoleUser clerk;
    private final RunningBackend backend;
    private final CardWorldClient world;

    TestDesk(RunningBackend backend) {
        this.backend = backend;
        desk = backend.bean(CardDesk.class);
        loads = backend.bean(LoadDesk.class);
        store = backend.bean(CredentialStore.class);
        world = new CardWorldClient(backend.cardWorld());
        clerk = new ConsoleUser(
                UUID.randomUUID(),
                "clerk" + NUMBER.incrementAndGet(),
                "Clerk",
                "",
                1,
                Set.of(Role.DESK),
                AccountState.OPEN);
        Eventually.holds(
                "the demo estate has its plastic",
                () -> onReader("psam-1", "sam-pos") && onReader("access-sam-1", "sam-controller"));
    }

    private boolean onReader(String card, String reader) {
        String list = world.list().replaceAll("\\s", "");
        return list.matches(".*\"" + card + "\"[^}]*\"reader\":\"" + reader + "\".*") && list.contains("card-3");
    }

    /** Somebody new who lives in the demo estate. */
    PersonId resident() {
        People people = backend.bean(People.class);
        UUID unit = backend.bean(Estate.class).units(DEMO).get(0).id();
        PersonId person = people.addPerson(DEMO, "住户" + NUMBER.incrementAndGet(), "zh");
        people.addResidence(
                DEMO,
                person,
                people.addHousehold(DEMO, unit),
                ResidenceRole.OWNER,
                LocalDate.now().minusDays(1));
        return person;
    }

    /** A new card of this profile, not on any reader. */
    String newCard(String profile) {
        String name = "t" + NUMBER.incrementAndGet();
        world.newCard(name, profile);
        return name;
    }

    /** Lays a card on the desk's reader in place of what lies there. */
    void lay(String card) {
        clear();
        world.insert(card, "desk");
    }

    void clear() {
        world.remove("desk");
    }

    /** Power fails at the n-th memory operation of the next command. */
    void tear(int operation) {
        world.tear("desk", operation);
    }

    CardHolding issue(PersonId person, String card) {
        lay(card);
        return desk.issue(clerk, person, FAR);
    }

    /** What the card on the reader says of its purse, fen: SELECT, GET BALANCE. */
    long balanceOnCard() {
        try (TcpReader reader = new TcpReader(backend.cardWorld(), "desk");
                CardSession session = reader.connect()) {
            session.transceive(Hex.parse("00a4040009a0000000038698070100"));
            byte[] answer = session.transceive(Hex.parse("805c000204"));
            return Long.parseLong(Hex.of(answer).substring(0, 8), 16);
        }
    }

    /** What the books say is on all purses, fen. */
    long floatInLedger() {
        return backend.bean(Balances.class).of(DEMO, AccountKey.FLOAT);
    }

    static void refused(Reason reason, ThrowingCallable work) {
        assertThatExceptionOfType(DeskRefusal.class)
                .isThrownBy(work)
                .extracting(DeskRefusal::reason)
                .isEqualTo(reason);
    }

    /** Leaves the reader empty. */
    @Override
    public void close() {
        clear();
        world.close();
    }
}
