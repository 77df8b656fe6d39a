package io.zhitong.keyvault.life;

import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyvault.store.StoredMaster;
import java.util.Arrays;
import java.util.List;

/**
 * Whose purse it is (钱包发行方). A city whose purchase master another issuer gave us is that issuer's: of all keys of its
 * purse only that master works here, and it goes into PSAMs and does nothing else, even where a root of ours would lead to
 * the city. Purses of SM4 and of 3DES are told apart.
 */
public final class IssuerRule {
    private final List<KeyListing> foreign;

    private IssuerRule(List<KeyListing> foreign) {
        this.foreign = foreign;
    }

    public static IssuerRule of(List<StoredMaster> masters) {
        return new IssuerRule(masters.stream()
                .map(StoredMaster::about)
                .filter(about -> about.terms().origin() == KeyOrigin.FOREIGN_ISSUER)
                .filter(about -> about.state() != KeyState.DESTROYED)
                .toList());
    }

    /** @throws KeyServiceException {@link KeyRefusal#NOT_ISSUER} */
    public void check(KeyRef ref, KeyOperation operation) {
        boolean theirs = foreign.stream().anyMatch(about -> ofItsPurse(about, ref));
        if (theirs && operation != KeyOperation.INTO_SAM) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ISSUER, "another issuer's purse: its keys only go into PSAMs, " + ref.usage());
        }
    }

    private static boolean ofItsPurse(KeyListing about, KeyRef ref) {
        return ref.usage().chain() == KeyChain.CITY
                && ref.usage().tripleDes() == about.usage().tripleDes()
                && !ref.factors().isEmpty()
                && Arrays.equals(about.path().get(0), ref.factors().get(0));
    }
}
