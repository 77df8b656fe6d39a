package io.zhitong.machinetls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCX509ExtendedKeyManager;
import org.bouncycastle.jsse.BCX509Key;
import org.jspecify.annotations.Nullable;

/**
 * Offers the one key of a machine. BCJSSE's stock key manager has no filter for SM2 keys (bc-java issue 2416), so it
 * would answer "none" to the key type {@code EC/sm2p256v1}. The JDK's provider asks for {@code EC}.
 */
final class MachineKeyManager extends BCX509ExtendedKeyManager {
    private static final String ALIAS = "machine";

    private final MachineIdentity identity;

    MachineKeyManager(MachineIdentity identity) {
        this.identity = identity;
    }

    @Override
    protected @Nullable BCX509Key getKeyBC(String keyType, String alias) {
        return ALIAS.equals(alias) && isOurs(keyType) ? new Offer(keyType, identity) : null;
    }

    private boolean isOurs(String keyType) {
        return identity.profile().keyType().equals(keyType);
    }

    private @Nullable String alias(String... keyTypes) {
        return Arrays.stream(keyTypes).anyMatch(this::isOurs) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return isOurs(keyType) ? new String[] {ALIAS} : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return ALIAS.equals(alias) ? identity.chain().toArray(new X509Certificate[0]) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return ALIAS.equals(alias) ? identity.key() : null;
    }

    private record Offer(String keyType, MachineIdentity identity) implements BCX509Key {
        @Override
        public String getKeyType() {
            return keyType;
        }

        @Override
        public X509Certificate[] getCertificateChain() {
            return identity.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey() {
            return identity.key();
        }
    }
}
