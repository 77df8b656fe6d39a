package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardAlgorithm;
import java.util.Arrays;
import java.util.Optional;

/** Knows the test cards' keys and computes as docs/card.md says. */
final class TestHost implements LoadHost {
    static final TestHost INSTANCE = new TestHost();

    static final LoadJournal FORGETFUL = new LoadJournal() {
        @Override
        public void intent(LoadRecord load) {}

        @Override
        public void settled(LoadRecord load, boolean credited) {}
    };

    private TestHost() {}

    @Override
    public Optional<byte[]> authorise(LoadRecord load) {
        byte[] session = CardAlgorithm.SM4.sessionKey(RealCards.DLK, load.sessionSeed());
        return Arrays.equals(load.mac1(), CardAlgorithm.SM4.mac4(session, load.mac1Data()))
                ? Optional.of(CardAlgorithm.SM4.mac4(session, load.mac2Data()))
                : Optional.empty();
    }

    @Override
    public boolean tacHolds(LoadRecord load) {
        return Arrays.equals(load.tac(), CardAlgorithm.SM4.tac4(RealCards.DTK, load.tacData()));
    }
}
