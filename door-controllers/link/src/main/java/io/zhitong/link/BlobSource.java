package io.zhitong.link;

import io.zhitong.accessmodel.Octets;
import java.util.Optional;

/** Pictures of a device on their way to the backend (待传图片). Calls come one after the other, on the link's worker thread. */
public interface BlobSource {

    /** The picture to be sent next; the same until it is {@link #stored} or {@link #refused}. */
    Optional<Blob> next();

    /** Bytes of its content. */
    byte[] read(Blob blob, int from, int length);

    /** The backend has it whole. */
    void stored(Octets name);

    /** The backend does not take it; after NO_ROOM it is offered again in the next connection. */
    void refused(Octets name, BlobRefusal reason);

    /** A device without pictures. */
    static BlobSource none() {
        return new BlobSource() {
            @Override
            public Optional<Blob> next() {
                return Optional.empty();
            }

            @Override
            public byte[] read(Blob blob, int from, int length) {
                return new byte[0];
            }

            @Override
            public void stored(Octets name) {
                // nothing was offered
            }

            @Override
            public void refused(Octets name, BlobRefusal reason) {
                // nothing was offered
            }
        };
    }
}
