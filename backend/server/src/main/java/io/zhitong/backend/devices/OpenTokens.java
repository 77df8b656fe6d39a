package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Enrolment tokens that nobody has used yet (未使用的注册码): seen without their text, and taken back. */
@Component
public class OpenTokens {
    private static final String OPEN =
            " from device_token where community_id = ? and spent_at is null and expires_at > ?";

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    OpenTokens(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param replaces whether its use ends the certificates the device has until then */
    public record OpenToken(DeviceAddress device, Instant expires, boolean replaces) {}

    /** By device number. */
    public List<OpenToken> of(CommunityId community) {
        return jdbc.sql("select device_number, expires_at, replaces" + OPEN + " order by device_number, expires_at")
                .params(community.value(), utc(clock.instant()))
                .query((row, n) -> new OpenToken(
                        DeviceAddress.of(community.value(), row.getLong(1)),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getBoolean(3)))
                .list();
    }

    public Optional<OpenToken> of(DeviceAddress device) {
        return of(device.community()).stream()
                .filter(token -> token.device().equals(device))
                .findFirst();
    }

    /**
     * From now on nobody enrols with what is open for the device; who has used one already keeps his certificate.
     *
     * @return whether there was one
     */
    @Transactional
    public boolean takeBack(DeviceAddress device, Actor by) {
        OffsetDateTime now = utc(clock.instant());
        int taken = jdbc.sql("update device_token set expires_at = ? where community_id = ? and device_number = ?"
                        + " and spent_at is null and expires_at > ?")
                .params(now, device.community().value(), device.device().value(), now)
                .update();
        if (taken > 0) {
            String subject = "device " + device.device().value();
            audit.record(device.community(), by, "device.token-back", subject, "", "");
        }
        return taken > 0;
    }
}
