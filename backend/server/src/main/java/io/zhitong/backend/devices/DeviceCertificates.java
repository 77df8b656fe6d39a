package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.MachineCertificate;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Which certificates devices were given, and which are revoked (设备证书). */
@Component
public class DeviceCertificates {
    /** Topic of {@link Notices}: another certificate is revoked. */
    static final String REVOKED = "revoked";

    private static final int THIRD = 3;

    private final JdbcClient jdbc;
    private final KeyService vault;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Notices notices;
    private final Clock clock;
    // Asked in every handshake.
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();

    DeviceCertificates(
            JdbcClient jdbc,
            KeyService vault,
            AuditLog audit,
            TransactionTemplate transactions,
            Notices notices,
            Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.audit = audit;
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * A certificate as noted when it was issued.
     *
     * @param pem of the certificate and its authority
     * @param due from then on it may be renewed: a third of its life is left
     */
    record Noted(BigInteger serial, String pem, Instant due, Instant expires, boolean revoked) {}

    /**
     * Notes a new certificate.
     *
     * @param action what the device did, for the audit
     * @param keyHash SM3 of its public key
     */
    void issued(DeviceAddress device, MachineCertificate certificate, String action, byte[] keyHash) {
        jdbc.sql("insert into device_certificate (community_id, device_number, serial, issued_at, expires_at, key_hash,"
                        + " certificate) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        device.community().value(),
                        device.device().value(),
                        certificate.serial().toString(),
                        utc(clock.instant()),
                        utc(certificate.expires()),
                        keyHash,
                        certificate.pem())
                .update();
        audit.record(
                device.community(),
                new Actor("device " + device.device().value()),
                action,
                "device " + device.device().value(),
                "",
                "certificate " + certificate.serial());
    }

    /** The device's newest certificate for a key. */
    Optional<Noted> ofKey(DeviceAddress device, byte[] keyHash) {
        return noted(device, "key_hash", keyHash);
    }

    /** The device's certificate of a serial number. */
    Optional<Noted> ofSerial(DeviceAddress device, BigInteger serial) {
        return noted(device, "serial", serial.toString());
    }

    private Optional<Noted> noted(DeviceAddress device, String column, Object value) {
        return jdbc.sql("select serial, certificate, issued_at, expires_at, revoked_at from device_certificate"
                        + " where community_id = ? and device_number = ? and " + column
                        + " = ? order by issued_at desc limit 1")
                .params(device.community().value(), device.device().value(), value)
                .query((row, n) -> {
                    Instant expires = row.getObject(4, OffsetDateTime.class).toInstant();
                    Instant issued = row.getObject(3, OffsetDateTime.class).toInstant();
                    return new Noted(
                            new BigInteger(row.getString(1)),
                            Objects.requireNonNullElse(row.getString(2), ""),
                            expires.minus(Duration.between(issued, expires).dividedBy(THIRD)),
                            expires,
                            row.getObject(5) != null);
                })
                .optional();
    }

    /**
     * Until the transaction ends nobody else renews, replaces or revokes a certificate of this device: a renewal under way could
     * otherwise bring one that a replacement never saw.
     */
    void lock(DeviceAddress device) {
        jdbc.sql("select serial from device_certificate where community_id = ? and device_number = ?"
                        + " order by serial for update")
                .params(device.community().value(), device.device().value())
                .query(String.class)
                .list();
    }

    /** The profile of the device's newest certificate, revoked or not: what it is held to. */
    Optional<MachineProfile> profile(DeviceAddress device) {
        return jdbc.sql("select certificate from device_certificate where community_id = ? and device_number = ?"
                        + " and certificate is not null order by issued_at desc limit 1")
                .params(device.community().value(), device.device().value())
                .query(String.class)
                .optional()
                .map(pem -> MachinePeer.of(Pem.certificates(pem).get(0)).profile());
    }

    /** Whether the device ever had a certificate that still holds. */
    public boolean enrolled(DeviceAddress device) {
        return !serials(device, " and revoked_at is null").isEmpty();
    }

    private List<BigInteger> serials(DeviceAddress device, String which) {
        return jdbc.sql("select serial from device_certificate where community_id = ? and device_number = ?" + which
                        + " order by issued_at, serial")
                .params(device.community().value(), device.device().value())
                .query((row, n) -> new BigInteger(row.getString(1)))
                .list();
    }

    /**
     * Revokes every certificate of the device here, then at the vault. Once more tells the vault of all of them again: it may
     * have been away the first time.
     */
    void revoke(DeviceAddress device, Actor by, RevocationReason reason) {
        List<BigInteger> serials = transactions.execute(status -> {
            lock(device);
            List<BigInteger> all = serials(device, "");
            note(device, by, reason, all);
            return all;
        });
        revoked.addAll(serials);
        serials.forEach(serial -> vault.revoke(serial, reason));
    }

    /**
     * In the caller's transaction, under {@link #lock}: every certificate of the device but the new one ends (更换). The vault is told
     * first; without it nothing is replaced. What it revoked stays revoked even if the transaction fails.
     */
    void revokeOthers(DeviceAddress device, BigInteger kept) {
        List<BigInteger> others = serials(device, " and revoked_at is null").stream()
                .filter(serial -> !serial.equals(kept))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        others.forEach(serial -> vault.revoke(serial, RevocationReason.REPLACED));
        note(device, new Actor("device " + device.device().value()), RevocationReason.REPLACED, others);
    }

    private void note(DeviceAddress device, Actor by, RevocationReason reason, List<BigInteger> serials) {
        for (BigInteger serial : serials) {
            jdbc.sql("update device_certificate set revoked_at = ? where community_id = ? and device_number = ?"
                            + " and serial = ? and revoked_at is null")
                    .params(
                            utc(clock.instant()),
                            device.community().value(),
                            device.device().value(),
                            serial.toString())
                    .update();
        }
        notices.tell(REVOKED, "");
        audit.record(
                device.community(),
                by,
                "device.revoke",
                "device " + device.device().value(),
                "certificates " + serials,
                reason.english());
    }

    boolean revoked(BigInteger serial) {
        return revoked.contains(serial);
    }

    /** Reads what was revoked before this start, or by another process. */
    void load() {
        revoked.addAll(jdbc.sql("select serial from device_certificate where revoked_at is not null")
                .query((row, n) -> new BigInteger(row.getString(1)))
                .list());
    }
}
