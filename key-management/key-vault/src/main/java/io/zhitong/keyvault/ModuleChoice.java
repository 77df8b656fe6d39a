package io.zhitong.keyvault;

import io.zhitong.keyvault.module.sdf.SdfSettings;
import io.zhitong.keyvault.store.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Which device a vault's masters live in (主密钥所在设备), as {@code module.conf} in its folder says; without that file they
 * live in the process.
 *
 * @param library of GM/T 0018
 * @param pinFile the file with the password of the device's private keys
 */
record ModuleChoice(Path library, Path pinFile, int keyIndex, int kekIndex) {
    private static final String FILE = "module.conf";

    /** The choice noted in a vault's folder. */
    static Optional<ModuleChoice> of(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Files.readString(file)));
            return Optional.of(new ModuleChoice(
                    Path.of(lines.getProperty("library", "")),
                    Path.of(lines.getProperty("pin-file", "")),
                    Integer.parseInt(lines.getProperty("key-index", "1")),
                    Integer.parseInt(lines.getProperty("kek-index", "1"))));
        } catch (IOException | IllegalArgumentException e) {
            throw new VaultException(
                    VaultFault.MODULE, "expected library, pin-file, key-index and kek-index in " + file);
        }
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        String text = "library = " + library.toAbsolutePath() + "\npin-file = " + pinFile.toAbsolutePath()
                + "\nkey-index = " + keyIndex + "\nkek-index = " + kekIndex + "\n";
        SafeFiles.write(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The masters live in the process again; those that a device holds do not open then. */
    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    SdfSettings settings() {
        try (InputStream in = Files.newInputStream(pinFile)) {
            return new SdfSettings(library, SecretInput.line(in), keyIndex, kekIndex);
        } catch (IOException e) {
            throw new VaultException(VaultFault.MODULE, "the file of the device's password cannot be read");
        }
    }
}
