package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyLineage;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.life.IssuerRule;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.SecretAccess;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The masters a vault holds and the way from a {@link KeyRef} to a key (主密钥目录). It works from any level downward: a city
 * that was given its city masters has them with a path of one factor, and a reference to another city finds nothing. Where
 * several lead to a key the lowest counts, whatever its state: a city's own master hides the root.
 */
final class MasterKeys {
    private static final int BLOCK = 16;
    private static final int DES_BLOCK = 8;
    private static final int KCV = 3;
    private static final int REDUCTION = 0x87;

    private record Held(KeyListing about, Optional<ModuleKey> key) {}

    private final Clock clock;
    private final CryptoModule module;
    private final IssuerRule issuers;
    private final List<Held> masters = new ArrayList<>();

    /** Loads the masters into the module, which takes them over. */
    MasterKeys(CryptoModule module, List<StoredMaster> stored, Clock clock) {
        this.clock = clock;
        this.module = module;
        this.issuers = IssuerRule.of(stored);
        stored.forEach(master -> masters.add(new Held(master.about(), load(module, master))));
    }

    private static Optional<ModuleKey> load(CryptoModule module, StoredMaster master) {
        if (master.about().state() == KeyState.DESTROYED) {
            return Optional.empty();
        }
        return Optional.of(
                master.inClear()
                        ? module.loadSm4(master.key())
                        : module.importWrapped(master.key().export(SecretAccess.TOKEN)));
    }

    List<KeyListing> list() {
        return masters.stream().map(Held::about).toList();
    }

    /**
     * The derived key, if the operation is allowed with it.
     *
     * @throws KeyServiceException with the reason, in this order: level, usage, issuer, existence, state
     */
    DerivedKey resolve(KeyRef ref, KeyOperation operation) {
        checkLevel(ref, operation);
        if (!ref.usage().allows(operation)) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ALLOWED,
                    ref.usage() + " (" + ref.usage().chinese() + ") never " + operation.english());
        }
        issuers.check(ref, operation);
        Held held = nearest(ref);
        checkLife(held.about(), operation);
        return below(held, ref);
    }

    /**
     * Where a key comes from, down to the card: the master and the check value of each step behind it.
     *
     * @throws KeyServiceException UNKNOWN_KEY, or BAD_FACTORS for a path longer than the chain
     */
    KeyLineage lineage(KeyRef ref) {
        if (ref.factors().size() > ref.usage().chain().depth()) {
            throw new KeyServiceException(KeyRefusal.BAD_FACTORS, "expected at most the factors of the chain");
        }
        Held held = nearest(ref);
        List<byte[]> kcvs = new ArrayList<>();
        for (int size = held.about().level() + 1;
                held.key().isPresent() && size <= ref.factors().size();
                size++) {
            KeyRef step = new KeyRef(ref.usage(), ref.version(), ref.factors().subList(0, size));
            kcvs.add(kcv(below(held, step)));
        }
        return new KeyLineage(ref, held.about(), kcvs);
    }

    private Held nearest(KeyRef ref) {
        return masters.stream()
                .filter(master -> master.about().key().leadsTo(ref))
                .max(Comparator.comparingInt(master -> master.about().level()))
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.UNKNOWN_KEY,
                        "no master of " + ref.usage() + " version " + ref.version() + " leads there"));
    }

    private void checkLife(KeyListing about, KeyOperation operation) {
        String which = about.usage() + " version " + about.version();
        if (!about.state().allows(operation)) {
            throw new KeyServiceException(
                    KeyRefusal.KEY_NOT_ACTIVE, which + " is " + about.state().english());
        }
        if (!about.terms().allows(operation, clock.instant().getEpochSecond())) {
            throw new KeyServiceException(KeyRefusal.KEY_NOT_ACTIVE, which + " is outside its validity");
        }
    }

    private static DerivedKey below(Held held, KeyRef ref) {
        ModuleKey key = held.key()
                .orElseThrow(() -> new KeyServiceException(KeyRefusal.KEY_NOT_ACTIVE, "the master is destroyed"));
        List<byte[]> steps =
                ref.factors().subList(held.about().level(), ref.factors().size());
        if (!ref.usage().tripleDes() || !ref.cardLevel()) {
            return new DerivedKey(key, steps);
        }
        int last = steps.size() - 1;
        return new DerivedKey(key, steps.subList(0, last)).thenCard(steps.get(last));
    }

    /** SM4-CMAC(K, 0¹⁶) is E(2·E(0)), one whole block; 3DES-ECB(K, 0⁸) for a card's key of 3DES. */
    private byte[] kcv(DerivedKey key) {
        if (key.isTripleDes()) {
            return Arrays.copyOf(module.encryptBlock(key, new byte[DES_BLOCK]), KCV);
        }
        byte[] block = module.encryptBlock(key, new byte[BLOCK]);
        int over = block[0] & 0x80;
        for (int i = 0; i < BLOCK; i++) {
            int next = i + 1 < BLOCK ? (block[i + 1] & 0xFF) >> 7 : 0;
            block[i] = (byte) (block[i] << 1 | next);
        }
        block[BLOCK - 1] ^= (byte) (over == 0 ? 0 : REDUCTION);
        return Arrays.copyOf(module.encryptBlock(key, block), KCV);
    }

    private static void checkLevel(KeyRef ref, KeyOperation operation) {
        int depth = ref.usage().chain().depth();
        boolean master = operation == KeyOperation.INTO_SAM || operation == KeyOperation.PROTECT_BLOCK;
        int expected = master ? depth - 1 : depth;
        int came = ref.factors().size();
        if (came > depth) {
            throw new KeyServiceException(KeyRefusal.BAD_FACTORS, "expected " + expected + " factors, came " + came);
        }
        if (came != expected) {
            throw new KeyServiceException(
                    KeyRefusal.MASTER_DERIVES_ONLY,
                    "expected " + expected + " factors (" + ref.usage().chain().english() + "), came " + came);
        }
    }
}
