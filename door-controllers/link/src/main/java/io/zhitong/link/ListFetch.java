package io.zhitong.link;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;

/** One list on its way to the device (名单拉取): question and answer in turn until it is complete. Not thread-safe. */
sealed interface ListFetch permits FullFetch, DifferenceFetch, GivenFetch {

    ListHeader header();

    /** What to ask next; only while not {@link #complete}. */
    FromDevice question();

    /** @throws LinkException OUT_OF_TURN or MALFORMED if this is no answer to the question */
    void take(FromBackend answer);

    boolean complete();

    /**
     * The new list, verified as a whole.
     *
     * @throws io.zhitong.accessmodel.ListRefusedException if it is not what was signed
     */
    SignedList joined();

    static LinkException outOfTurn() {
        return new LinkException(LinkFault.OUT_OF_TURN, "expected the answer to the question asked");
    }
}
