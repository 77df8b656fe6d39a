package io.zhitong.backend.vault;

import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.VaultClients;
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
     * doors, sales and event storage go on, and every question ends with UNAVAILABLE until it is there.
     */
    @Bean(destroyMethod = "close")
    KeyService keyService(BackendIdentity identity) {
        return deferred(() -> VaultClients.connect(identity.vault(), identity.authority(), identity.identity()));
    }

    static KeyService deferred(Supplier<KeyService> connect) {
        OnFirstUse client = new OnFirstUse(connect);
        return (KeyService) Proxy.newProxyInstance(
                KeyService.class.getClassLoader(), new Class<?>[] {KeyService.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close")
                                ? client.close()
                                : method.invoke(
                                        method.getDeclaringClass() == Object.class ? client : client.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class OnFirstUse {
        private final Supplier<KeyService> connect;
        private @Nullable KeyService service;

        OnFirstUse(Supplier<KeyService> connect) {
            this.connect = connect;
        }

        synchronized KeyService get() {
            KeyService known = service;
            if (known == null) {
                known = connect.get();
                service = known;
            }
            return known;
        }

        synchronized @Nullable Object close() {
            if (service != null) {
                service.close();
            }
            return null;
        }
    }
}
