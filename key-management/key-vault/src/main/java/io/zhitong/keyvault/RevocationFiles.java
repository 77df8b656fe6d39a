package io.zhitong.keyvault;

import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The X.509 revocation lists of both authorities for others than our own programs (吊销列表文件): {@code crl.pem} and
 * {@code crl-p256.pem}, made anew at each revocation and once a day, each good for a week. Thread-safe.
 */
final class RevocationFiles {
    private static final Duration GOOD_FOR = Duration.ofDays(7);
    private static final Duration ANEW_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final Machines machines;
    private final Clock clock;
    private Instant made = Instant.EPOCH;

    RevocationFiles(Path folder, Machines machines, Clock clock) {
        this.folder = folder;
        this.machines = machines;
        this.clock = clock;
    }

    /** Once a day. */
    synchronized void refresh() {
        if (!clock.instant().isBefore(made.plus(ANEW_AFTER))) {
            write();
        }
    }

    /** At once. */
    synchronized void write() {
        Instant now = clock.instant();
        long number = machines.nextListNumber();
        write("crl.pem", MachineProfile.SM2, number, now);
        write("crl-p256.pem", MachineProfile.P256, number, now);
        made = now;
    }

    private void write(String name, MachineProfile profile, long number, Instant now) {
        byte[] list = machines.revocationList(profile, number, now, now.plus(GOOD_FOR));
        SafeFiles.write(folder.resolve(name), Pem.ofRevocationList(list).getBytes(StandardCharsets.US_ASCII));
    }
}
