package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PinHash;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.ListScope;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.RandomSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * PINs that doors ask for (门禁密码), as salted hashes: what was typed is neither kept nor shown again, the audit says only that a
 * PIN was set.
 */
@Component
public class AccessPins {
    private static final int ITERATIONS = 10_000;
    private static final int SALT = 8;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{4,8}");

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final DeviceLists lists;
    private final Clock clock;

    AccessPins(JdbcClient jdbc, AuditLog audit, @Lazy DeviceLists lists, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.lists = lists;
        this.clock = clock;
    }

    /** Whether somebody may have typed this as a PIN: 4 to 8 digits. */
    public static boolean wellFormed(String pin) {
        return DIGITS.matcher(pin).matches();
    }

    /**
     * Sets the PIN of a credential, instead of an earlier one.
     *
     * @throws IllegalArgumentException unless {@link #wellFormed}
     */
    @Transactional
    public void set(CommunityId community, CredentialNumber credential, String pin, Actor by) {
        if (!wellFormed(pin)) {
            throw new IllegalArgumentException("a PIN has 4 to 8 digits");
        }
        byte[] salt = RandomSource.secure().bytes(SALT);
        Octets hash = PinHash.of(pin.getBytes(StandardCharsets.US_ASCII), Octets.of(salt), ITERATIONS);
        boolean replaced = delete(community, credential);
        jdbc.sql("insert into access_pin (community_id, credential_number, salt, iterations, hash, set_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        credential.value(),
                        salt,
                        ITERATIONS,
                        hash.toByteArray(),
                        OffsetDateTime.now(clock))
                .update();
        changed(community, credential, by, replaced, "set");
    }

    /** Takes the PIN away; false if there was none. */
    @Transactional
    public boolean clear(CommunityId community, CredentialNumber credential, Actor by) {
        boolean had = delete(community, credential);
        if (had) {
            changed(community, credential, by, true, "none");
        }
        return had;
    }

    private void changed(CommunityId community, CredentialNumber credential, Actor by, boolean had, String after) {
        audit.record(community, by, "pin.change", "credential " + credential, had ? "set" : "none", after);
        lists.changed(community, ListScope.of(ListKind.PINS));
    }

    private boolean delete(CommunityId community, CredentialNumber credential) {
        return jdbc.sql("delete from access_pin where community_id = ? and credential_number = ?")
                        .params(community.value(), credential.value())
                        .update()
                == 1;
    }

    /** All of a community, rising by credential. */
    List<PinRecord> of(CommunityId community) {
        return jdbc.sql("select credential_number, salt, iterations, hash from access_pin where community_id = ?"
                        + " order by credential_number")
                .param(community.value())
                .query((row, n) -> new PinRecord(
                        new CredentialNumber(row.getLong(1)),
                        Octets.of(row.getBytes(2)),
                        row.getInt(3),
                        Octets.of(row.getBytes(4))))
                .list();
    }
}
