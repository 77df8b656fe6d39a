package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;

/**
 * Where the backend puts pictures of devices (图片存放). Calls for one session come one after the other, on worker threads that may
 * block, beside those of {@link LinkHandler}. What was appended outlives the connection.
 */
public interface BlobKeeper {

    /**
     * @return how many bytes are there already, from the beginning; all of them when it is whole and proved
     * @throws BlobRefusedException if it is not taken
     */
    int offered(DeviceAddress device, Blob blob);

    /**
     * Adds what follows.
     *
     * @param from bytes there are
     * @return bytes there are now
     * @throws BlobRefusedException OTHER_CONTENT if the whole does not have the name: nothing of it is kept
     */
    int append(DeviceAddress device, Blob blob, int from, byte[] data);

    /** Takes nothing. */
    static BlobKeeper none() {
        return new BlobKeeper() {
            @Override
            public int offered(DeviceAddress device, Blob blob) {
                throw new BlobRefusedException(BlobRefusal.NOT_KEPT);
            }

            @Override
            public int append(DeviceAddress device, Blob blob, int from, byte[] data) {
                throw new BlobRefusedException(BlobRefusal.NOT_KEPT);
            }
        };
    }
}
