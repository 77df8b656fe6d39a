package io.zhitong.fleet;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.link.EnrolmentServer;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The enrolment port of a backend in the fleet's own process (内置注册口): tokens are good once. Safe for use by several threads. */
public final class FleetEnrolment implements AutoCloseable {

    private static final int TOKEN = 32;

    private final FleetEstate estate;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, DeviceAddress> tokens = new HashMap<>();
    private final EnrolmentServer server;

    public FleetEnrolment(FleetEstate estate) {
        this.estate = estate;
        MachineTls desk = MachineTls.server(estate.backendIdentity());
        server = EnrolmentServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> desk, this::granted);
    }

    public int port() {
        return server.port();
    }

    /** A token for the controller of this number. */
    public synchronized String token(int number) {
        byte[] bytes = new byte[TOKEN];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tokens.put(token, DeviceAddress.of(FleetEstate.COMMUNITY, number));
        return token;
    }

    private synchronized Enrolment.Granted granted(Enrolment.Question question) {
        DeviceAddress address = Optional.ofNullable(tokens.remove(question.token()))
                .orElseThrow(() -> new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN));
        return new Enrolment.Granted(
                address,
                estate.certified(MachineRole.CONTROLLER, address.certificateName(), question.pkcs10()),
                estate.policyKey(),
                estate.commandKey(),
                Optional.empty());
    }

    @Override
    public void close() {
        server.close();
    }
}
