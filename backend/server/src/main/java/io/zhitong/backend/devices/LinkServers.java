package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.vault.BackendIdentity;
import io.zhitong.backend.vault.MachineUpkeep;
import io.zhitong.backend.vault.RenewingTls;
import io.zhitong.backend.vault.RevokedMachines;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.link.CommandDelivery;
import io.zhitong.link.EnrolmentServer;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.link.ListChange;
import io.zhitong.link.PortTls;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.PeerPolicy;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The two listeners for devices (设备监听): the link and the enrolment. They need the backend's certificate; on a first start
 * without a vault they wait for it, everything else runs meanwhile.
 */
@Component
@RunsIn(BackendRole.GATEWAY)
public class LinkServers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LinkServers.class);

    private final ZhitongSettings settings;
    private final BackendIdentity identity;
    private final DeviceCertificates certificates;
    private final Gateway gateway;
    private final EnrolmentDesk desk;
    private final RevokedMachines machines;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "link-start");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable LinkServer link;
    private volatile @Nullable EnrolmentServer enrolment;
    private volatile boolean running;

    LinkServers(
            ZhitongSettings settings,
            BackendIdentity identity,
            DeviceCertificates certificates,
            Gateway gateway,
            EnrolmentDesk desk,
            RevokedMachines machines,
            MachineUpkeep upkeep,
            Notices notices) {
        this.settings = settings;
        this.identity = identity;
        this.certificates = certificates;
        this.gateway = gateway;
        this.desk = desk;
        this.machines = machines;
        upkeep.onRevoked(this::dropRevoked);
        notices.on(DeviceCertificates.REVOKED, word -> {
            certificates.load();
            dropRevoked();
        });
    }

    @Override
    public void start() {
        running = true;
        certificates.load();
        if (!tryStart()) {
            timer.schedule(this::retry, 1, TimeUnit.SECONDS);
        }
    }

    private void retry() {
        if (running && !tryStart()) {
            timer.schedule(this::retry, 1, TimeUnit.SECONDS);
        }
    }

    /** Answers false while the backend has no certificate yet. */
    private synchronized boolean tryStart() {
        try {
            listen();
            return true;
        } catch (KeyServiceException | MachineTlsException e) {
            LOG.info("devices wait for the vault: {}", e.getMessage());
            return false;
        }
    }

    private void listen() {
        identity.identity();
        enrolment = EnrolmentServer.start(at(settings.enrolListenPort()), port(MachineTls::server), desk);
        link = LinkServer.start(
                LinkServerOptions.of(at(settings.linkListenPort())),
                port(self -> MachineTls.mutual(self, devices(self.profile()))),
                gateway);
        LOG.info("devices may connect link={} enrolment={}", linkPort(), enrolmentPort());
    }

    /** Boards without the national algorithms are refused until the vault has certified the backend for them too. */
    private PortTls port(Function<MachineIdentity, MachineTls> make) {
        RenewingTls national = new RenewingTls(identity::identity, make);
        RenewingTls international =
                new RenewingTls(() -> identity.international().orElseThrow(), make);
        return profile -> switch (profile) {
            case SM2 -> Optional.of(national.get());
            case P256 -> identity.international().map(present -> international.get());
        };
    }

    private PeerPolicy devices(MachineProfile profile) {
        return PeerPolicy.of(identity.authority(profile), MachineRole.CONTROLLER, MachineRole.POS)
                .withRevoked(this::revoked);
    }

    private boolean revoked(BigInteger serial) {
        return certificates.revoked(serial) || machines.revoked(serial);
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(settings.address(), port);
    }

    /** The port devices connect to; empty while it waits for the vault. */
    public Optional<Integer> linkPort() {
        return Optional.ofNullable(link).map(LinkServer::port);
    }

    /** The port devices enrol at. */
    public Optional<Integer> enrolmentPort() {
        return Optional.ofNullable(enrolment).map(EnrolmentServer::port);
    }

    /** Empty while nothing listens here. */
    Optional<CommandDelivery> send(SignedCommand command) {
        return Optional.ofNullable(link).map(server -> server.send(command));
    }

    void offer(ListHeader header, Optional<ListChange> change) {
        Optional.ofNullable(link).ifPresent(server -> server.offer(header, change));
    }

    /** Ends the sessions of revoked devices at once. */
    void dropRevoked() {
        Optional.ofNullable(link).ifPresent(server -> server.dropRevoked(this::revoked));
    }

    /** Handshakes refused since the start: no, a foreign or a revoked certificate. */
    public long refusedHandshakes() {
        return Optional.ofNullable(link).map(LinkServer::refusedHandshakes).orElse(0L);
    }

    @Override
    public synchronized void stop() {
        running = false;
        timer.shutdownNow();
        Optional.ofNullable(enrolment).ifPresent(EnrolmentServer::close);
        Optional.ofNullable(link).ifPresent(LinkServer::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return StartPhase.GATEWAY;
    }
}
