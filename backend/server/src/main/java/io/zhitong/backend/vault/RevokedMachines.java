package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.PrivateFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The machine certificates the vault has taken back, as this backend last heard (吊销名单副本): in {@code DATA/backend/tls/revoked},
 * one a line, serial in hex, reason, second; so they count after a restart while the vault is away. Thread-safe.
 */
@Component
public class RevokedMachines {
    private final Path file;
    private volatile Map<BigInteger, Revocation> known;
    private Map<BigInteger, Revocation> saved;

    RevokedMachines(ZhitongSettings settings) {
        file = settings.home().resolve("tls").resolve("revoked");
        known = read(file);
        saved = known;
    }

    /** Asked in every handshake. */
    public boolean revoked(BigInteger serial) {
        return known.containsKey(serial);
    }

    /** All of them. */
    public List<Revocation> all() {
        return List.copyOf(known.values());
    }

    /**
     * Takes what the vault says now; it counts at once.
     *
     * @return whether it is news; then it is on disk
     * @throws MachineTlsException when it cannot be written: tell it again, until then it stays news
     */
    public synchronized boolean heard(List<Revocation> told) {
        Map<BigInteger, Revocation> fresh = bySerial(told);
        known = fresh;
        if (fresh.equals(saved)) {
            return false;
        }
        write(fresh);
        saved = fresh;
        return true;
    }

    private void write(Map<BigInteger, Revocation> revoked) {
        PrivateFiles.write(
                file,
                revoked.values().stream()
                        .map(entry -> entry.serial().toString(16) + " " + entry.reason() + " "
                                + entry.since().getEpochSecond() + "\n")
                        .collect(Collectors.joining()));
    }

    /** A file that cannot be read stops the start: without it a revoked machine would be believed again. */
    private static Map<BigInteger, Revocation> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            return bySerial(Files.readAllLines(file).stream()
                    .map(RevokedMachines::parsed)
                    .toList());
        } catch (IOException | IllegalArgumentException | KeyServiceException e) {
            throw new IllegalStateException("expected 'serial reason second' in each line of " + file, e);
        }
    }

    private static Revocation parsed(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("expected three words");
        }
        return new Revocation(
                new BigInteger(words[0], 16),
                RevocationReason.valueOf(words[1]),
                Instant.ofEpochSecond(Long.parseLong(words[2])));
    }

    private static Map<BigInteger, Revocation> bySerial(List<Revocation> entries) {
        Map<BigInteger, Revocation> found = new LinkedHashMap<>();
        entries.forEach(entry -> found.put(entry.serial(), entry));
        return Map.copyOf(found);
    }
}
