package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;

/** Commands made by hand, for connections of the test's choice. */
final class TestCommands {
    private TestCommands() {}

    static SignedCommand open(TestDevices devices, DeviceLease lease, long now) {
        CommandOrder order = new CommandOrder(
                lease.device().community(),
                lease.device().device(),
                lease.journal(),
                lease.nonce(),
                CommandKind.OPEN,
                new PointId(1),
                now,
                now + 10_000,
                Octets.of(new io.zhitong.smcrypto.ByteWriter().u64(1).u64(2).toByteArray()),
                Octets.EMPTY,
                "property",
                "访客");
        return SignedCommand.sign(order, message -> Sm2.sign(devices.key(), message, RandomSource.secure()));
    }
}
