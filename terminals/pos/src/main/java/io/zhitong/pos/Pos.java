package io.zhitong.pos;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.edge.Device;
import io.zhitong.edge.DeviceProgram;
import java.net.InetSocketAddress;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** The till wired to a device (收款机装配): reader, PSAM slot, journal, blacklist, cashier line, commands. */
final class Pos implements DeviceProgram.Running {
    private final TillPort port;
    private final SaleCommands commands;
    private final Till till;

    private Pos(TillPort port, SaleCommands commands, Till till) {
        this.port = port;
        this.commands = commands;
        this.till = till;
    }

    static Pos start(Device device) {
        PosSection section = device.config().section("pos", PosSection.class);
        ZoneId zone = section.zoneId();
        InetSocketAddress driver = section.driverAddress();
        OpenPurchases journal = OpenPurchases.read(new JournalLog(device.journal(), section.pointId()));
        Till till = new Till(
                new TcpReader(driver, section.reader()),
                new SamSlot(new TcpReader(driver, section.sam())),
                journal,
                Blacklist.of(device.lists()),
                () -> LocalDateTime.ofInstant(device.clock().now(), zone),
                Till.Patience.DEFAULT);
        SaleCommands commands = new SaleCommands(till);
        device.onCommand(CommandKind.SALE, commands::carryOut);
        LeaseCommands leases = new LeaseCommands(till.lease());
        device.onCommand(CommandKind.LEASE_CHALLENGE, leases::challenge);
        device.onCommand(CommandKind.LEASE_RENEWAL, leases::renew);
        TillPort port = TillPort.open(section.tillPort(), new TillCommands(till, journal));
        return new Pos(port, commands, till);
    }

    /** No new sale is taken; one that is at the card is brought to its end and answered. */
    @Override
    public void close() {
        port.stopListening();
        commands.close();
        till.close();
        port.close();
    }
}
