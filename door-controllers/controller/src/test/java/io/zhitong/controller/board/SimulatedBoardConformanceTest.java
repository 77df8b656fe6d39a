package io.zhitong.controller.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The client over TCP together with the board that is a program. */
class SimulatedBoardConformanceTest extends BoardConformance {

    private SimulatedBoard simulated;

    @Override
    Board open(Board.Listener listener) throws IOException {
        simulated = SimulatedBoard.open(0, folder.resolve("edges.log"));
        simulated.turn(3, 0);
        simulated.turn(4, 1_000);
        return TcpBoard.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), simulated.port()), listener);
    }

    @Override
    void turn(int io, int ohms) {
        simulated.turn(io, ohms);
    }

    @Override
    boolean current(int io) {
        return simulated.current(io);
    }

    @Override
    void unplug() throws IOException {
        simulated.close();
    }
}
