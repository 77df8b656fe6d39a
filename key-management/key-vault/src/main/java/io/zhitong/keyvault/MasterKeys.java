package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.store.StoredMaster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The masters a vault holds and the way from a {@link KeyRef} to a key (主密钥目录). It works from any level downward: a city
 * that was given its city masters has them with a path of one factor, and a reference to another city finds nothing.
 */
final class MasterKeys {
    private record Held(StoredMaster stored, ModuleKey key) {}

    private final CryptoModule module;
    private final List<Held> masters = new ArrayList<>();

    /** Loads the masters into the module, which takes them over. */
    MasterKeys(CryptoModule module, List<StoredMaster> stored) {
        this.module = module;
        stored.forEach(master -> masters.add(new Held(master, module.loadSm4(master.key()))));
    }

    List<KeyListing> list() {
        return masters.stream().map(this::listing).toList();
    }

    private KeyListing listing(Held held) {
        StoredMaster stored = held.stored();
        return new KeyListing(
                stored.usage(),
                stored.version(),
                stored.path().size(),
                stored.state(),
                stored.made().getEpochSecond(),
                module.kcv(held.key()));
    }

    /**
     * The derived key, if the operation is allowed with it.
     *
     * @throws KeyServiceException with the reason, in this order: level, usage, existence, state
     */
    DerivedKey resolve(KeyRef ref, KeyOperation operation) {
        checkLevel(ref, operation);
        if (!ref.usage().allows(operation)) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ALLOWED,
                    ref.usage() + " (" + ref.usage().chinese() + ") never " + operation.english());
        }
        Held held = masters.stream()
                .filter(master -> fits(master.stored(), ref))
                .max(Comparator.comparingInt(master -> master.stored().path().size()))
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.UNKNOWN_KEY,
                        "no master of " + ref.usage() + " version " + ref.version() + " leads there"));
        if (!held.stored().state().allows(operation)) {
            throw new KeyServiceException(
                    KeyRefusal.KEY_NOT_ACTIVE,
                    ref.usage() + " version " + ref.version() + " is "
                            + held.stored().state().english());
        }
        int done = held.stored().path().size();
        List<byte[]> steps = ref.factors().subList(done, ref.factors().size());
        if (!ref.usage().tripleDes() || !ref.cardLevel()) {
            return new DerivedKey(held.key(), steps);
        }
        int last = steps.size() - 1;
        return new DerivedKey(held.key(), steps.subList(0, last)).thenCard(steps.get(last));
    }

    private static boolean fits(StoredMaster master, KeyRef ref) {
        return master.usage() == ref.usage() && master.version() == ref.version() && master.leadsTo(ref.factors());
    }

    private static void checkLevel(KeyRef ref, KeyOperation operation) {
        int depth = ref.usage().chain().depth();
        int expected = operation == KeyOperation.INTO_SAM ? depth - 1 : depth;
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
