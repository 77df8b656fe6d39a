package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import java.util.UUID;

/**
 * Who holds a device's connection (设备租约), as the database has it.
 *
 * @param epoch rises with each connection
 * @param gateway process that holds it
 * @param journal of this connection's hello
 * @param nonce of this connection's hello; a command carries both
 */
record DeviceLease(DeviceAddress device, long epoch, UUID gateway, JournalId journal, Octets nonce) {}
