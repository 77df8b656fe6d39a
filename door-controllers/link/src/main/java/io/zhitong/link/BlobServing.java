package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.proto.BlobOffer;
import io.zhitong.link.proto.BlobPart;
import io.zhitong.link.proto.BlobWanted;
import java.util.Optional;

/**
 * The backend's end of the bulk lane (图片接收): one picture of a connection at a time, and never more than {@value #CREDIT} bytes of
 * it under way. One per session; calls come one after the other.
 */
final class BlobServing {

    static final int PART = 8_192;
    static final int CREDIT = 65_536;

    private final BlobKeeper keeper;
    private final DeviceAddress device;
    private Optional<Blob> present = Optional.empty();
    private int held;
    private int limit;

    BlobServing(BlobKeeper keeper, DeviceAddress device) {
        this.keeper = keeper;
        this.device = device;
    }

    /** An offer replaces the one before: the device asks where to go on. */
    BlobWanted.Builder offered(BlobOffer offer) {
        BlobWanted.Builder answer = BlobWanted.newBuilder().setName(offer.getName());
        present = Optional.empty();
        try {
            Blob blob = new Blob(Wire.octets(offer.getName()), offer.getLength());
            held = keeper.offered(device, blob);
            present = Optional.of(blob).filter(wanted -> held < wanted.length());
            return credited(answer);
        } catch (BlobRefusedException e) {
            return answer.setRefusal(e.reason().code());
        }
    }

    /**
     * @return an answer when there is something to say
     * @throws LinkException MALFORMED if it does not follow, OVER_WINDOW if it goes beyond the credit
     */
    Optional<BlobWanted.Builder> part(BlobPart part) {
        Blob blob = present.filter(wanted -> wanted.name().equals(Wire.octets(part.getName())))
                .orElseThrow(() -> new LinkException(LinkFault.MALFORMED, "expected a part of the picture offered"));
        int size = part.getData().size();
        Wire.require(size >= 1 && size <= PART, "a part of 1 to " + PART + " bytes");
        Wire.require(part.getFrom() == held && size <= blob.length() - held, "the part that follows");
        if (held + size > limit) {
            throw new LinkException(LinkFault.OVER_WINDOW, "expected no more than the credit");
        }
        BlobWanted.Builder answer = BlobWanted.newBuilder().setName(part.getName());
        try {
            held = keeper.append(device, blob, held, part.getData().toByteArray());
        } catch (BlobRefusedException e) {
            present = Optional.empty();
            return Optional.of(answer.setRefusal(e.reason().code()));
        }
        if (held == blob.length()) {
            present = Optional.empty();
            return Optional.of(answer.setFrom(held));
        }
        return limit - held <= CREDIT / 2 ? Optional.of(credited(answer)) : Optional.empty();
    }

    private BlobWanted.Builder credited(BlobWanted.Builder answer) {
        limit = held + CREDIT;
        return answer.setFrom(held).setCredit(present.isPresent() ? CREDIT : 0);
    }
}
