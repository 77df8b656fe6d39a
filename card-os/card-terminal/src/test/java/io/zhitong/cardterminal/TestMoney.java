package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Host of the test cards' deposits, computing as docs/card.md says, and its journal. */
final class TestMoney implements MoneyHost, MoneyJournal {
    final List<HostRecord> open = new ArrayList<>();
    final List<Boolean> ends = new ArrayList<>();

    private static byte[] session(HostRecord t) {
        byte[] key = switch (t.type()) {
            case UNLOAD -> RealCards.DULK;
            case OVERDRAFT -> RealCards.DUK;
            default -> RealCards.DLK;
        };
        return CardAlgorithm.SM4.sessionKey(key, t.sessionSeed());
    }

    @Override
    public Optional<byte[]> authorise(HostRecord t) {
        return Arrays.equals(t.mac1(), CardAlgorithm.SM4.mac4(session(t), t.mac1Data()))
                ? Optional.of(CardAlgorithm.SM4.mac4(session(t), t.mac2Data()))
                : Optional.empty();
    }

    @Override
    public boolean proofHolds(HostRecord t) {
        byte[] expected = t.provesBySession()
                ? CardAlgorithm.SM4.mac4(session(t), t.proofData())
                : CardAlgorithm.SM4.tac4(RealCards.DTK, t.proofData());
        return Arrays.equals(expected, t.proof());
    }

    @Override
    public void intent(HostRecord transaction) {
        open.add(transaction);
    }

    @Override
    public void settled(HostRecord transaction, boolean done) {
        assertTrue(
                open.removeIf(t -> t.onlineSeq() == transaction.onlineSeq() && t.type() == transaction.type()),
                "settled once, after its intent");
        ends.add(done);
    }
}
