package io.zhitong.link;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import java.util.List;
import java.util.Optional;

/**
 * What a device says first (设备问候).
 *
 * @param lastSequence newest record of its journal
 * @param firstSequence oldest record it still holds
 * @param nonce 16 bytes, drawn for this connection; commands carry them
 * @param software name and version of its program
 * @param checkpoint newest place of the vault's audit that it keeps, {@value CheckpointKeeper#LENGTH} bytes
 */
public record DeviceHello(
        JournalId journal,
        long lastSequence,
        long firstSequence,
        Octets nonce,
        String software,
        List<ListState> lists,
        Optional<Octets> checkpoint) {

    public DeviceHello {
        lists = List.copyOf(lists);
        if (nonce.length() != CommandOrder.NONCE_LENGTH || lastSequence < 0 || firstSequence < 0) {
            throw new LinkException(LinkFault.MALFORMED, "a hello needs a nonce of 16 bytes and sequences from 0");
        }
        if (checkpoint.filter(kept -> kept.length() != CheckpointKeeper.LENGTH).isPresent()) {
            throw new LinkException(LinkFault.MALFORMED, "a checkpoint has " + CheckpointKeeper.LENGTH + " bytes");
        }
    }

    /** Of a device that keeps no checkpoint. */
    public DeviceHello(
            JournalId journal,
            long lastSequence,
            long firstSequence,
            Octets nonce,
            String software,
            List<ListState> lists) {
        this(journal, lastSequence, firstSequence, nonce, software, lists, Optional.empty());
    }
}
