package io.zhitong.edge.installer;

import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for a browser beside the device (安装页面证书), made anew at each start; who opens the page compares its fingerprint with
 * the one written down beside the code.
 *
 * @param fingerprint SHA-256 of the certificate, as browsers show it
 */
record InstallerTls(SSLContext context, String fingerprint) {

    private static final Duration VALID = Duration.ofDays(365);

    /** @throws IOException if this Java has no curve P-256 */
    static InstallerTls make(Instant now) throws IOException {
        Instant from = now.minus(Duration.ofDays(1));
        Instant to = now.plus(VALID);
        MachineProfile profile = MachineProfile.P256;
        MachineAuthority authority =
                MachineAuthority.create(profile, MachineKeys.generate(profile), "Installer page", from, to);
        KeyPair pair = MachineKeys.generate(profile);
        MachineName name = new MachineName(MachineRole.CONTROLLER, "installer");
        X509Certificate leaf = authority.issue(MachineKeys.request(profile, pair, name), name, from, to);
        // The store never leaves this method; its format wants a password.
        char[] password = UUID.randomUUID().toString().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("page", pair.getPrivate(), password, new Certificate[] {leaf, authority.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return new InstallerTls(context, Hex.of(digest).toUpperCase(java.util.Locale.ROOT));
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS for the installer's page on this Java", e);
        }
    }
}
