package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.DemoSeed;
import io.zhitong.backend.foundation.ZhitongSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Leaves an enrolment token for each demo device that has no certificate (演示注册码): DATA/backend/demo/controller.token, pos.token. */
@Component
@Order(40)
final class DemoTokens implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);
    private static final Duration VALID = Duration.ofDays(1);

    private final Estate estate;
    private final DeviceTokens tokens;
    private final DeviceCertificates certificates;
    private final ZhitongSettings settings;

    DemoTokens(Estate estate, DeviceTokens tokens, DeviceCertificates certificates, ZhitongSettings settings) {
        this.estate = estate;
        this.tokens = tokens;
        this.certificates = certificates;
        this.settings = settings;
    }

    @Override
    public void seed() {
        for (DeviceRow device : estate.devices(DEMO)) {
            if (!DemoFleet.simulated(device) && !certificates.enrolled(device.address())) {
                String token = tokens.issue(device.address(), Actor.SYSTEM, VALID);
                write(settings, device.kind().name().toLowerCase(Locale.ROOT), List.of(token));
            }
        }
    }

    /** Writes DATA/backend/demo/NAME.token one a line, with mode 0600 from its first byte on. */
    static void write(ZhitongSettings settings, String name, List<String> tokens) {
        Path folder = settings.home().resolve("demo");
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "token",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, tokens);
            Files.move(
                    fresh,
                    folder.resolve(name + ".token"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo tokens cannot be written to " + folder, e);
        }
    }
}
