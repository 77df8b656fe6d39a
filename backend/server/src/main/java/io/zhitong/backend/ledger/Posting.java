package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import java.util.List;
import java.util.Objects;

/**
 * What is to be entered (记账请求).
 *
 * @param businessKey what happened in the world, for example {@code purchase:PSAM:SEQUENCE}: the same key is entered once
 * @param reference shown to people
 * @param transfers at least one, in order
 */
public record Posting(
        CommunityId community, String businessKey, EntryKind kind, String reference, List<Transfer> transfers) {
    public Posting {
        Objects.requireNonNull(kind);
        transfers = List.copyOf(transfers);
        if (businessKey.isBlank() || businessKey.length() > 100 || reference.length() > 200) {
            throw new IllegalArgumentException("a business key has 1 to 100 characters, a reference at most 200");
        }
        if (transfers.isEmpty()) {
            throw new IllegalArgumentException("a posting has at least one transfer");
        }
    }
}
