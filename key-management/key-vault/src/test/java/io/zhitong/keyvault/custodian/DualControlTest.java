package io.zhitong.keyvault.custodian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyvault.MemorySection;
import io.zhitong.keyvault.TurnedClock;
import io.zhitong.keyvault.VaultException;
import io.zhitong.smcrypto.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DualControlTest {
    private static final KeyOrder ROTATE = new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DPK, 2));

    private final TurnedClock clock = new TurnedClock();
    private final MemorySection disk = new MemorySection();
    private final CountingExecutor executor = new CountingExecutor();
    private final List<String> audit = new ArrayList<>();
    private DualControl control = control();

    private DualControl control() {
        return new DualControl(
                disk,
                executor,
                (kind, who, detail) -> audit.add(kind + " " + who),
                DualControl.clock(clock, clock::monotonic),
                RandomSource.secure(),
                PinVerifierTest.CHEAP);
    }

    /** The process ends without a word and starts again. */
    private void restart() {
        control = control();
    }

    private static String digits(int custodian) {
        return "90210" + custodian;
    }

    @BeforeEach
    void fourCustodians() {
        List<CustodianEntry> four = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            PinVerifier pin =
                    PinVerifier.of(PinVerifierTest.pin(digits(number)), PinVerifierTest.CHEAP, RandomSource.secure());
            four.add(new CustodianEntry(number, "保管人" + number, 0, pin));
        }
        control.install(four);
    }

    private Proposal approve(Proposal proposal, int custodian) {
        return control.approve(proposal.number(), proposal.digest(), custodian, PinVerifierTest.pin(digits(custodian)));
    }

    private void wrongPin(int custodian) {
        assertEquals(
                KeyRefusal.WRONG_PIN, refusal(() -> control.authenticate(custodian, PinVerifierTest.pin("777123"))));
    }

    private void lock(int custodian) {
        for (int i = 0; i < 4; i++) {
            wrongPin(custodian);
        }
        assertEquals(
                KeyRefusal.CUSTODIAN_LOCKED,
                refusal(() -> control.authenticate(custodian, PinVerifierTest.pin("777123"))));
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    @Test
    void order_is_done_once_by_the_second_approval() {
        Proposal made = control.propose("王芳", ROTATE);
        assertEquals(ProposalState.WAITING, approve(made, 1).state());
        assertEquals(List.of(), executor.deeds);

        Proposal done = approve(made, 3);

        assertEquals(ProposalState.DONE, done.state());
        assertEquals(List.of(1, 3), done.approvers());
        assertEquals("v2", done.outcome());
        assertEquals(List.of(ROTATE.english()), executor.deeds);
        assertEquals(List.of("PROPOSED 王芳", "APPROVED custodian 1", "APPROVED custodian 3", "ORDER_DONE vault"), audit);
    }

    @Test
    void approval_that_is_replayed_does_nothing_any_more() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        approve(made, 2);
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 2)));
        restart();
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 3)));
        assertEquals(1, executor.deeds.size());
    }

    @Test
    void same_custodian_twice_is_refused_also_after_a_restart() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        assertEquals(KeyRefusal.SAME_CUSTODIAN, refusal(() -> approve(made, 1)));
        restart();
        assertEquals(KeyRefusal.SAME_CUSTODIAN, refusal(() -> approve(made, 1)));
        assertEquals(ProposalState.DONE, approve(made, 2).state());
    }

    @Test
    void approval_of_an_order_that_was_shown_otherwise_is_refused() {
        Proposal made = control.propose("王芳", ROTATE);
        Proposal shown = new Proposal(
                made.number(),
                new KeyOrder.ChangeKeyState(KeyRef.of(KeyUsage.DPK, 1), KeyState.DESTROYED),
                made.proposer(),
                made.made(),
                made.ends(),
                made.state(),
                List.of(),
                "");
        assertEquals(KeyRefusal.ORDER_CHANGED, refusal(() -> approve(shown, 1)));
        byte[] digest = made.digest();
        digest[31] ^= 1;
        assertEquals(
                KeyRefusal.ORDER_CHANGED,
                refusal(() -> control.approve(made.number(), digest, 1, PinVerifierTest.pin(digits(1)))));
        assertEquals(List.of(), control.proposals().get(0).approvers());
    }

    @Test
    void approval_for_another_number_finds_no_proposal() {
        Proposal made = control.propose("王芳", ROTATE);
        Proposal second = control.propose("王芳", ROTATE);
        assertNotEquals(made.name(), second.name());
        assertEquals(
                KeyRefusal.UNKNOWN_PROPOSAL,
                refusal(() -> control.approve(new byte[8], made.digest(), 1, PinVerifierTest.pin(digits(1)))));
        assertEquals(
                KeyRefusal.ORDER_CHANGED,
                refusal(() -> control.approve(second.number(), made.digest(), 1, PinVerifierTest.pin(digits(1)))));
    }

    @Test
    void proposal_ends_after_ten_minutes() {
        Proposal made = control.propose("王芳", ROTATE);
        clock.pass(DualControl.LIFE.minusMillis(1));
        approve(made, 1);
        clock.pass(Duration.ofMillis(1));
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 2)));
        assertEquals(ProposalState.EXPIRED, control.proposals().get(0).state());
        assertEquals(List.of(), executor.deeds);
    }

    @Test
    void clock_moved_back_is_refused_while_the_process_runs_and_over_a_restart() {
        Proposal made = control.propose("王芳", ROTATE);
        clock.pass(Duration.ofMinutes(11));
        clock.set(Duration.ofMinutes(-10));
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> approve(made, 1)));
        clock.set(Duration.ofMinutes(-5));
        restart();
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> approve(made, 1)));
        clock.set(Duration.ofMinutes(15));
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 1)));
    }

    @Test
    void clock_corrected_by_a_second_is_nothing() {
        Proposal made = control.propose("王芳", ROTATE);
        clock.set(Duration.ofMillis(-1_500));
        assertEquals(ProposalState.WAITING, approve(made, 1).state());
        clock.set(Duration.ofHours(1));
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 2)));
    }

    @Test
    void fifth_wrong_pin_locks_and_the_right_one_does_not_help_any_more() {
        lock(2);
        assertEquals(
                KeyRefusal.CUSTODIAN_LOCKED, refusal(() -> control.authenticate(2, PinVerifierTest.pin(digits(2)))));
        restart();
        assertTrue(control.list().get(1).locked());
        assertEquals(
                KeyRefusal.CUSTODIAN_LOCKED, refusal(() -> control.authenticate(2, PinVerifierTest.pin(digits(2)))));
        assertEquals(new Custodian(1, "保管人1", 0, false), control.list().get(0));
    }

    @Test
    void right_pin_ends_a_row_of_wrong_ones() {
        for (int i = 0; i < 4; i++) {
            wrongPin(1);
        }
        control.authenticate(1, PinVerifierTest.pin(digits(1)));
        wrongPin(1);
        assertEquals(1, control.list().get(0).wrongPins());
    }

    @Test
    void wrong_pin_is_counted_on_disk_before_it_is_compared() {
        int before = disk.generations().size();
        wrongPin(1);
        CustodyState after = CustodyState.decode(disk.generations().get(before));
        assertEquals(1, after.custodians().get(0).wrongPins());
        disk.fail(1);
        assertThrows(
                VaultException.class, () -> control.authenticate(1, PinVerifierTest.pin(digits(1))), "no free try");
    }

    @Test
    void two_others_unlock_a_custodian() {
        lock(4);
        Proposal unlock = control.propose("王芳", new KeyOrder.UnlockCustodian(4));
        assertEquals(KeyRefusal.CUSTODIAN_LOCKED, refusal(() -> approve(unlock, 4)));
        approve(unlock, 1);
        Proposal done = approve(unlock, 2);
        assertEquals("保管人4", done.outcome());
        control.authenticate(4, PinVerifierTest.pin(digits(4)));
        restart();
        assertFalse(control.list().get(3).locked());
        assertEquals(
                KeyRefusal.UNKNOWN_CUSTODIAN, refusal(() -> control.propose("王芳", new KeyOrder.UnlockCustodian(9))));
    }

    @Test
    void pin_is_changed_by_who_knows_the_old_one() {
        assertEquals(
                KeyRefusal.WRONG_PIN,
                refusal(() -> control.changePin(1, PinVerifierTest.pin("777123"), PinVerifierTest.pin("135791"))));
        assertEquals(
                KeyRefusal.BAD_PIN,
                refusal(() -> control.changePin(1, PinVerifierTest.pin(digits(1)), PinVerifierTest.pin("111111"))));
        control.changePin(1, PinVerifierTest.pin(digits(1)), PinVerifierTest.pin("135791"));
        restart();
        control.authenticate(1, PinVerifierTest.pin("135791"));
        assertEquals(KeyRefusal.WRONG_PIN, refusal(() -> control.authenticate(1, PinVerifierTest.pin(digits(1)))));
        assertTrue(audit.contains("PIN_CHANGED custodian 1"));
    }

    @Test
    void killed_between_approval_and_deed_it_is_done_at_the_next_opening() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        executor.killBefore = true;
        assertThrows(CountingExecutor.Killed.class, () -> approve(made, 2));
        executor.killBefore = false;
        restart();
        assertEquals(ProposalState.APPROVED, control.proposals().get(0).state());
        assertEquals(List.of(), executor.deeds);

        control.resume();
        control.resume();

        assertEquals(ProposalState.DONE, control.proposals().get(0).state());
        assertEquals(1, executor.deeds.size());
    }

    @Test
    void killed_between_deed_and_its_record_it_is_not_done_again() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        executor.killAfter = true;
        assertThrows(CountingExecutor.Killed.class, () -> approve(made, 2));
        executor.killAfter = false;
        restart();
        control.resume();
        assertEquals(1, executor.deeds.size());
        assertEquals("done before a restart", control.proposals().get(0).outcome());
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 3)));
    }

    @Test
    void approval_that_could_not_be_written_does_not_count() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        // The try and its reset are two writes; the third is the approval.
        MemorySection before = disk;
        int generations = before.generations().size();
        approveFailingAtThirdWrite(made);
        assertEquals(generations + 2, before.generations().size());
        assertEquals(List.of(), executor.deeds);
        assertEquals(ProposalState.DONE, approve(made, 2).state());
    }

    private void approveFailingAtThirdWrite(Proposal made) {
        DualControl failing = new DualControl(
                new FailingAt(disk, 3),
                executor,
                (kind, who, detail) -> audit.add(kind + " " + who),
                DualControl.clock(clock, clock::monotonic),
                RandomSource.secure(),
                PinVerifierTest.CHEAP);
        assertThrows(
                VaultException.class,
                () -> failing.approve(made.number(), made.digest(), 2, PinVerifierTest.pin(digits(2))));
        restart();
    }

    @Test
    void order_that_turns_out_impossible_has_failed_for_good() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        executor.impossible = true;
        Proposal failed = approve(made, 2);
        assertEquals(ProposalState.FAILED, failed.state());
        assertTrue(failed.outcome().contains("no such key"));
        executor.impossible = false;
        control.resume();
        assertEquals(List.of(), executor.deeds);
    }

    @Test
    void sealed_vault_takes_no_key_order_and_keeps_the_first_approval() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        executor.sealed = true;
        assertEquals(KeyRefusal.SEALED, refusal(() -> approve(made, 2)));
        assertEquals(KeyRefusal.SEALED, refusal(() -> control.propose("王芳", ROTATE)));
        executor.sealed = false;
        assertEquals(ProposalState.DONE, approve(made, 2).state());
    }

    @Test
    void one_custodian_withdraws_and_nobody_approves_it_any_more() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        assertEquals(
                KeyRefusal.WRONG_PIN, refusal(() -> control.withdraw(made.number(), 2, PinVerifierTest.pin("777123"))));
        assertEquals(
                ProposalState.WITHDRAWN,
                control.withdraw(made.number(), 2, PinVerifierTest.pin(digits(2)))
                        .state());
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 3)));
    }

    @Test
    void proposals_are_bounded_and_old_ones_are_forgotten() {
        for (int i = 0; i < 32; i++) {
            control.propose("王芳", ROTATE);
        }
        assertEquals(KeyRefusal.TOO_MANY, refusal(() -> control.propose("王芳", ROTATE)));
        for (int round = 0; round < 3; round++) {
            clock.pass(Duration.ofMinutes(11));
            assertEquals(
                    0,
                    control.proposals().stream()
                            .filter(each -> !CustodyState.over(each))
                            .count());
            for (int i = 0; i < 32; i++) {
                control.propose("王芳", ROTATE);
            }
        }
        assertEquals(64 + 32, control.proposals().size());
    }

    @Test
    void quorum_resets_a_pin_when_everybody_is_locked_and_names_further_custodians() {
        for (int custodian = 1; custodian <= 4; custodian++) {
            lock(custodian);
        }
        control.reset(3, PinVerifierTest.pin("135791"));
        control.authenticate(3, PinVerifierTest.pin("135791"));
        assertEquals(KeyRefusal.BAD_PIN, refusal(() -> control.reset(3, PinVerifierTest.pin("1"))));
        assertEquals(KeyRefusal.UNKNOWN_CUSTODIAN, refusal(() -> control.reset(9, PinVerifierTest.pin("135791"))));
        assertEquals(KeyRefusal.SAME_CUSTODIAN, refusal(() -> control.add("保管人1", PinVerifierTest.pin("135791"))));
        for (int number = 5; number <= 15; number++) {
            assertEquals(number, control.add("保管人" + number, PinVerifierTest.pin("135791")));
        }
        assertEquals(KeyRefusal.TOO_MANY, refusal(() -> control.add("保管人16", PinVerifierTest.pin("135791"))));
        restart();
        assertEquals(15, control.list().size());
        assertTrue(audit.contains("PIN_CHANGED quorum at the command line"));
    }

    @Test
    void proposals_of_custodians_that_were_replaced_are_over() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        fourCustodians();
        assertEquals(ProposalState.WITHDRAWN, control.proposals().get(0).state());
        assertEquals(KeyRefusal.PROPOSAL_OVER, refusal(() -> approve(made, 2)));
    }

    @Test
    void proposer_with_markup_in_the_name_is_refused() {
        assertEquals(KeyRefusal.BAD_NAME, refusal(() -> control.propose("<script>", ROTATE)));
    }

    @Test
    void state_survives_the_disk_byte_for_byte() {
        Proposal made = control.propose("王芳", ROTATE);
        approve(made, 1);
        byte[] kept = disk.load();
        assertArrayEquals(kept, CustodyState.decode(kept).encode());
        byte[] newer = kept.clone();
        newer[0] = 2;
        assertThrows(IllegalStateException.class, () -> CustodyState.decode(newer));
    }
}
