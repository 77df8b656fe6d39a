package io.zhitong.keyvault;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyvault.custodian.OrderExecutor;
import io.zhitong.keyvault.life.MasterRegister;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Does what was ordered with masters (主密钥指令), once for each order: the order's number is kept in the same write as what it
 * changed. Who may order it was asked before.
 */
final class MasterOrders implements OrderExecutor {
    /** Note in the master compartment: numbers of the newest orders done, 8 bytes each. */
    private static final String DONE = "orders-done";

    private static final int NUMBER = 8;
    private static final int REMEMBERED = 256;

    /** The register after an order, and what people are told. */
    record Result(MasterRegister after, String outcome) {}

    private final MasterCompartment masters;
    private final RandomSource random;
    private final Clock clock;

    MasterOrders(MasterCompartment masters, RandomSource random, Clock clock) {
        this.masters = masters;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Whether it could be done now: it is, and nothing is kept.
     *
     * @throws KeyServiceException why not
     */
    @Override
    public void check(KeyOrder order) {
        masters.use(open -> {
            List<StoredMaster> before = open.content().masters();
            Result result = apply(new MasterRegister(before), order);
            result.after().masters().stream()
                    .filter(each -> before.stream().noneMatch(known -> known.key() == each.key()))
                    .forEach(each -> each.key().close());
            return true;
        });
    }

    /** Whether the order of that number has been done. */
    @Override
    public boolean done(byte[] number) {
        return masters.use(open -> numbers(open.content()).stream().anyMatch(each -> Arrays.equals(each, number)));
    }

    /**
     * Does it.
     *
     * @param number of the order, 8 bytes, never used before
     * @return for people: a name and its check value, or the key block that leaves
     */
    @Override
    public String execute(byte[] number, KeyOrder order) {
        String outcome = keep(number, register -> apply(register, order));
        if (order instanceof KeyOrder.ChangeKeyState change && change.state() == KeyState.DESTROYED) {
            // The older of the two generations still holds the key: it is written over as well.
            masters.change(content -> content);
        }
        return outcome;
    }

    /** Brings in a master whose components were put together; takes over the key. */
    String importKey(byte[] number, KeyRef name, boolean samOnly, SecretBytes key) {
        return keep(number, register -> added(register.imported(name, Exportability.NEVER, samOnly, key, now())));
    }

    private String keep(byte[] number, Function<MasterRegister, Result> act) {
        List<String> outcome = new ArrayList<>();
        masters.change(content -> {
            Result result = act.apply(new MasterRegister(content.masters()));
            outcome.add(result.outcome());
            return content.withMasters(result.after().masters()).withNote(DONE, with(content, number));
        });
        return outcome.get(0);
    }

    private Result apply(MasterRegister register, KeyOrder order) {
        if (order instanceof KeyOrder.NewKeyVersion fresh) {
            return added(register.newVersion(fresh.key(), fresh.terms(), now(), random));
        }
        if (order instanceof KeyOrder.ChangeKeyState change) {
            return new Result(register.change(change.key(), change.state(), now()), change.details());
        }
        if (order instanceof KeyOrder.ImportKeyBlock came) {
            return added(register.importBlock(came.exchange(), came.samOnly(), came.block(), now()));
        }
        if (order instanceof KeyOrder.ExportKeyBlock export) {
            return new Result(register, register.exportBlock(export.key(), export.exchange(), now(), random));
        }
        throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected an order about masters");
    }

    /** The outcome names what was added. */
    private static Result added(MasterRegister after) {
        KeyListing newest = after.masters().get(after.masters().size() - 1).about();
        return new Result(after, newest.key().text() + " " + newest.kcvText());
    }

    private static byte[] with(VaultContent content, byte[] number) {
        List<byte[]> numbers = new ArrayList<>(numbers(content));
        numbers.add(number);
        ByteWriter out = new ByteWriter();
        numbers.subList(Math.max(0, numbers.size() - REMEMBERED), numbers.size())
                .forEach(out::bytes);
        return out.toByteArray();
    }

    private static List<byte[]> numbers(VaultContent content) {
        ByteReader in = new ByteReader(content.note(DONE).orElse(new byte[0]));
        List<byte[]> numbers = new ArrayList<>();
        while (in.remaining() > 0) {
            numbers.add(in.bytes(NUMBER));
        }
        return numbers;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
