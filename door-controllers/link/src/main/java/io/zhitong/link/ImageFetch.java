package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Octets;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ImagePart;
import io.zhitong.link.proto.ImagePull;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The device's end of an update's way (升级包下载): asks for {@value ImageServing#MOST} bytes, and for more when it has them all. One per
 * connection, used by one thread.
 */
final class ImageFetch {

    private final ImageSink sink;
    private final Consumer<FromDevice> out;
    private Optional<ImageSink.Wanted> present = Optional.empty();
    private long held;
    private long asked;
    private boolean resting;

    ImageFetch(ImageSink sink, Consumer<FromDevice> out) {
        this.sink = sink;
        this.out = out;
    }

    /** Asks for what is wanted, unless a question is under way already. */
    void pump() {
        if (present.isPresent() || resting) {
            return;
        }
        present = sink.wanted();
        present.ifPresent(bundle -> {
            held = bundle.from();
            ask(bundle);
        });
    }

    private void ask(ImageSink.Wanted bundle) {
        int length = (int) Math.min(ImageServing.MOST, bundle.size() - held);
        asked = held + length;
        out.accept(FromDevice.newBuilder()
                .setImage(ImagePull.newBuilder()
                        .setBundle(Wire.bytes(bundle.bundle().value()))
                        .setFrom(held)
                        .setLength(length))
                .build());
    }

    /** @throws LinkException MALFORMED for what was not asked or does not follow */
    void part(ImagePart part) {
        Octets name = Wire.octets(part.getBundle());
        ImageSink.Wanted bundle = present.filter(
                        wanted -> wanted.bundle().value().equals(name))
                .orElseThrow(() -> new LinkException(LinkFault.MALFORMED, "expected a part of what was asked"));
        ByteString data = part.getData();
        if (data.isEmpty()) {
            // Another connection may lead to a backend that has it.
            present = Optional.empty();
            resting = true;
            return;
        }
        Wire.require(
                part.getFrom() == held && data.size() <= ImageServing.PART && data.size() <= asked - held,
                "the part that follows");
        sink.append(bundle, held, data.toByteArray());
        held += data.size();
        if (held == bundle.size()) {
            present = Optional.empty();
            pump();
        } else if (held == asked) {
            next(bundle);
        }
    }

    /** Something else may be wanted by now. */
    private void next(ImageSink.Wanted bundle) {
        if (sink.wanted().filter(now -> now.bundle().equals(bundle.bundle())).isPresent()) {
            ask(bundle);
        } else {
            present = Optional.empty();
            pump();
        }
    }
}
