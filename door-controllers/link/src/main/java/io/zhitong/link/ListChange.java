package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.link.proto.Bucket;
import io.zhitong.link.proto.ListOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In which buckets a list differs from the one before (名单变化): sent along with the offer, so that a device that holds the one
 * before has to ask nothing. It proves nothing by itself; the result must hash to the signed root. Unchangeable, made once for all
 * devices with the same list.
 */
public final class ListChange {
    /** Leaves room for a header with the longest path within a frame. */
    private static final int MOST_BYTES = 12_000;

    private final Hash base;
    private final List<Bucket> buckets;

    private ListChange(Hash base, List<Bucket> buckets) {
        this.base = base;
        this.buckets = List.copyOf(buckets);
    }

    /** Nothing if it is more than goes along: the device then asks for what differs. */
    public static Optional<ListChange> between(MerkleTree before, MerkleTree after) {
        List<Bucket> buckets = new ArrayList<>();
        int bytes = 0;
        for (int number : after.differing(before)) {
            Bucket bucket = Bucket.newBuilder()
                    .setNumber(number)
                    .addAllRecord(after.bucket(number).stream()
                            .map(ByteString::copyFrom)
                            .toList())
                    .build();
            bytes += bucket.getSerializedSize() + 4;
            if (bytes > MOST_BYTES) {
                return Optional.empty();
            }
            buckets.add(bucket);
        }
        return Optional.of(new ListChange(before.root(), buckets));
    }

    static ListChange received(ByteString base, List<Bucket> buckets) {
        return new ListChange(new Hash(Wire.octets(base)), buckets);
    }

    /** Root of the list it changes. */
    Hash base() {
        return base;
    }

    ListOffer.Builder in(ListOffer.Builder offer) {
        return offer.setBase(Wire.bytes(base.value())).addAllBucket(buckets);
    }

    Map<Integer, List<byte[]>> records() {
        Map<Integer, List<byte[]>> records = new TreeMap<>();
        for (Bucket bucket : buckets) {
            records.put(
                    bucket.getNumber(),
                    bucket.getRecordList().stream().map(ByteString::toByteArray).toList());
        }
        return records;
    }
}
