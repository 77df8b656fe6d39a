package io.zhitong.machinetls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A machine's next key and certificate on disk (下一身份). {@code NAME.next.key} is written before anybody is asked to certify
 * it, so that a question whose answer was lost is asked again with the same key; {@code NAME.next.pem} is the one write that
 * decides: from then on the next identity is the present one, whatever a crash left half moved. Until then the old one is.
 *
 * @param profile the profile of key and certificate
 * @param folder where the machine's identity lies
 * @param name of its files
 */
public record NextIdentity(MachineProfile profile, Path folder, String name) {

    /**
     * The pair to be certified: the one of an earlier question that was not answered, or a fresh one.
     *
     * @throws MachineTlsException {@link MachineTlsError#OPEN_KEY_FILE} when others may read the key file,
     *     {@link MachineTlsError#BAD_FILE} when it cannot be read or written
     */
    public KeyPair pair() {
        settle(folder, name);
        if (Files.isRegularFile(key())) {
            PrivateKey asked = MachineKeys.privateKey(profile, Pem.privateKey(PrivateFiles.readSecret(key())));
            return new KeyPair(MachineKeys.publicKey(profile, asked), asked);
        }
        KeyPair fresh = MachineKeys.generate(profile);
        PrivateFiles.write(key(), Pem.ofPrivateKey(fresh.getPrivate().getEncoded()));
        return fresh;
    }

    /**
     * Joins the answer with the pair and makes both the present identity, on disk when this returns.
     *
     * @param chain the machine's certificate, optionally followed by its authority's
     * @throws MachineTlsException {@link MachineTlsError#KEY_MISMATCH} when the certificate is another key's; the old
     *     identity stays
     */
    public MachineIdentity accept(List<X509Certificate> chain) {
        MachineIdentity next = new MachineIdentity(profile, pair().getPrivate(), chain);
        PrivateFiles.write(certificates(folder, name), Pem.ofCertificates(next.chain()));
        settle(folder, name);
        return next;
    }

    /** Forgets a key that will not be certified: the next {@link #pair} is fresh. */
    public void forget() {
        settle(folder, name);
        try {
            Files.deleteIfExists(key());
        } catch (IOException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "cannot delete " + key(), e);
        }
    }

    private Path key() {
        return key(folder, name);
    }

    private static Path key(Path folder, String name) {
        return folder.resolve(name + ".next.key");
    }

    private static Path certificates(Path folder, String name) {
        return folder.resolve(name + ".next.pem");
    }

    static boolean decided(Path folder, String name) {
        return Files.isRegularFile(certificates(folder, name));
    }

    /** Finishes a switch-over that was decided: key first, certificates last, each one rename. */
    static void settle(Path folder, String name) {
        if (!decided(folder, name)) {
            return;
        }
        try {
            if (Files.isRegularFile(key(folder, name))) {
                Files.move(key(folder, name), folder.resolve(name + ".key"), StandardCopyOption.ATOMIC_MOVE);
                force(folder);
            }
            Files.move(certificates(folder, name), folder.resolve(name + ".pem"), StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException e) {
            throw new MachineTlsException(
                    MachineTlsError.BAD_FILE, "cannot switch to the next certificate in " + folder, e);
        }
    }

    /** The key's rename must not reach the disk after the certificates'. */
    private static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
