package io.zhitong.keyvault.custody;

import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.CustodyState;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.StockTake;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The register as the operational compartment keeps it (保管登记簿): version 1 (01) ‖ count 2 ‖ items. Each change is on disk
 * before it is told. Thread-safe.
 */
public final class CustodyBook {
    private static final int VERSION = 1;

    private final KeptSection kept;
    private final CustodyPins pins;
    private final Clock clock;
    private List<CustodyItem> items;

    public CustodyBook(KeptSection kept, CustodyPins pins, Clock clock) {
        this.kept = kept;
        this.pins = pins;
        this.clock = clock;
        this.items = decode(kept.load());
    }

    synchronized List<CustodyItem> items() {
        return items;
    }

    synchronized CustodyItem enter(CustodyEntry entry) {
        List<CustodyItem> same = items.stream().filter(sameThing(entry)).toList();
        if (same.isEmpty()) {
            return keep(CustodyItem.fresh(items.size() + 1, entry, now()));
        }
        CustodyItem known = same.get(0);
        if (!known.state().there() || !mayBecome(known.entry(), entry)) {
            throw new KeyServiceException(
                    KeyRefusal.ITEM_EXISTS, "number " + known.number() + " has this kind and serial");
        }
        CustodyEntry bound = entry.heldBy(known.entry().holder(), known.entry().place());
        return keep(known.in(known.state(), bound, known.receiver(), known.since()));
    }

    private static Predicate<CustodyItem> sameThing(CustodyEntry entry) {
        return item ->
                item.entry().kind() == entry.kind() && item.entry().serial().equals(entry.serial());
    }

    /** A SAM gets its terminal with its second issue; what it was bound to does not change. */
    private static boolean mayBecome(CustodyEntry known, CustodyEntry again) {
        return known.sam().isEmpty()
                || again.sam().isPresent() && encoded(known).equals(encoded(again));
    }

    private static String encoded(CustodyEntry entry) {
        ByteWriter out = new ByteWriter();
        entry.sam().ifPresent(binding -> binding.encode(out));
        return Hex.of(out.toByteArray());
    }

    synchronized CustodyItem handOver(int number, CustodyPerson giver, String receiver, String place) {
        CustodyItem item = there(number);
        String from = proved(giver);
        require(item.state() == CustodyState.HELD && from.equals(item.entry().holder()), KeyRefusal.NOT_HOLDER);
        require(!receiver.equals(from), KeyRefusal.WITNESS_NEEDED);
        CustodyEntry moving = item.entry().heldBy(from, place);
        return keep(item.in(CustodyState.OFFERED, moving, receiver, now()));
    }

    synchronized CustodyItem confirm(int number, CustodyPerson receiver) {
        CustodyItem item = there(number);
        String to = proved(receiver);
        require(item.state() == CustodyState.OFFERED && to.equals(item.receiver()), KeyRefusal.NOT_HOLDER);
        CustodyEntry moved = item.entry().heldBy(to, item.entry().place());
        return keep(item.in(CustodyState.HELD, moved, "", now()));
    }

    synchronized CustodyItem lost(int number) {
        CustodyItem item = known(number);
        require(item.state() != CustodyState.DESTROYED, KeyRefusal.ITEM_GONE);
        return keep(item.in(CustodyState.LOST, item.entry(), "", now()));
    }

    synchronized CustodyItem destroyed(int number, CustodyPerson by, CustodyPerson witness) {
        CustodyItem item = known(number);
        require(item.state() != CustodyState.DESTROYED, KeyRefusal.ITEM_GONE);
        requireTwo(by, witness);
        return keep(item.in(CustodyState.DESTROYED, item.entry(), "", now()));
    }

    synchronized StockTake stockTake(List<String> serials, CustodyPerson one, CustodyPerson other) {
        requireTwo(one, other);
        Set<String> counted = new HashSet<>(serials);
        List<CustodyItem> found = items.stream()
                .filter(item -> counted.contains(item.entry().serial()))
                .toList();
        List<String> unknown = counted.stream()
                .filter(serial ->
                        found.stream().noneMatch(item -> item.entry().serial().equals(serial)))
                .sorted()
                .toList();
        List<CustodyItem> missing = items.stream()
                .filter(item ->
                        item.state().there() && !counted.contains(item.entry().serial()))
                .toList();
        List<CustodyItem> surprising =
                found.stream().filter(item -> !item.state().there()).toList();
        return new StockTake(found.size() - surprising.size(), missing, surprising, unknown);
    }

    /** The SAM of that serial; refused when it is gone. */
    synchronized CustodyItem sam(String serial) {
        CustodyItem item = items.stream()
                .filter(each ->
                        each.entry().sam().isPresent() && each.entry().serial().equals(serial))
                .findFirst()
                .orElseThrow(CustodyBook::unknown);
        require(item.state().there(), KeyRefusal.ITEM_GONE);
        return item;
    }

    synchronized void granted(CustodyItem item, byte[] lease, byte[] day) {
        keep(known(item.number()).granted(lease, day));
    }

    private void requireTwo(CustodyPerson one, CustodyPerson other) {
        String first = proved(one);
        require(!first.equals(proved(other)), KeyRefusal.WITNESS_NEEDED);
    }

    /** A custodian's name counts with his PIN only. */
    private String proved(CustodyPerson person) {
        String name = person.name();
        if (person.custodian() != 0) {
            require(name.equals(pins.authenticate(person.custodian(), person.pin())), KeyRefusal.UNKNOWN_CUSTODIAN);
        } else if (pins.names().contains(name)) {
            throw new KeyServiceException(KeyRefusal.WRONG_PIN, "this is a custodian's name: give number and PIN");
        }
        return name;
    }

    private CustodyItem there(int number) {
        CustodyItem item = known(number);
        require(item.state().there(), KeyRefusal.ITEM_GONE);
        return item;
    }

    private CustodyItem known(int number) {
        return items.stream()
                .filter(item -> item.number() == number)
                .findFirst()
                .orElseThrow(CustodyBook::unknown);
    }

    private static KeyServiceException unknown() {
        return new KeyServiceException(KeyRefusal.UNKNOWN_ITEM, "list the register and look for it");
    }

    private static void require(boolean right, KeyRefusal otherwise) {
        if (!right) {
            throw new KeyServiceException(otherwise, otherwise.english());
        }
    }

    private CustodyItem keep(CustodyItem changed) {
        List<CustodyItem> all = new ArrayList<>(items);
        all.removeIf(item -> item.number() == changed.number());
        all.add(Math.min(changed.number() - 1, all.size()), changed);
        ByteWriter out = new ByteWriter().u8(VERSION).u16(all.size());
        all.forEach(item -> item.encode(out));
        kept.save(out.toByteArray());
        items = List.copyOf(all);
        return changed;
    }

    private static List<CustodyItem> decode(byte[] encoded) {
        if (encoded.length == 0) {
            return List.of();
        }
        ByteReader in = new ByteReader(encoded);
        if (in.u8() != VERSION) {
            throw new IllegalStateException("expected a register of layout 1: this program is older than its store");
        }
        List<CustodyItem> items = new ArrayList<>();
        for (int count = in.u16(); count > 0; count--) {
            items.add(CustodyItem.decode(in));
        }
        in.end();
        return List.copyOf(items);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
