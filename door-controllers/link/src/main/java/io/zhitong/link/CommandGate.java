package io.zhitong.link;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.OptionalLong;

/**
 * Which commands a device believes (指令准入): its own, signed by the community's command key, made for this journal and this
 * connection, not too late by the backend's own time. Deny by default.
 *
 * @param nonce drawn for this connection
 */
record CommandGate(DeviceAddress address, Sm2PublicKey commandKey, JournalId journal, Octets nonce) {

    /**
     * @param backendNow the present estimate; without one nothing is carried out
     * @return NONE if the command may be carried out
     */
    CommandRefusal judge(SignedCommand command, OptionalLong backendNow) {
        CommandOrder order = command.order();
        if (!order.community().equals(address.community())) {
            return CommandRefusal.OTHER_COMMUNITY;
        }
        if (!order.device().equals(address.device())) {
            return CommandRefusal.OTHER_DEVICE;
        }
        if (!command.signedBy(commandKey)) {
            return CommandRefusal.WRONG_SIGNATURE;
        }
        if (!order.journal().equals(journal)) {
            return CommandRefusal.OTHER_JOURNAL;
        }
        if (!order.nonce().equals(nonce)) {
            return CommandRefusal.WRONG_NONCE;
        }
        if (backendNow.isEmpty()) {
            return CommandRefusal.TIME_UNKNOWN;
        }
        return backendNow.getAsLong() >= order.expiryMillis() ? CommandRefusal.EXPIRED : CommandRefusal.NONE;
    }
}
