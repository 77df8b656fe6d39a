package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;

/** Factory-fresh cards, and a hand that takes them away in the middle. */
final class TestCards {
    private TestCards() {}

    static Card fresh(CardProfile profile, SecretBytes transportKey) {
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.of(nvm, profile, ChipIdentity.fresh(RandomSource.secure()), transportKey);
        return new Card(nvm, RandomSource.secure());
    }

    /** The card leaves at the n-th exchange; {@code done} tells whether it still carried that command out. */
    static CardChannel leavingAt(int n, boolean done, Card card) {
        int[] left = {n};
        return command -> {
            left[0]--;
            if (left[0] == 0 && done) {
                card.process(command);
            }
            if (left[0] <= 0) {
                throw new CardException(CardException.Reason.REMOVED, "the card left");
            }
            return card.process(command);
        };
    }
}
