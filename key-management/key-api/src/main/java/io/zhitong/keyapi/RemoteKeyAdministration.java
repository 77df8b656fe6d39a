package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** {@link KeyAdministration} over mutual TLS (远程密钥管理). Connects when first asked. Thread-safe. */
public final class RemoteKeyAdministration implements KeyAdministration {
    private final WireAsker wire;

    /**
     * Connects nothing yet.
     *
     * @param address of the vault
     * @param tls mutual, SM2 profile, accepting the role vault
     * @param timeout for a connection, for each answer, and for a free connection
     */
    public RemoteKeyAdministration(InetSocketAddress address, MachineTls tls, Duration timeout) {
        this(address, () -> tls, timeout);
    }

    RemoteKeyAdministration(InetSocketAddress address, Supplier<MachineTls> tls, Duration timeout) {
        this.wire = new WireAsker(new VaultConnections(address, tls, timeout));
    }

    @Override
    public VaultDoor door() {
        return new RemoteVaultDoor(wire);
    }

    @Override
    public KeyCatalogue catalogue() {
        return CatalogueWire.remote(wire);
    }

    @Override
    public MachineRegister machines() {
        return new RemoteMachineRegister(wire);
    }

    @Override
    public Custodians custodians() {
        return new RemoteCustodians(wire);
    }

    @Override
    public Ceremonies ceremonies() {
        return new RemoteCeremonies(wire);
    }

    @Override
    public CustodyRegister register() {
        return new RemoteRegister(wire);
    }

    @Override
    public VaultEvidence evidence() {
        return new RemoteVaultEvidence(wire);
    }

    @Override
    public AuthenticationCards authenticationCards() {
        return new RemoteAuthCards(wire);
    }

    @Override
    public void close() {
        wire.close();
    }
}
