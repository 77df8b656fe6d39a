package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Hash;
import io.zhitong.link.proto.ImagePart;
import io.zhitong.link.proto.ImagePull;
import java.util.ArrayList;
import java.util.List;

/** The backend's end of an update's way (升级包发送): answers one question of a connection at a time, in parts. */
final class ImageServing {

    static final int PART = 8_192;
    static final int MOST = 65_536;

    /** Bytes of a bundle from a place on, at most so many; none when there is no such bundle, or nothing behind that place. */
    @FunctionalInterface
    interface Store {
        byte[] read(Hash bundle, long from, int most);
    }

    private final Store store;

    ImageServing(Store store) {
        this.store = store;
    }

    /** @throws LinkException MALFORMED */
    static void require(ImagePull pull) {
        Wire.require(
                pull.getBundle().size() == Hash.LENGTH
                        && pull.getFrom() >= 0
                        && pull.getLength() >= 1
                        && pull.getLength() <= MOST,
                "a question for 1 to " + MOST + " bytes of a bundle");
    }

    /** At least one; one without data says that there is nothing. */
    List<ImagePart> parts(ImagePull pull) {
        Hash bundle = Hash.of(pull.getBundle().toByteArray());
        byte[] data = store.read(bundle, pull.getFrom(), pull.getLength());
        List<ImagePart> parts = new ArrayList<>();
        for (int at = 0; at == 0 || at < data.length; at += PART) {
            parts.add(ImagePart.newBuilder()
                    .setBundle(pull.getBundle())
                    .setFrom(pull.getFrom() + at)
                    .setData(ByteString.copyFrom(data, at, Math.min(PART, data.length - at)))
                    .build());
        }
        return parts;
    }
}
