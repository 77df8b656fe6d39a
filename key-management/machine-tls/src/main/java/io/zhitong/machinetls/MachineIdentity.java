package io.zhitong.machinetls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A machine's private key and its certificate (机器身份). On disk: {@code NAME.key} (PKCS#8, PEM, mode 0600) and
 * {@code NAME.pem} (the certificate, then its authority's). The key never prints.
 *
 * @param profile the profile both belong to
 * @param key the private key
 * @param chain the machine's certificate, optionally followed by its authority's
 */
public record MachineIdentity(MachineProfile profile, PrivateKey key, List<X509Certificate> chain) {
    /**
     * @throws MachineTlsException {@link MachineTlsError#KEY_MISMATCH} when the certificate is of another key,
     *     {@link MachineTlsError#WRONG_PROFILE} when either lies on another curve
     */
    public MachineIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty() || chain.size() > 2) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected a certificate and at most its authority");
        }
        X509Certificate leaf = chain.get(0);
        if (!Curves.isOf(profile, key) || !Curves.isOf(profile, leaf.getPublicKey())) {
            throw new MachineTlsException(
                    MachineTlsError.WRONG_PROFILE, "expected key and certificate on " + profile.curve());
        }
        if (!Curves.pair(key, leaf.getPublicKey())) {
            throw new MachineTlsException(
                    MachineTlsError.KEY_MISMATCH, "the key file belongs to another certificate: enrol anew");
        }
    }

    /** Role and name in the certificate. */
    public MachineName name() {
        return MachineName.of(chain.get(0));
    }

    /** Stores both files; a crash leaves the identity that was there before or this one, never a mixture. */
    public void store(Path folder, String name) {
        NextIdentity.settle(folder, name);
        PrivateFiles.write(folder.resolve(name + ".next.key"), Pem.ofPrivateKey(key.getEncoded()));
        PrivateFiles.write(folder.resolve(name + ".next.pem"), Pem.ofCertificates(chain));
        NextIdentity.settle(folder, name);
    }

    /** True when both files are there; says nothing about their content. */
    public static boolean stored(Path folder, String name) {
        return NextIdentity.decided(folder, name)
                || Files.isRegularFile(folder.resolve(name + ".key"))
                        && Files.isRegularFile(folder.resolve(name + ".pem"));
    }

    /**
     * Loads what {@link #store} wrote.
     *
     * @throws MachineTlsException {@link MachineTlsError#OPEN_KEY_FILE} when others may read the key file, and the
     *     reasons of the constructor
     */
    public static MachineIdentity load(MachineProfile profile, Path folder, String name) {
        NextIdentity.settle(folder, name);
        String key = PrivateFiles.readSecret(folder.resolve(name + ".key"));
        String chain = PrivateFiles.read(folder.resolve(name + ".pem"));
        return new MachineIdentity(
                profile, MachineKeys.privateKey(profile, Pem.privateKey(key)), Pem.certificates(chain));
    }

    /** A signature over the message by the machine's own key, DER; SM2 with SM3, or ECDSA with SHA-256. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(profile.signature(), Providers.BC);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "the machine's key does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "MachineIdentity[" + profile + " " + chain.get(0).getSubjectX500Principal() + "]";
    }
}
