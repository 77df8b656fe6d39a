package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.SealedEvidence;
import io.zhitong.controller.board.SimulatedBoard;
import io.zhitong.points.DoorConfig;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cards of the card operating system at a door's reader. */
class ReaderLoopTest {

    /** Another implementation of the access SAM: the master in the open. */
    private static final DoorKeys SAM = new DoorKeys() {
        @Override
        public byte[] mac(int keyVersion, CredentialNumber credential, byte[] message) {
            return Arrays.copyOf(
                    Sm4.cmac(CardAlgorithm.SM4.diversify(TestCard.MASTER, credential.bytes()), message), 8);
        }

        @Override
        public byte[] cryptogram(CredentialNumber serial, byte[] challenge8) {
            byte[] key = CardAlgorithm.TRIPLE_DES.diversify(TestCard.MASTER, serial.bytes());
            return CardAlgorithm.TRIPLE_DES.cipher(key).encryptBlock(challenge8);
        }
    };

    @TempDir
    private Path folder;

    private final TestLists lists = new TestLists();
    private final TestReader reader = new TestReader();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private Optional<ReaderLoop> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(ReaderLoop::stop);
        reader.lift();
    }

    @Test
    void resident_s_card_opens_the_sealed_gate_and_leaves_evidence_that_others_can_check() {
        start(TestLists.GATE, AccessMethod.SEALED);
        reader.lay(card(TestLists.RESIDENT));
        awaits("pulse 5000 @1");
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 5000 @1"), happened.log());
        SealedEvidence evidence =
                SealedEvidence.parse(happened.lastAccess().evidence().toByteArray());
        assertTrue(evidence.holds(TestLists.ISSUER.publicKey()));
        assertFalse(evidence.holds(Sm2PrivateKey.generate(TestCard.seeded(9)).publicKey()));
    }

    @Test
    void resident_s_card_opens_the_fast_garage() {
        start(TestLists.GARAGE, AccessMethod.FAST);
        reader.lay(card(TestLists.RESIDENT));
        awaits("pulse 5000 @2");
        assertEquals(AccessMethod.FAST, happened.lastAccess().method());
        assertEquals(25, happened.lastAccess().evidence().length());
    }

    @Test
    void card_that_the_resident_owned_already_opens_the_side_door_and_the_event_says_how() {
        start(TestLists.SIDE_DOOR, AccessMethod.LEGACY);
        reader.lay(TestCard.legacy(TestLists.RESIDENT, TestCard.MASTER));
        awaits("pulse 5000 @3");
        assertEquals(AccessMethod.LEGACY, happened.lastAccess().method());
        assertEquals(24, happened.lastAccess().evidence().length());
    }

    @Test
    void copied_serial_without_the_key_is_not_genuine_and_no_sealed_door_asks_that_way() {
        start(TestLists.SIDE_DOOR, AccessMethod.LEGACY);
        reader.lay(TestCard.legacy(TestLists.RESIDENT, new byte[16]));
        awaits("ACCESS_DENIED NOT_GENUINE @3");
        running.ifPresent(ReaderLoop::stop);
        reader.lift();
        start(TestLists.GATE, AccessMethod.LEGACY);
        reader.lay(TestCard.legacy(TestLists.RESIDENT, TestCard.MASTER));
        awaits("ACCESS_DENIED UNKNOWN_CREDENTIAL @1");
        assertEquals(1, commandsOf("0088"));
    }

    @Test
    void card_that_lies_there_is_asked_once_and_again_after_it_was_lifted() {
        start(TestLists.GATE, AccessMethod.SEALED);
        TestCard card = card(TestLists.RESIDENT);
        reader.lay(card);
        awaitsAccesses(1);
        clock.advance(10_000);
        reader.lift();
        awaitsEmpty();
        reader.lay(card);
        awaitsAccesses(2);
        assertEquals(2, commandsOf("808a"));
    }

    @Test
    void card_certified_by_somebody_else_is_not_genuine() {
        start(TestLists.GATE, AccessMethod.SEALED);
        reader.lay(TestCard.of(TestLists.RESIDENT, 1, Sm2PrivateKey.generate(TestCard.seeded(66))));
        awaits("ACCESS_DENIED NOT_GENUINE @1");
    }

    @Test
    void replaced_certificate_is_refused() {
        start(TestLists.GATE, AccessMethod.SEALED);
        reader.lay(TestCard.of(TestLists.RESIDENT, 0, TestLists.ISSUER));
        awaits("ACCESS_DENIED CERTIFICATE_REPLACED @1");
    }

    @Test
    void sealed_door_never_asks_fast_not_even_a_foreign_card() {
        start(TestLists.GATE, AccessMethod.FAST);
        reader.lay(TestCard.stranger());
        awaits("ACCESS_DENIED UNKNOWN_CREDENTIAL @1");
        reader.lift();
        awaitsEmpty();
        reader.lay(card(TestLists.RESIDENT));
        awaits("pulse 5000 @1");
        assertEquals(0, commandsOf("808a01"));
        assertEquals(1, commandsOf("808a00"));
    }

    @Test
    void card_pulled_away_in_the_middle_is_a_card_error_and_no_forgery() {
        start(TestLists.GATE, AccessMethod.SEALED);
        reader.leavesAfter(1);
        reader.lay(card(TestLists.RESIDENT));
        awaits("ACCESS_DENIED CARD_ERROR @1");
    }

    @Test
    void silent_security_module_denies_with_its_own_reason() {
        start(TestLists.GARAGE, AccessMethod.FAST, SamSlot.none());
        reader.lay(card(TestLists.RESIDENT));
        awaits("ACCESS_DENIED SAM_MISSING @2");
    }

    @Test
    void reader_that_goes_away_is_reported_once_and_works_again_when_it_is_back() {
        start(TestLists.GATE, AccessMethod.SEALED);
        reader.breaks(true);
        awaits("READER_LOST @1");
        reader.breaks(false);
        awaits("READER_BACK @1");
        reader.lay(card(TestLists.RESIDENT));
        awaits("pulse 5000 @1");
        assertEquals(1, happened.log().stream().filter("READER_LOST @1"::equals).count());
    }

    /** A card that takes five seconds to answer holds up who holds it, and nobody at another door of the same controller. */
    @Test
    void card_that_does_not_answer_at_one_door_delays_no_other_door() throws IOException {
        CountDownLatch answers = new CountDownLatch(1);
        TestReader slow = new TestReader();
        slow.answersAfter(answers);
        try (SimulatedBoard board = SimulatedBoard.open(0, folder.resolve("edges.log"));
                Site site = SiteUnderTest.open(lists.policy(), board.port(), happened, happened)) {
            List<ReaderLoop> loops = List.of(
                    loop(slow, site.add(setup(TestLists.SIDE_DOOR))), loop(reader, site.add(setup(TestLists.GATE))));
            site.start();
            loops.forEach(ReaderLoopTest::run);
            slow.lay(TestCard.legacy(TestLists.RESIDENT, TestCard.MASTER));
            reader.lay(card(TestLists.RESIDENT));
            awaits("pulse 5000 @1");
            assertFalse(happened.log().contains("pulse 5000 @3"));
            answers.countDown();
            awaits("pulse 5000 @3");
            loops.forEach(ReaderLoop::stop);
        }
        slow.lift();
    }

    private static DoorSetup setup(PointId point) {
        AccessMethod method = point.equals(TestLists.GATE) ? AccessMethod.SEALED : AccessMethod.LEGACY;
        return new DoorSetup(point, "test", method, DoorConfig.withoutContact());
    }

    private ReaderLoop loop(TestReader cards, Taps door) {
        Identifier identifier =
                new Identifier(TestLists.DEVICE, door.id(), setup(door.id()).method(), SAM, TestCard.seeded(6));
        return new ReaderLoop(cards, identifier, door, happened, lists::policy, clock);
    }

    private static void run(ReaderLoop loop) {
        Thread thread = new Thread(loop, "reader-test");
        thread.setDaemon(true);
        thread.start();
    }

    private static TestCard card(CredentialNumber number) {
        return TestCard.of(number, 1, TestLists.ISSUER);
    }

    private void start(PointId point, AccessMethod method) {
        start(point, method, SAM);
    }

    private void start(PointId point, AccessMethod method, DoorKeys keys) {
        DoorPoint door = new DoorPoint(
                new DoorSetup(point, "test", method, DoorConfig.withoutContact()),
                TestSite.world(lists::policy, happened, clock));
        Identifier identifier = new Identifier(TestLists.DEVICE, point, method, keys, TestCard.seeded(5));
        ReaderLoop loop = new ReaderLoop(reader, identifier, door, happened, lists::policy, clock);
        running = Optional.of(loop);
        Thread thread = new Thread(loop, "reader-test");
        thread.setDaemon(true);
        thread.start();
    }

    private long commandsOf(String start) {
        return reader.commands().stream().filter(c -> c.startsWith(start)).count();
    }

    private void awaits(String what) {
        eventually(() -> happened.log().contains(what));
    }

    private void awaitsAccesses(int count) {
        eventually(() -> happened.accesses() == count);
    }

    private void awaitsEmpty() {
        eventually(reader::seenEmpty);
    }

    private void eventually(BooleanSupplier condition) {
        Soon.holds(condition, happened::log);
    }
}
