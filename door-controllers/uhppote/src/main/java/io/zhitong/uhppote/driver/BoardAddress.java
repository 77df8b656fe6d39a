package io.zhitong.uhppote.driver;

import java.net.InetSocketAddress;

/**
 * Where a board is reached (控制板地址). Answers from anywhere else are not its.
 *
 * @param serial the number printed on the board
 * @param at its address, resolved; boards listen on port 60000
 */
public record BoardAddress(long serial, InetSocketAddress at) {

    public static final int PORT = 60_000;
}
