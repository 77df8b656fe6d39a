package io.zhitong.controller;

import com.diozero.api.RuntimeIOException;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.board.GpioBoard;
import io.zhitong.controller.board.GpioSection;
import io.zhitong.controller.board.TcpBoard;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;

/**
 * Section {@code board} of the program's YAML file, where inputs and outputs are wired (输入输出板配置), docs/controller.md.
 *
 * @param address {@code host:port} of a board on TCP, empty = none
 * @param watchdog file like {@code /dev/watchdog} that is fed, empty = none
 */
record BoardSection(String address, String watchdog) {

    static final BoardSection NONE = new BoardSection("", "");

    /** @throws EdgeException CONFIG when the address is none */
    Board open(Board.Listener listener) {
        return address.isBlank() ? Board.none() : TcpBoard.open(ControllerSection.address(address, "board"), listener);
    }

    /** @throws EdgeException CONFIG when there is a board on TCP too, or this machine has no such pins */
    Board open(GpioSection pins, Board.Listener listener) {
        if (!address.isBlank()) {
            throw new EdgeException(EdgeFault.CONFIG, "expected one of 'board.address' and 'gpio'");
        }
        try {
            return GpioBoard.open(pins, listener);
        } catch (RuntimeIOException | IllegalArgumentException e) {
            throw new EdgeException(EdgeFault.CONFIG, "expected the pins of section 'gpio' on this machine", e);
        }
    }
}
