package io.zhitong.backend.register;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.boards.Boards;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.DeviceRevocation;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.devices.DeviceTokens;
import io.zhitong.backend.devices.OpenTokens;
import io.zhitong.backend.devices.StandingCertificates;
import io.zhitong.backend.estate.DeviceBook;
import io.zhitong.backend.estate.DeviceEntry;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.keyapi.RevocationReason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Devices come, get points and tokens, and go (设备登记). Each act is audited, and lists are made anew where one concerns them. Acts
 * throw {@link RegisterRefusedException} and have changed nothing then. Thread-safe.
 */
@Component
public class DeviceRegister {
    /** So long an installer has for the way to the device. */
    public static final Duration TOKEN_VALID = Duration.ofDays(1);

    public static final int LONGEST_NAME = 40;
    public static final int LONGEST_PLACE = 80;

    private final DeviceBook book;
    private final Estate estate;
    private final DeviceTokens tokens;
    private final OpenTokens open;
    private final StandingCertificates certificates;
    private final DeviceRevocation revocation;
    private final DeviceStates states;
    private final Boards boards;
    private final DeviceLists lists;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    DeviceRegister(
            DeviceBook book,
            Estate estate,
            DeviceTokens tokens,
            OpenTokens open,
            StandingCertificates certificates,
            DeviceRevocation revocation,
            DeviceStates states,
            Boards boards,
            DeviceLists lists,
            AuditLog audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.book = book;
        this.estate = estate;
        this.tokens = tokens;
        this.open = open;
        this.certificates = certificates;
        this.revocation = revocation;
        this.states = states;
        this.boards = boards;
        this.lists = lists;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    static boolean named(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    private static void described(String name, String place) {
        RegisterRefusedException.unless(named(name), RegisterRefusal.NAME);
        RegisterRefusedException.unless(
                place.length() <= LONGEST_PLACE && place.chars().noneMatch(Character::isISOControl),
                RegisterRefusal.PLACE);
    }

    /** Refuses NAME, PLACE, and NUMBER_TAKEN or NUMBER_RETIRED where the community has or had that number. */
    public void add(DeviceRow device, String place, Actor by) {
        described(device.name(), place);
        try {
            transactions.executeWithoutResult(status -> {
                book.entry(device.address()).ifPresent(before -> {
                    throw new RegisterRefusedException(
                            before.inService() ? RegisterRefusal.NUMBER_TAKEN : RegisterRefusal.NUMBER_RETIRED);
                });
                book.add(device, place);
                noted(device.address(), by, "device.add", "", device.kind() + " " + words(device.name(), place));
            });
        } catch (DuplicateKeyException e) {
            throw new RegisterRefusedException(RegisterRefusal.NUMBER_TAKEN);
        }
    }

    /** Another name or place. */
    public void describe(DeviceAddress device, String name, String place, Actor by) {
        described(name, place);
        transactions.executeWithoutResult(status -> {
            DeviceEntry before = inService(device);
            book.describe(device, name, place);
            String was = words(before.row().name(), before.place());
            noted(device, by, "device.rename", was, words(name, place));
        });
    }

    /** Refuses what the device cannot have, POINT_TAKEN, and BOARD where a board has as many as it has. */
    public void addPoint(DeviceAddress device, PointTyped point, Actor by) {
        transactions.executeWithoutResult(status -> {
            DeviceEntry entry = ours(device);
            point.require(entry.row().kind());
            RegisterRefusedException.unless(
                    find(estate.points(device), point.number()).isEmpty(), RegisterRefusal.POINT_TAKEN);
            estate.addPoint(point.row(device));
            noted(device, by, "point.add", "", words(point.row(device)));
        });
    }

    /** Another kind, method or name of a point; of a board only the name. */
    public void changePoint(DeviceAddress device, PointTyped point, Actor by) {
        transactions.executeWithoutResult(status -> {
            DeviceEntry entry = inService(device);
            PointRow before = find(estate.points(device), point.number())
                    .orElseThrow(() -> new RegisterRefusedException(RegisterRefusal.POINT_UNKNOWN));
            point.require(entry.row().kind());
            boolean same = before.kind() == point.kind() && before.method() == point.method();
            RegisterRefusedException.unless(same || !board(device), RegisterRefusal.BOARD);
            book.describe(point.row(device));
            noted(device, by, "point.change", words(before), words(point.row(device)));
        });
    }

    private static Optional<PointRow> find(List<PointRow> points, int number) {
        return points.stream()
                .filter(row -> row.id().equals(new PointId(number)))
                .findFirst();
    }

    /**
     * A token for a device that has no certificate, good once within {@link #TOKEN_VALID}. Refuses TOKEN_OPEN, and CERTIFIED
     * where only a replacement can be meant.
     *
     * @return its text, which cannot be read again
     */
    public String issue(DeviceAddress device, Actor by) {
        return token(device, false, () -> tokens.issue(device, by, TOKEN_VALID));
    }

    /**
     * A token for other hardware in the place of a device that has a certificate; refuses NOT_CERTIFIED otherwise, and LIVES of a
     * connected one.
     *
     * @param living the device may be connected and is replaced all the same
     */
    public String issueReplacement(DeviceAddress device, boolean living, Actor by) {
        boolean connected = states.of(device).filter(DeviceState::connected).isPresent();
        RegisterRefusedException.unless(living || !connected, RegisterRefusal.LIVES);
        return token(device, true, () -> tokens.replacement(device, by, TOKEN_VALID));
    }

    private String token(DeviceAddress device, boolean replaces, Supplier<String> make) {
        return transactions.execute(status -> {
            ours(device);
            RegisterRefusedException.unless(open.of(device).isEmpty(), RegisterRefusal.TOKEN_OPEN);
            RegisterRefusedException.unless(
                    certificates.of(device).isPresent() == replaces,
                    replaces ? RegisterRefusal.NOT_CERTIFIED : RegisterRefusal.CERTIFIED);
            return make.get();
        });
    }

    /** Nobody enrols with the open token any more; refuses TOKEN_NONE. */
    public void takeBack(DeviceAddress device, Actor by) {
        RegisterRefusedException.unless(open.takeBack(device, by), RegisterRefusal.TOKEN_NONE);
    }

    /**
     * Takes a device out of service for good: no token, no certificate, no session, no new list. Its number stays its own, and
     * what it told can be read.
     *
     * @throws io.zhitong.keyapi.KeyServiceException when the vault could not be told; the device is out all the same
     */
    public void retire(DeviceAddress device, RevocationReason reason, Actor by) {
        transactions.executeWithoutResult(status -> {
            inService(device);
            book.retire(device, Optional.of(clock.instant()));
            noted(device, by, "device.retire", "", reason.english());
        });
        // After that nobody enrols with a token any more; who was in the middle of it has his certificate now, and
        // loses it.
        open.takeBack(device, by);
        if (!board(device)) {
            revocation.revoke(device, by, reason);
        }
    }

    /** Other hardware takes the place and the number of a retired device; it enrols with a token of its own. */
    public void reinstate(DeviceAddress device, Actor by) {
        transactions.executeWithoutResult(status -> {
            DeviceEntry entry = known(device);
            RegisterRefusedException.unless(!entry.inService(), RegisterRefusal.IN_SERVICE);
            book.retire(device, Optional.empty());
            noted(device, by, "device.reinstate", "", words(entry.row().name(), entry.place()));
        });
    }

    private DeviceEntry known(DeviceAddress device) {
        return book.locked(device).orElseThrow(() -> new RegisterRefusedException(RegisterRefusal.UNKNOWN));
    }

    private DeviceEntry inService(DeviceAddress device) {
        DeviceEntry entry = known(device);
        RegisterRefusedException.unless(entry.inService(), RegisterRefusal.RETIRED);
        return entry;
    }

    /** In service, and no board of another make. */
    private DeviceEntry ours(DeviceAddress device) {
        DeviceEntry entry = inService(device);
        RegisterRefusedException.unless(!board(device), RegisterRefusal.BOARD);
        return entry;
    }

    private boolean board(DeviceAddress device) {
        return boards.devices(device.community()).contains(device.device());
    }

    private void noted(DeviceAddress device, Actor by, String action, String before, String after) {
        lists.changed(device.community());
        audit.record(device.community(), by, action, "device " + device.device().value(), before, after);
    }

    private static String words(String name, String place) {
        return place.isEmpty() ? name : name + " (" + place + ")";
    }

    private static String words(PointRow point) {
        return "point " + point.id().value() + " " + point.kind() + " " + point.method() + " " + point.name();
    }
}
