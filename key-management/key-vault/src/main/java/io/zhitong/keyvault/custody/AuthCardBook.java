package io.zhitong.keyvault.custody;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.AuthenticationCard;
import io.zhitong.keyapi.AuthenticationCards;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.custodian.CustodyNotes;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Authentication cards inside the vault (认证卡登记): challenges, each with the SM3 of its answer, in the operational
 * compartment; a challenge is struck out on disk before its answer is compared. Proofs live in memory. Thread-safe.
 */
public final class AuthCardBook implements AuthenticationCards {
    private static final int BLOCK = 16;

    private record Proof(byte[] digest, Instant until) {}

    private final KeptSection kept;
    private final CustodyPins pins;
    private final CustodyNotes notes;
    private final Clock clock;
    private final Map<Integer, Proof> proofs = new HashMap<>();
    private AuthCardState state;

    public AuthCardBook(KeptSection kept, CustodyPins pins, CustodyNotes notes, Clock clock) {
        this.kept = kept;
        this.pins = pins;
        this.notes = notes;
        this.clock = clock;
        this.state = AuthCardState.decode(kept.load());
    }

    @Override
    public synchronized List<AuthenticationCard> cards() {
        return state.cards().stream()
                .map(card -> new AuthenticationCard(
                        card.custodian(), card.serial(), card.pairs().size()))
                .toList();
    }

    @Override
    public synchronized AuthenticationCard enrol(
            CustodyPerson custodian, CustodyPerson witness, byte[] serial, List<byte[]> pairs) {
        boolean shaped = !pairs.isEmpty()
                && pairs.size() <= MOST_PAIRS
                && pairs.stream().allMatch(pair -> pair.length == 2 * BLOCK);
        if (!shaped || custodian.custodian() == 0 || witness.custodian() == 0) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected two custodians and challenges with answers");
        }
        if (custodian.custodian() == witness.custodian()) {
            throw new KeyServiceException(KeyRefusal.WITNESS_NEEDED, "another custodian is needed");
        }
        pins.authenticate(custodian.custodian(), custodian.pin());
        pins.authenticate(witness.custodian(), witness.pin());
        List<AuthCardState.Pair> hashed = pairs.stream()
                .map(pair -> new AuthCardState.Pair(
                        Arrays.copyOf(pair, BLOCK), Sm3.hash(Arrays.copyOfRange(pair, BLOCK, 2 * BLOCK))))
                .toList();
        keep(state.with(new AuthCardState.Card(custodian.custodian(), serial, hashed)));
        proofs.remove(custodian.custodian());
        note("card " + Hex.of(serial) + " of custodian " + custodian.custodian() + " enrolled before custodian "
                + witness.custodian());
        return new AuthenticationCard(custodian.custodian(), serial, pairs.size());
    }

    @Override
    public synchronized byte[] challenge(int custodian) {
        return next(custodian).challenge();
    }

    @Override
    public synchronized void prove(int custodian, byte[] digest, byte[] answer) {
        AuthCardState.Pair asked = next(custodian);
        keep(state.withoutFirst(custodian));
        if (!MessageDigest.isEqual(asked.answerHash(), Sm3.hash(answer))) {
            notes.note(AuditKind.REFUSED, "custodian " + custodian, KeyRefusal.CARD_ANSWER_WRONG.english());
            throw new KeyServiceException(
                    KeyRefusal.CARD_ANSWER_WRONG, "expected this custodian's card of this vault; it was counted");
        }
        proofs.put(custodian, new Proof(digest.clone(), clock.instant().plus(Duration.ofMinutes(MINUTES))));
        note("card of custodian " + custodian + " shown");
    }

    /**
     * Called before an approval counts: who has a card must have shown it for this proposal; once.
     *
     * @throws KeyServiceException {@link KeyRefusal#CARD_NEEDED}
     */
    synchronized void require(int custodian, byte[] digest) {
        if (state.of(custodian).isEmpty()) {
            return;
        }
        Proof proof = proofs.remove(custodian);
        boolean good = proof != null
                && MessageDigest.isEqual(proof.digest(), digest)
                && clock.instant().isBefore(proof.until());
        if (!good) {
            throw new KeyServiceException(KeyRefusal.CARD_NEEDED, "zt keys card prove, then approve");
        }
    }

    private AuthCardState.Pair next(int custodian) {
        return state.of(custodian)
                .flatMap(card -> card.pairs().stream().findFirst())
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.CARD_SPENT, "enrol a card: zt keys card make authentication"));
    }

    private void note(String what) {
        notes.note(AuditKind.CUSTODY, "vault", "authentication " + what);
    }

    private void keep(AuthCardState changed) {
        kept.save(changed.encode());
        state = changed;
    }
}
