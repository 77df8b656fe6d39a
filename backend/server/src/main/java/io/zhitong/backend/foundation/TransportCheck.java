package io.zhitong.backend.foundation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** In production passwords cross no wire in the clear (明文传输检查): plain HTTP is for loopback only. */
@Component
final class TransportCheck {
    TransportCheck(ZhitongSettings settings, Environment environment) {
        boolean tls = Stream.of("bundle", "key-store", "certificate")
                .anyMatch(way -> environment.containsProperty("server.ssl." + way));
        if (settings.mode() == Mode.PRODUCTION && !tls && !loopback(settings.address())) {
            throw new IllegalArgumentException("zhitong.mode=production refuses plain HTTP on " + settings.address()
                    + ": set server.ssl.certificate and server.ssl.certificate-private-key, or listen on 127.0.0.1"
                    + " behind a proxy that does TLS");
        }
    }

    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
