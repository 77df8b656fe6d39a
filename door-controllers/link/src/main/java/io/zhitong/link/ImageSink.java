package io.zhitong.link;

import io.zhitong.accessmodel.Hash;
import java.util.Optional;

/** An update that a device fetches (升级包下载). Calls come one after the other, on the link's worker thread. */
public interface ImageSink {

    /**
     * What is to be fetched.
     *
     * @param bundle SM3 of the whole
     * @param from bytes there are already, less than {@code size}
     */
    record Wanted(Hash bundle, long size, long from) {
        public Wanted {
            Wire.require(from >= 0 && from < size, "a place in the bundle");
        }
    }

    /** Empty while nothing is. */
    Optional<Wanted> wanted();

    /** Adds what follows; the whole is complete when {@code from} and the data reach its size. */
    void append(Wanted bundle, long from, byte[] data);

    /** A device that takes no updates. */
    static ImageSink none() {
        return new ImageSink() {
            @Override
            public Optional<Wanted> wanted() {
                return Optional.empty();
            }

            @Override
            public void append(Wanted bundle, long from, byte[] data) {
                throw new LinkException(LinkFault.OUT_OF_TURN, "expected no bundle");
            }
        };
    }
}
