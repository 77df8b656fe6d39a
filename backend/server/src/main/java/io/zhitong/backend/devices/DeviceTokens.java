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

    /** Makes a token for a device; the text is shown once and cannot be read again. */
    @Transactional
    public String issue(DeviceAddress device, Actor by, Duration validity) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expires = clock.instant().plus(validity);
        jdbc.sql("insert into device_token (community_id, token_hash, device_number, expires_at) values (?, ?, ?, ?)")
                .params(device.community().value(), hash(token), device.device().value(), utc(expires))
                .update();
        audit.record(
                device.community(),
                by,
                "device.token",
                "device " + device.device().value(),
                "",
                "until " + expires);
        return token;
    }

    /**
     * Spends the token for a key in the caller's transaction; empty when it is unknown, spent for another key or expired. A
     * device whose answer was lost asks again with the same key.
     *
     * @param keyHash SM3 of the public key to be certified
     */
    Optional<DeviceAddress> spend(String token, byte[] keyHash) {
        byte[] hash = hash(token);
        OffsetDateTime now = utc(clock.instant());
        int spent = jdbc.sql("update device_token set spent_at = ?, key_hash = ? where token_hash = ?"
                        + " and (spent_at is null or key_hash = ?) and expires_at > ?")
                .params(now, keyHash, hash, keyHash, now)
                .update();
        if (spent == 0) {
            return Optional.empty();
        }
        return jdbc.sql("select community_id, device_number from device_token where token_hash = ?")
                .param(hash)
                .query((row, n) -> DeviceAddress.of(row.getInt(1), row.getLong(2)))
                .optional();
    }

    private static byte[] hash(String token) {
        return Sm3.hash(token.strip().getBytes(StandardCharsets.UTF_8));
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
