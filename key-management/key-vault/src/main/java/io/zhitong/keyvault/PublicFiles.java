package io.zhitong.keyvault;

import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a vault lays out for its neighbours when it opens (对外文件): authorities {@code ca.pem} and {@code ca-p256.pem}, public
 * halves of the signing keys {@code public/NAME.pem}, and, until a backend has enrolled, its one-time
 * {@code backend.token}. A demo also hands its batch transport key to the simulated card factory.
 */
final class PublicFiles {
    private final Path folder;
    private final Vault vault;

    PublicFiles(Path folder, Vault vault) {
        this.folder = folder;
        this.vault = vault;
    }

    void writeOperational() {
        text("ca.pem", Pem.ofCertificates(List.of(vault.authority(MachineProfile.SM2))));
        text("ca-p256.pem", Pem.ofCertificates(List.of(vault.authority(MachineProfile.P256))));
        writeSigners(Vault::operational);
    }

    /** Whenever the masters were opened. */
    void writeMasters() {
        writeSigners(key -> !Vault.operational(key));
        if (vault.status().demoQuorum()) {
            vault.masters().use(open -> {
                FactoryKeys.write(folder, open.content().masters());
                return open;
            });
        }
    }

    private void writeSigners(Predicate<SigningKey> wanted) {
        for (SigningKey key : SigningKey.values()) {
            if (wanted.test(key)) {
                String name = key.name().toLowerCase(Locale.ROOT).replace('_', '-');
                text("public/" + name + ".pem", PublicKeyFile.text(vault.publicKey(key)));
            }
        }
    }

    /** A new token when asked for, or when the open one's text was lost; a spent one is withdrawn. */
    void offerToken(boolean wanted) {
        boolean open = vault.tokenOpen();
        if (wanted || open && !Files.exists(folder.resolve("backend.token"))) {
            text("backend.token", vault.newToken() + "\n");
        } else if (!open) {
            withdrawToken();
        }
    }

    /** A spent token has no business lying about. */
    void withdrawToken() {
        try {
            Files.deleteIfExists(folder.resolve("backend.token"));
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot delete backend.token", e);
        }
    }

    private void text(String name, String text) {
        SafeFiles.write(folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }
}
