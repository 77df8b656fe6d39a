package io.zhitong.keyvault.custody;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.CustodyRegister;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.keyapi.StockTake;
import io.zhitong.keyvault.custodian.CustodyNotes;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The register for one caller (保管登记台): every change and every refusal is audited under that name. Thread-safe. */
public final class CustodyDesk implements CustodyRegister {
    private static final byte[] UPDATE_LEASE = {0x04, (byte) 0xD6, (byte) 0x9A, 0x00, 0x0C};

    /** The communities' day; a day's difference does not matter to a lease. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final CustodyBook book;
    private final LeaseMac mac;
    private final CustodyNotes notes;
    private final String caller;
    private final Clock clock;

    /** @param caller machine that asks, as its certificate has it */
    public CustodyDesk(CustodyBook book, LeaseMac mac, CustodyNotes notes, String caller, Clock clock) {
        this.book = book;
        this.mac = mac;
        this.notes = notes;
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public List<CustodyItem> items() {
        return book.items();
    }

    @Override
    public CustodyItem enter(CustodyEntry entry) {
        return noted("entered", entry.holder(), () -> book.enter(entry));
    }

    @Override
    public CustodyItem handOver(int item, CustodyPerson giver, String receiver, String place) {
        return noted(
                "handed over by", giver.name() + " to " + receiver, () -> book.handOver(item, giver, receiver, place));
    }

    @Override
    public CustodyItem confirm(int item, CustodyPerson receiver) {
        return noted("received by", receiver.name(), () -> book.confirm(item, receiver));
    }

    @Override
    public CustodyItem lost(int item, String reporter) {
        return noted("lost, told by", reporter, () -> book.lost(item));
    }

    @Override
    public CustodyItem destroyed(int item, CustodyPerson by, CustodyPerson witness) {
        return noted("destroyed by", by.name() + " before " + witness.name(), () -> book.destroyed(item, by, witness));
    }

    @Override
    public StockTake stockTake(List<String> serials, CustodyPerson one, CustodyPerson other) {
        StockTake found = orRefused(() -> book.stockTake(serials, one, other));
        String result = String.format(
                Locale.ROOT,
                "stock-take by %s and %s: %d there, %d missing, %d surprising, %d unknown",
                one.name(),
                other.name(),
                found.counted(),
                found.missing().size(),
                found.surprising().size(),
                found.unknown().size());
        notes.note(AuditKind.CUSTODY, caller, result);
        return found;
    }

    @Override
    public byte[] lease(LeaseRequest request) {
        synchronized (book) {
            return orRefused(() -> granted(request));
        }
    }

    private byte[] granted(LeaseRequest request) {
        CustodyItem item = book.sam(Hex.of(request.serial()));
        SamBinding sam = item.entry().sam().orElseThrow();
        if (!Arrays.equals(sam.terminal(), request.terminal())) {
            throw new KeyServiceException(KeyRefusal.OTHER_TERMINAL, "hand it over and issue it anew");
        }
        byte[] today = bcd(LocalDate.now(clock.withZone(ZONE)));
        boolean raised = check(item, request.lease(), today);
        byte[] command =
                new ByteWriter().bytes(UPDATE_LEASE).bytes(request.lease()).toByteArray();
        byte[] made = mac.of(sam.leaseKey(), request.challenge(), command);
        book.granted(item, request.lease(), raised ? today : item.granted());
        notes.note(AuditKind.LEASE_GRANTED, caller, "number " + item.number() + " to " + Hex.of(request.lease()));
        return made;
    }

    /** Answers whether the highest number rises. */
    private boolean check(CustodyItem item, byte[] lease, byte[] today) {
        byte[] furthest = bcd(LocalDate.now(clock.withZone(ZONE)).plusDays(LEASE_DAYS));
        long before = highest(item.lease());
        long asked = highest(lease);
        boolean rises = asked > before;
        boolean again = rises && Arrays.equals(item.granted(), today);
        boolean tooMany = asked - before > LEASE_NUMBERS;
        if (Arrays.compareUnsigned(Arrays.copyOf(lease, 4), furthest) > 0 || tooMany || again) {
            throw new KeyServiceException(
                    KeyRefusal.LEASE_TOO_LONG,
                    "expected at most " + LEASE_DAYS + " days and " + LEASE_NUMBERS + " numbers more, once a day");
        }
        return rises;
    }

    private static long highest(byte[] lease) {
        return new ByteReader(Arrays.copyOfRange(lease, 4, 8)).u32();
    }

    private static byte[] bcd(LocalDate day) {
        return Hex.parse(day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    private CustodyItem noted(String what, String who, Supplier<CustodyItem> act) {
        CustodyItem item = orRefused(act);
        notes.note(
                AuditKind.CUSTODY,
                caller,
                "number " + item.number() + " " + item.entry().kind().english() + " "
                        + item.entry().serial() + " " + what + " " + who + ", "
                        + item.entry().place());
        return item;
    }

    private <T> T orRefused(Supplier<T> act) {
        try {
            return act.get();
        } catch (KeyServiceException e) {
            notes.note(AuditKind.REFUSED, caller, "custody: " + e.reason().english());
            throw e;
        }
    }
}
