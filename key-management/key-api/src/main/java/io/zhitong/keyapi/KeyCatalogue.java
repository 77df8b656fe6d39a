package io.zhitong.keyapi;

import java.util.List;

/** What an open vault says about its keys (密钥目录); nothing secret. */
public interface KeyCatalogue {
    /**
     * All masters, destroyed ones too, in the order they were made.
     *
     * @throws KeyServiceException {@link KeyRefusal#SEALED}
     */
    List<KeyListing> masters();

    /**
     * Where any key comes from, down to a card's own.
     *
     * @throws KeyServiceException {@link KeyRefusal#SEALED}, {@link KeyRefusal#UNKNOWN_KEY}, {@link KeyRefusal#BAD_FACTORS}
     */
    KeyLineage lineage(KeyRef key);
}
