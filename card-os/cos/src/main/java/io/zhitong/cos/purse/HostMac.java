package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import java.util.Arrays;

/** MAC2 of the load host (主机 MAC2), for load, unload and overdraft. */
final class HostMac {
    private HostMac() {}

    /**
     * Compares MAC2, a try of the key spent before and restored after; 9302 if it is wrong.
     *
     * @return the session key, to be wiped
     */
    static byte[] verify(CardContext card, Begun begun, byte[] covered, byte[] mac2) {
        CardAlgorithm algorithm = begun.key().algorithm();
        byte[] seed = PurseCryptograms.onlineSeed(begun.random4(), begun.sequence());
        boolean counted = card.profile().switches().triesOnMoneyKeys();
        if (counted) {
            card.spendTry(begun.key());
        }
        byte[] session = PurseAccess.with(begun.key(), key -> algorithm.sessionKey(key, seed));
        if (!SecureMessaging.same(algorithm.mac4(session, covered), mac2)) {
            Arrays.fill(session, (byte) 0);
            throw new CommandRefused(StatusWord.PURSE_MAC_WRONG);
        }
        if (counted) {
            begun.key().restoreTries();
        }
        return session;
    }
}
