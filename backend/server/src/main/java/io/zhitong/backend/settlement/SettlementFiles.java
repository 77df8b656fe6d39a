package io.zhitong.backend.settlement;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.settlementfile.PackageFolder;
import io.zhitong.settlementfile.PublicKeyPem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** DATA/backend/settlement (清算目录): where partners' files lie, with {@code settlement.pem} to check them. */
@Component
class SettlementFiles {
    private final Path home;
    private final PackageFolder folder;

    SettlementFiles(ZhitongSettings settings) {
        home = settings.home().resolve("settlement");
        folder = new PackageFolder(home);
    }

    /** Writes what is missing; what is there stays. */
    void put(StoredPackage stored) {
        folder.put(stored.file());
    }

    /** @param xy 64 bytes */
    void publicKey(byte[] xy) {
        Path target = home.resolve("settlement.pem");
        String pem = PublicKeyPem.encode(xy);
        try {
            if (!Files.exists(target) || !Files.readString(target).equals(pem)) {
                Files.createDirectories(home);
                Files.writeString(target, pem);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the public key could not be written to " + target, e);
        }
    }
}
