package io.zhitong.link;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import java.util.Collection;

/** One list on its way to the device (名单拉取): question and answer in turn until it is complete. Not thread-safe. */
sealed interface ListFetch permits FullFetch, DifferenceFetch {

    ListHeader header();

    /** What to ask next; only while not {@link #complete}. */
    FromDevice question();

    /** @throws LinkException OUT_OF_TURN or MALFORMED if this is no answer to the question */
    void take(FromBackend answer);

    boolean complete();

    /** All records of the new list, not yet verified. */
    Collection<byte[]> records();

    static LinkException outOfTurn() {
        return new LinkException(LinkFault.OUT_OF_TURN, "expected the answer to the question asked");
    }
}
