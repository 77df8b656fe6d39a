package io.zhitong.keyvault.life;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.block.KeyBlock;
import io.zhitong.keyvault.block.KeyBlockHeader;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The masters of a vault as a value (密钥册): each change gives a new register, which is stored as a whole or not at all.
 * Nothing here asks who may order it.
 *
 * @param masters in the order they were made, destroyed ones included: a number is never used twice
 */
public record MasterRegister(List<StoredMaster> masters) {
    public MasterRegister {
        masters = List.copyOf(masters);
    }

    /**
     * With a fresh, pre-active master.
     *
     * @param name its number above every version of its usage on the way up or down from it
     * @throws KeyServiceException KEY_EXISTS, NOT_ISSUER
     */
    public MasterRegister newVersion(KeyRef name, KeyTerms terms, long now, RandomSource random) {
        IssuerRule.of(masters).check(name, KeyOperation.INTO_CARD);
        int newest = masters.stream()
                .map(StoredMaster::name)
                .filter(other -> other.usage() == name.usage())
                .filter(other -> other.above(name.factors()) || name.above(other.factors()))
                .mapToInt(KeyRef::version)
                .max()
                .orElse(0);
        if (name.version() <= newest) {
            throw new KeyServiceException(KeyRefusal.KEY_EXISTS, "expected a version above " + newest);
        }
        checkLevel(name);
        SecretBytes key = SecretBytes.takeOver(random.bytes(MasterBytes.KEY));
        return with(StoredMaster.begin(name, KeyState.PRE_ACTIVE, terms, now, key));
    }

    /**
     * With one master in another state; a destroyed one has no key any more.
     *
     * @throws KeyServiceException UNKNOWN_KEY, ILLEGAL_STATE_CHANGE
     */
    public MasterRegister change(KeyRef name, KeyState next, long now) {
        StoredMaster found = stored(name);
        if (!found.state().mayBecome(next)) {
            throw new KeyServiceException(
                    KeyRefusal.ILLEGAL_STATE_CHANGE, found.state().english() + " never becomes " + next.english());
        }
        return new MasterRegister(masters.stream()
                .map(each -> each.name().same(name) ? each.in(next, now) : each)
                .toList());
    }

    /**
     * With a master that came as a key block.
     *
     * @param samOnly another issuer's purse
     * @throws KeyServiceException BAD_KEY_BLOCK, KEY_EXISTS, NOT_ALLOWED, or why the exchange key does not work
     */
    public MasterRegister importBlock(KeyRef exchange, boolean samOnly, String block, long now) {
        try (SecretBytes protection = exchangeKey(exchange, now)) {
            KeyBlock opened = KeyBlock.open(block, protection);
            KeyBlockHeader header = opened.header();
            return imported(header.key(), header.exportability(), samOnly, opened.key(), now);
        }
    }

    /**
     * With a master put together from components that people brought; takes over the key.
     *
     * @throws KeyServiceException KEY_EXISTS, NOT_ALLOWED
     */
    public MasterRegister imported(
            KeyRef name, Exportability exportability, boolean samOnly, SecretBytes key, long now) {
        checkLevel(name);
        if (samOnly && !forPsams(name)) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a city's purchase master, came " + name);
        }
        if (masters.stream().anyMatch(each -> each.name().same(name))) {
            throw new KeyServiceException(KeyRefusal.KEY_EXISTS, name.text());
        }
        KeyOrigin origin = samOnly ? KeyOrigin.FOREIGN_ISSUER : KeyOrigin.IMPORTED;
        KeyTerms terms = new KeyTerms(origin, exportability, now, 0, "");
        return with(StoredMaster.begin(name, KeyState.PRE_ACTIVE, terms, now, key));
    }

    /**
     * A master, stored or derived from a stored one, as a key block.
     *
     * @throws KeyServiceException NOT_EXPORTABLE, UNKNOWN_KEY, NOT_ALLOWED, KEY_NOT_ACTIVE
     */
    public String exportBlock(KeyRef name, KeyRef exchange, long now, RandomSource random) {
        checkLevel(name);
        StoredMaster source = nearest(name);
        if (source.about().terms().exportability() != Exportability.EXCHANGE) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_EXPORTABLE, source.name().text());
        }
        if (name.usage() == KeyUsage.EXCHANGE) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "exchange keys travel as components only");
        }
        checkExists(source);
        try (SecretBytes protection = exchangeKey(exchange, now);
                SecretBytes key = MasterBytes.below(source, name.factors())) {
            return KeyBlock.seal(new KeyBlockHeader(name, Exportability.EXCHANGE), key, protection, random);
        }
    }

    private SecretBytes exchangeKey(KeyRef exchange, long now) {
        if (!exchange.usage().allows(KeyOperation.PROTECT_BLOCK)
                || exchange.factors().size() != KeyChain.PARTNER.depth() - 1) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a partner's exchange key");
        }
        StoredMaster source = nearest(exchange);
        KeyListing about = source.about();
        boolean works = about.state() == KeyState.ACTIVE && about.terms().allows(KeyOperation.PROTECT_BLOCK, now);
        if (!works) {
            throw new KeyServiceException(KeyRefusal.KEY_NOT_ACTIVE, exchange.text());
        }
        return MasterBytes.below(source, exchange.factors());
    }

    private static void checkExists(StoredMaster source) {
        if (source.state() == KeyState.DESTROYED || source.state() == KeyState.COMPROMISED) {
            throw new KeyServiceException(
                    KeyRefusal.KEY_NOT_ACTIVE,
                    source.name().text() + " is " + source.state().english());
        }
    }

    private static void checkLevel(KeyRef name) {
        if (name.factors().size() >= name.usage().chain().depth()) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a master, came a card's own key");
        }
    }

    private static boolean forPsams(KeyRef name) {
        return name.usage().allows(KeyOperation.INTO_SAM)
                && name.usage().chain() == KeyChain.CITY
                && name.factors().size() == KeyChain.CITY.depth() - 1;
    }

    private StoredMaster stored(KeyRef name) {
        return masters.stream()
                .filter(each -> each.name().same(name))
                .findFirst()
                .orElseThrow(() -> new KeyServiceException(KeyRefusal.UNKNOWN_KEY, "no stored master " + name.text()));
    }

    private StoredMaster nearest(KeyRef name) {
        return masters.stream()
                .filter(each -> each.name().leadsTo(name))
                .max(Comparator.comparingInt(each -> each.path().size()))
                .orElseThrow(() -> new KeyServiceException(KeyRefusal.UNKNOWN_KEY, "no master leads there"));
    }

    private MasterRegister with(StoredMaster fresh) {
        List<StoredMaster> all = new ArrayList<>(masters);
        all.add(fresh);
        return new MasterRegister(all);
    }
}
