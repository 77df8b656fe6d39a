package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One-time enrolment tokens (注册码): 32 random bytes as text; the database holds only their SM3, each is good once. */
@Component
public class DeviceTokens {
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    DeviceTokens(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a token is for. */
    record Spent(DeviceAddress device, boolean replaces) {}

    /** Makes a token for a device and ends the one that was open; the text is shown once and cannot be read again. */
    @Transactional
    public String issue(DeviceAddress device, Actor by, Duration validity) {
        return issue(device, by, validity, false);
    }

    /**
     * The same for hardware that takes the place of the present one (更换设备): who enrols with it ends every certificate the
     * device had until then.
     */
    @Transactional
    public String replacement(DeviceAddress device, Actor by, Duration validity) {
        return issue(device, by, validity, true);
    }

    private String issue(DeviceAddress device, Actor by, Duration validity, boolean replaces) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expires = clock.instant().plus(validity);
        end(device);
        jdbc.sql("insert into device_token (community_id, token_hash, device_number, expires_at, replaces)"
                        + " values (?, ?, ?, ?, ?)")
                .params(device.community().value(), hash(token), device.device().value(), utc(expires), replaces)
                .update();
        audit.record(
                device.community(),
                by,
                replaces ? "device.replacement-token" : "device.token",
                "device " + device.device().value(),
                "",
                "until " + expires);
        return token;
    }

    /** What was given out before is good for nothing any more: a device has one open token. */
    private void end(DeviceAddress device) {
        OffsetDateTime now = utc(clock.instant());
        jdbc.sql("update device_token set expires_at = ? where community_id = ? and device_number = ?"
                        + " and spent_at is null and expires_at > ?")
                .params(now, device.community().value(), device.device().value(), now)
                .update();
    }

    /**
     * Spends the token for a key in the caller's transaction; empty when it is unknown, spent for another key or expired. A
     * device whose answer was lost asks again with the same key.
     *
     * @param keyHash SM3 of the public key to be certified
     */
    Optional<Spent> spend(String token, byte[] keyHash) {
        byte[] hash = hash(token);
        OffsetDateTime now = utc(clock.instant());
        int spent = jdbc.sql("update device_token set spent_at = ?, key_hash = ? where token_hash = ?"
                        + " and (spent_at is null or key_hash = ?) and expires_at > ?")
                .params(now, keyHash, hash, keyHash, now)
                .update();
        if (spent == 0) {
            return Optional.empty();
        }
        return jdbc.sql("select community_id, device_number, replaces from device_token where token_hash = ?")
                .param(hash)
                .query((row, n) -> new Spent(DeviceAddress.of(row.getInt(1), row.getLong(2)), row.getBoolean(3)))
                .optional();
    }

    private static byte[] hash(String token) {
        return Sm3.hash(token.strip().getBytes(StandardCharsets.UTF_8));
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
