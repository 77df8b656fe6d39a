package io.zhitong.link;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import java.util.List;

/**
 * What a device says first (设备问候).
 *
 * @param lastSequence newest record of its journal
 * @param firstSequence oldest record it still holds
 * @param nonce 16 bytes, drawn for this connection; commands carry them
 * @param software name and version of its program
 */
public record DeviceHello(
        JournalId journal,
        long lastSequence,
        long firstSequence,
        Octets nonce,
        String software,
        List<ListState> lists) {

    public DeviceHello {
        lists = List.copyOf(lists);
        if (nonce.length() != CommandOrder.NONCE_LENGTH || lastSequence < 0 || firstSequence < 0) {
            throw new LinkException(LinkFault.MALFORMED, "a hello needs a nonce of 16 bytes and sequences from 0");
        }
    }
}
