package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.Mode;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VaultConfiguration {
    /**
     * The vault for everybody who asks. It connects at the first question, so that the backend starts without a vault:
     * doors, sales and event storage go on, and every question ends with UNAVAILABLE until it is there. In production a
     * vault on a demo quorum or of a rehearsal ends every question with NOT_ALLOWED.
     */
    @Bean(destroyMethod = "close")
    KeyService keyService(BackendIdentity identity, RevokedMachines revoked, ZhitongSettings settings) {
        boolean production = settings.mode() == Mode.PRODUCTION;
        return deferred(KeyService.class, () -> {
            KeyService vault = VaultClients.connect(identity.vault(), tls(identity, revoked));
            return production ? requireRealQuorum(vault) : vault;
        });
    }

    /** What people do to the keys, by a connection of its own. */
    @Bean(destroyMethod = "close")
    KeyAdministration keyAdministration(BackendIdentity identity, RevokedMachines revoked) {
        return deferred(
                KeyAdministration.class, () -> VaultClients.administer(identity.vault(), tls(identity, revoked)));
    }

    /** Asks for the identity at once, so that a backend without a certificate says why. */
    static RenewingTls tls(BackendIdentity identity, RevokedMachines revoked) {
        PeerPolicy vaults =
                PeerPolicy.of(identity.authority(), MachineRole.VAULT).withRevoked(revoked::revoked);
        RenewingTls tls = new RenewingTls(identity::identity, self -> MachineTls.mutual(self, vaults));
        tls.get();
        return tls;
    }

    /** Closes the connection again when it refuses. */
    static KeyService requireRealQuorum(KeyService vault) {
        boolean real = false;
        try {
            real = vault.status().mark() == VaultMark.NONE;
        } finally {
            if (!real) {
                vault.close();
            }
        }
        if (!real) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ALLOWED,
                    "zhitong.mode=production refuses a demo quorum and rehearsal keys: hold a key ceremony first");
        }
        return vault;
    }

    static <T extends AutoCloseable> T deferred(Class<T> type, Supplier<T> connect) {
        OnFirstUse<T> client = new OnFirstUse<>(connect);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close")
                                ? client.close()
                                : method.invoke(
                                        method.getDeclaringClass() == Object.class ? client : client.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static final class OnFirstUse<T extends AutoCloseable> {
        private final Supplier<T> connect;
        private @Nullable T service;

        OnFirstUse(Supplier<T> connect) {
            this.connect = connect;
        }

        synchronized T get() {
            T known = service;
            if (known == null) {
                known = connect.get();
                service = known;
            }
            return known;
        }

        synchronized @Nullable Object close() throws Exception {
            if (service != null) {
                service.close();
            }
            return null;
        }
    }
}
