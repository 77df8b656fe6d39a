package io.zhitong.uhppote;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.StepProof;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.emulator.BoardIdentity;
import java.io.IOException;
import java.nio.file.Path;

/** A board behind the port of every controller. */
final class BoardRig implements AutoCloseable {
    static final DeviceAddress DEVICE = DeviceAddress.of(1, 77);

    final Rig rig;
    final MemoryJournal journal = new MemoryJournal();
    UhppoteBoard port;

    BoardRig(BoardIdentity identity, Path file) throws IOException {
        rig = new Rig(identity, file);
        port = newPort(PinBook.NONE);
    }

    static BoardRig usual(Path folder) throws IOException {
        return new BoardRig(BoardIdentity.usual(Rig.SERIAL, Rig.ZONE), folder.resolve("board"));
    }

    /** The same board, and nothing remembered of it. */
    UhppoteBoard newPort(PinBook pins) {
        return newPort(pins, rig.driver);
    }

    UhppoteBoard newPort(PinBook pins, UdpDriver driver) {
        return new UhppoteBoard(DEVICE, rig.address, driver, journal, pins, Rig.ZONE, rig.clock());
    }

    StepProof sync(Lists lists) {
        return port.synchronise(lists.holdings());
    }

    @Override
    public void close() throws IOException {
        rig.close();
    }
}
