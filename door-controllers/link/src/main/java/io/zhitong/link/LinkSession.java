package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachinePeer;
import java.time.Instant;

/**
 * One connection of one device (设备会话). A new connection of the same device ends the older one.
 *
 * @param number counts the sessions of this server, from 1
 * @param address from the device's certificate
 * @param peer that certificate
 * @param hello what the device said first; commands need its journal and nonce
 * @param remote address and port it came from, for the log
 */
public record LinkSession(
        long number, DeviceAddress address, MachinePeer peer, DeviceHello hello, Instant opened, String remote) {}
