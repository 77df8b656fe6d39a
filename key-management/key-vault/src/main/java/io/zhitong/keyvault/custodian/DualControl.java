package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.Custodians;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Custodians and their proposals inside the vault (双人控制). Every change is on disk before its answer; what two have
 * approved is done once, also when the process dies between the approval and the deed: {@link #resume}. Thread-safe.
 */
public final class DualControl implements Custodians {
    /** How long a proposal waits. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final String QUORUM = "quorum at the command line";
    private static final int APPROVALS = 2;
    private static final int MOST_WAITING = 32;

    private final KeptSection kept;
    private final OrderExecutor executor;
    private final CustodyNotes notes;
    private final CarefulClock clock;
    private final RandomSource random;
    private final PinCost cost;
    private CustodyState state;

    /** With the machine's monotonic clock. */
    public DualControl(
            KeptSection kept,
            OrderExecutor executor,
            CustodyNotes notes,
            Clock clock,
            RandomSource random,
            PinCost cost) {
        this(
                kept,
                executor,
                notes,
                new CarefulClock(clock, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
                random,
                cost);
    }

    DualControl(
            KeptSection kept,
            OrderExecutor executor,
            CustodyNotes notes,
            CarefulClock clock,
            RandomSource random,
            PinCost cost) {
        this.kept = kept;
        this.executor = executor;
        this.notes = notes;
        this.clock = clock;
        this.random = random;
        this.cost = cost;
        this.state = CustodyState.decode(kept.load());
    }

    static CarefulClock clock(Clock wall, LongSupplier monotonicMillis) {
        return new CarefulClock(wall, monotonicMillis);
    }

    /**
     * Puts in the custodians of a ceremony that has closed, or of a demo. Those before them are none any more, and what they
     * had begun to approve is withdrawn.
     */
    public synchronized void install(List<CustodianEntry> custodians) {
        CustodyState changed = state.withCustodians(custodians);
        for (Proposal each : state.proposals()) {
            if (!CustodyState.over(each)) {
                changed = changed.with(each.with(ProposalState.WITHDRAWN, each.approvers(), "other custodians"));
            }
        }
        keep(changed);
    }

    /**
     * One more custodian, by the quorum that is present: for a vault that was made without a ceremony.
     *
     * @return the custodian's number
     */
    public synchronized int add(String name, SecretBytes pin) {
        int number = state.custodians().size() + 1;
        if (number > Custodian.MOST) {
            throw new KeyServiceException(KeyRefusal.TOO_MANY, "expected at most " + Custodian.MOST + " custodians");
        }
        if (state.custodians().stream().anyMatch(each -> each.name().equals(name))) {
            throw new KeyServiceException(KeyRefusal.SAME_CUSTODIAN, "there is a custodian of that name");
        }
        List<CustodianEntry> all = new ArrayList<>(state.custodians());
        all.add(new CustodianEntry(number, name, 0, PinVerifier.of(pin, cost, random)));
        keep(state.withCustodians(all));
        notes.note(AuditKind.PIN_CHANGED, QUORUM, "added " + who(number));
        return number;
    }

    /** A new PIN for who forgot it, and no lock any more, by the quorum that is present. */
    public synchronized void reset(int custodian, SecretBytes pin) {
        CustodianEntry changed =
                PinGuard.find(state.custodians(), custodian).withPin(PinVerifier.of(pin, cost, random));
        keep(state.withCustodians(PinGuard.replace(state.custodians(), changed)));
        notes.note(AuditKind.PIN_CHANGED, QUORUM, "reset " + who(custodian));
    }

    @Override
    public synchronized List<Custodian> list() {
        return state.custodians().stream().map(CustodianEntry::shown).toList();
    }

    @Override
    public synchronized void changePin(int custodian, SecretBytes oldPin, SecretBytes newPin) {
        CustodianEntry entry = authenticate(custodian, oldPin);
        CustodianEntry changed = entry.withPin(PinVerifier.of(newPin, cost, random));
        keep(state.withCustodians(PinGuard.replace(state.custodians(), changed)));
        notes.note(AuditKind.PIN_CHANGED, who(custodian), "");
    }

    /** Answers when the PIN is right; wrong ones are counted and recorded. */
    public synchronized CustodianEntry authenticate(int custodian, SecretBytes pin) {
        try {
            return PinGuard.check(state.custodians(), custodian, pin, all -> keep(state.withCustodians(all)));
        } catch (KeyServiceException e) {
            if (e.reason() != KeyRefusal.UNKNOWN_CUSTODIAN) {
                notes.note(AuditKind.PIN_REFUSED, who(custodian), e.reason().english());
            }
            throw e;
        }
    }

    @Override
    public synchronized Proposal propose(String proposer, KeyOrder order) {
        expire();
        long now = clock.now(state.newest());
        if (state.proposals().stream().filter(each -> !CustodyState.over(each)).count() >= MOST_WAITING) {
            throw new KeyServiceException(
                    KeyRefusal.TOO_MANY, MOST_WAITING + " proposals wait: approve or withdraw some");
        }
        check(order);
        Proposal made = new Proposal(
                random.bytes(Proposal.NUMBER),
                order,
                proposer,
                now,
                now + LIFE.toMillis(),
                ProposalState.WAITING,
                List.of(),
                "");
        keep(state.at(now).with(made));
        notes.note(AuditKind.PROPOSED, proposer, made.name() + " " + order.english());
        return made;
    }

    @Override
    public synchronized List<Proposal> proposals() {
        expire();
        return state.proposals();
    }

    @Override
    public synchronized Proposal approve(byte[] number, byte[] digest, int custodian, SecretBytes pin) {
        Proposal asked = waiting(number);
        if (!MessageDigest.isEqual(asked.digest(), digest)) {
            throw new KeyServiceException(
                    KeyRefusal.ORDER_CHANGED, "expected the digest of what waits here: look at it again");
        }
        authenticate(custodian, pin);
        if (asked.approvers().contains(custodian)) {
            throw new KeyServiceException(KeyRefusal.SAME_CUSTODIAN, "this custodian has approved already");
        }
        List<Integer> approvers = new ArrayList<>(asked.approvers());
        approvers.add(custodian);
        boolean enough = approvers.size() == APPROVALS;
        if (enough) {
            check(asked.order());
        }
        Proposal approved = asked.with(enough ? ProposalState.APPROVED : ProposalState.WAITING, approvers, "");
        keep(state.with(approved));
        notes.note(
                AuditKind.APPROVED,
                who(custodian),
                approved.name() + " " + approved.order().english());
        return enough ? execute(approved) : approved;
    }

    @Override
    public synchronized Proposal withdraw(byte[] number, int custodian, SecretBytes pin) {
        Proposal asked = waiting(number);
        authenticate(custodian, pin);
        Proposal withdrawn = asked.with(ProposalState.WITHDRAWN, asked.approvers(), "");
        keep(state.with(withdrawn));
        notes.note(AuditKind.WITHDRAWN, who(custodian), withdrawn.name());
        return withdrawn;
    }

    /** Does what was approved and not done when the process ended: called once the executor can. */
    public synchronized void resume() {
        state.proposals().stream()
                .filter(each -> each.state() == ProposalState.APPROVED)
                .forEach(this::execute);
    }

    private Proposal execute(Proposal approved) {
        CustodyState changed = state;
        Proposal done;
        try {
            if (approved.order() instanceof KeyOrder.UnlockCustodian unlock) {
                CustodianEntry entry = PinGuard.find(state.custodians(), unlock.custodian());
                changed = state.withCustodians(PinGuard.replace(state.custodians(), entry.withWrongPins(0)));
                done = approved.with(ProposalState.DONE, approved.approvers(), entry.name());
            } else {
                done = approved.with(ProposalState.DONE, approved.approvers(), once(approved));
            }
        } catch (KeyServiceException e) {
            if (e.reason() == KeyRefusal.SEALED) {
                return approved;
            }
            done = approved.with(ProposalState.FAILED, approved.approvers(), String.valueOf(e.getMessage()));
        }
        keep(changed.with(done));
        AuditKind kind = done.state() == ProposalState.DONE ? AuditKind.ORDER_DONE : AuditKind.ORDER_FAILED;
        notes.note(kind, "vault", done.name() + " " + done.order().english());
        return done;
    }

    private String once(Proposal approved) {
        return executor.done(approved.number())
                ? "done before a restart"
                : executor.execute(approved.number(), approved.order());
    }

    private void check(KeyOrder order) {
        if (order instanceof KeyOrder.UnlockCustodian unlock) {
            PinGuard.find(state.custodians(), unlock.custodian());
        } else {
            executor.check(order);
        }
    }

    private Proposal waiting(byte[] number) {
        expire();
        Proposal found = state.proposals().stream()
                .filter(each -> Arrays.equals(each.number(), number))
                .findFirst()
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.UNKNOWN_PROPOSAL, "expected the number of a proposal: list them"));
        if (found.state() != ProposalState.WAITING) {
            throw new KeyServiceException(
                    KeyRefusal.PROPOSAL_OVER, "it is " + found.state().english() + ": propose it again");
        }
        return found;
    }

    private void expire() {
        long now = clock.now(state.newest());
        state.proposals().stream()
                .filter(each -> each.state() == ProposalState.WAITING && now >= each.ends())
                .forEach(each -> keep(state.at(now).with(each.with(ProposalState.EXPIRED, each.approvers(), ""))));
    }

    private static String who(int custodian) {
        return "custodian " + custodian;
    }

    private void keep(CustodyState changed) {
        kept.save(changed.encode());
        state = changed;
    }
}
