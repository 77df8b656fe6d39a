package io.zhitong.controller;

import io.zhitong.controller.board.Board;
import io.zhitong.controller.board.TcpBoard;
import io.zhitong.edge.EdgeException;

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
}
