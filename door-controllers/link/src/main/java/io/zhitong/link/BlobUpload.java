package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Coded;
import io.zhitong.link.proto.BlobOffer;
import io.zhitong.link.proto.BlobPart;
import io.zhitong.link.proto.BlobWanted;
import io.zhitong.link.proto.FromDevice;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The device's end of the bulk lane (图片上传): one picture at a time, no more of it than the backend's credit allows, so that events
 * and answers wait behind that much at most. One per connection, used by one thread.
 */
final class BlobUpload {

    private final BlobSource source;
    private final Consumer<FromDevice> out;
    private Optional<Blob> present = Optional.empty();
    private int sent;
    private boolean resting;

    BlobUpload(BlobSource source, Consumer<FromDevice> out) {
        this.source = source;
        this.out = out;
    }

    /** Offers the next picture, if none is under way. */
    void pump() {
        if (present.isPresent() || resting) {
            return;
        }
        present = source.next();
        sent = -1;
        present.ifPresent(blob -> out.accept(FromDevice.newBuilder()
                .setBlobOffer(
                        BlobOffer.newBuilder().setName(Wire.bytes(blob.name())).setLength(blob.length()))
                .build()));
    }

    /** @throws LinkException MALFORMED if nothing of that name was offered, or more is acknowledged than there is */
    void wanted(BlobWanted answer) {
        Blob blob = present.filter(offered -> offered.name().equals(Wire.octets(answer.getName())))
                .orElseThrow(() -> new LinkException(LinkFault.MALFORMED, "expected an answer to what was offered"));
        Wire.require(answer.getFrom() >= 0 && answer.getFrom() <= blob.length(), "a place in the picture");
        if (answer.getRefusal() != 0) {
            refused(blob, Wire.checked(() -> Coded.require(BlobRefusal.class, answer.getRefusal())));
        } else if (answer.getFrom() == blob.length()) {
            present = Optional.empty();
            source.stored(blob.name());
        } else {
            send(blob, answer.getFrom(), answer.getCredit());
        }
        pump();
    }

    private void refused(Blob blob, BlobRefusal reason) {
        present = Optional.empty();
        resting = reason == BlobRefusal.NO_ROOM || reason == BlobRefusal.NOT_KEPT;
        source.refused(blob.name(), reason);
    }

    private void send(Blob blob, int from, int credit) {
        sent = Math.max(sent, from);
        long limit = Math.min(blob.length(), from + (long) Math.max(0, credit));
        while (sent < limit) {
            byte[] data = source.read(blob, sent, (int) Math.min(BlobServing.PART, limit - sent));
            Wire.require(data.length > 0, "the bytes of a picture offered");
            out.accept(FromDevice.newBuilder()
                    .setBlobPart(BlobPart.newBuilder()
                            .setName(Wire.bytes(blob.name()))
                            .setFrom(sent)
                            .setData(ByteString.copyFrom(data)))
                    .build());
            sent += data.length;
        }
    }
}
