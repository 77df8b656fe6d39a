package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.Bucket;
import io.zhitong.link.proto.BucketPart;
import io.zhitong.link.proto.BucketPull;
import io.zhitong.link.proto.ListPart;
import io.zhitong.link.proto.ListPull;
import io.zhitong.link.proto.TreePart;
import io.zhitong.link.proto.TreePull;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The backend's answers to a device that fetches a list (名单下发). One per connection, used by one thread at a time. */
final class ListServing {

    static final int MAX_NODES = 16;

    private static final int BUCKETS = 65_536;
    /** Leaves room for the envelope within a frame. */
    private static final int MAX_PART = 12_000;

    private final Function<ListKind, Optional<SignedList>> source;
    private Optional<SignedList> current = Optional.empty();

    ListServing(Function<ListKind, Optional<SignedList>> source) {
        this.source = source;
    }

    ListPart part(ListPull pull) {
        SignedList list = list(pull.getKind(), pull.getEpoch(), pull.getNumber());
        List<byte[]> records = list.tree().records();
        int from = pull.getFrom();
        Wire.require(from >= 0 && from <= records.size(), "an ordinal within the list");
        ListPart.Builder part = ListPart.newBuilder()
                .setKind(pull.getKind())
                .setEpoch(pull.getEpoch())
                .setNumber(pull.getNumber())
                .setFrom(from);
        int room = MAX_PART;
        for (int at = from; at < records.size(); at++) {
            byte[] record = records.get(at);
            if (room < record.length) {
                break;
            }
            part.addRecord(ByteString.copyFrom(record));
            room -= record.length + 4;
        }
        if (from + part.getRecordCount() == records.size()) {
            current = Optional.empty();
        }
        return part.build();
    }

    TreePart part(TreePull pull) {
        SignedList list = list(pull.getKind(), pull.getEpoch(), pull.getNumber());
        Wire.require(pull.getNodeCount() <= MAX_NODES, "at most " + MAX_NODES + " nodes");
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int node : pull.getNodeList()) {
            for (Hash hash : Wire.checked(() -> list.tree().children(pull.getLevel(), node))) {
                hashes.writeBytes(hash.toByteArray());
            }
        }
        return TreePart.newBuilder()
                .setKind(pull.getKind())
                .setEpoch(pull.getEpoch())
                .setNumber(pull.getNumber())
                .setLevel(pull.getLevel())
                .addAllNode(pull.getNodeList())
                .setHashes(ByteString.copyFrom(hashes.toByteArray()))
                .build();
    }

    BucketPart part(BucketPull pull) {
        SignedList list = list(pull.getKind(), pull.getEpoch(), pull.getNumber());
        Wire.require(pull.getBucketCount() <= MAX_NODES, "at most " + MAX_NODES + " buckets");
        Wire.require(
                pull.getBucketList().stream().allMatch(number -> number >= 0 && number < BUCKETS),
                "buckets from 0 to 65535");
        BucketPart.Builder part = BucketPart.newBuilder()
                .setKind(pull.getKind())
                .setEpoch(pull.getEpoch())
                .setNumber(pull.getNumber());
        int room = MAX_PART;
        for (int number : pull.getBucketList()) {
            List<byte[]> records = list.tree().bucket(number);
            room -= records.stream().mapToInt(record -> record.length + 4).sum() + 8;
            if (room < 0 && part.getBucketCount() > 0) {
                break;
            }
            part.addBucket(Bucket.newBuilder()
                    .setNumber(number)
                    .addAllRecord(records.stream().map(ByteString::copyFrom).toList()));
        }
        return part.build();
    }

    private SignedList list(int kindCode, int epoch, long number) {
        ListKind kind = Wire.kind(kindCode);
        ListVersion version = Wire.version(epoch, number);
        if (current.filter(list -> is(list, kind, version)).isEmpty()) {
            current = source.apply(kind).filter(list -> is(list, kind, version));
        }
        return current.orElseThrow(
                () -> new LinkException(LinkFault.NO_SUCH_LIST, "ask for the version that was offered"));
    }

    private static boolean is(SignedList list, ListKind kind, ListVersion version) {
        return list.header().kind() == kind && list.header().version().equals(version);
    }
}
