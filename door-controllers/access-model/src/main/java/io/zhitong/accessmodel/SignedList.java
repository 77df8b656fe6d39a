package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A list of one kind for one device, proved by one signature (签名名单). Header and tree always belong together: count and
 * root were compared when the value was made. Unchangeable, safe for use by several threads.
 */
public final class SignedList {

    private final ListHeader header;
    private final MerkleTree tree;

    private SignedList(ListHeader header, MerkleTree tree) {
        this.header = header;
        this.tree = tree;
    }

    /**
     * Compiles and signs one list alone.
     *
     * @param policyKey public key of the signer
     * @param signer answers r ‖ s (64 bytes) over the message it gets; normally the vault
     * @throws ModelException if a record is of another kind or a key occurs twice
     */
    public static SignedList sign(
            ListTarget target,
            Collection<? extends ListRecord> records,
            Sm2PublicKey policyKey,
            UnaryOperator<byte[]> signer) {
        return sign(target, compile(target.kind(), records), policyKey, signer);
    }

    /** Signs one list alone that {@link #compile} made. */
    public static SignedList sign(
            ListTarget target, MerkleTree tree, Sm2PublicKey policyKey, UnaryOperator<byte[]> signer) {
        return sign(List.of(new ListDraft(target, tree)), policyKey, signer).get(0);
    }

    /**
     * Signs what {@link #compile} made, all of one publication by one signature: each header gets the way to the signed root.
     *
     * @param signer asked once, or not at all when there is nothing to sign
     * @return in the order of the drafts
     */
    public static List<SignedList> sign(List<ListDraft> drafts, Sm2PublicKey policyKey, UnaryOperator<byte[]> signer) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        KeyId key = KeyId.of(policyKey);
        HeaderTree headers =
                new HeaderTree(drafts.stream().map(ListHeader::message).toList());
        Octets signature = Octets.of(signer.apply(headers.toSign()));
        List<SignedList> signed = new ArrayList<>();
        for (ListDraft draft : drafts) {
            HeaderProof proof = headers.proof(signed.size(), signature);
            signed.add(new SignedList(ListHeader.of(draft, key, proof), draft.tree()));
        }
        return List.copyOf(signed);
    }

    /** @throws ModelException if a record is of another kind, a key occurs twice or there are too many */
    public static MerkleTree compile(ListKind kind, Collection<? extends ListRecord> records) {
        ModelException.require(
                records.stream().allMatch(record -> record.kind() == kind) && records.size() <= kind.maxRecords(),
                ModelException.Reason.RANGE,
                "at most " + kind.maxRecords() + " records of the list's own kind");
        return MerkleTree.of(kind, records.stream().map(ListRecord::canonical).toList());
    }

    /**
     * Joins a header with records that came by another way.
     *
     * @throws ListRefusedException WRONG_COUNT, WRONG_ROOT, TOO_LARGE, BAD_RECORD or DUPLICATE_KEY
     */
    public static SignedList join(ListHeader header, Collection<byte[]> records) {
        boundedBy(header.kind(), records);
        ListRefusedException.unless(records.size() == header.count(), ListRefusal.WRONG_COUNT);
        return verified(header, treeOf(() -> MerkleTree.of(header.kind(), records)), records);
    }

    /**
     * Joins a header with a tree whose records were judged before.
     *
     * @throws ListRefusedException WRONG_COUNT or WRONG_ROOT
     */
    public static SignedList join(ListHeader header, MerkleTree tree) {
        ListRefusedException.unless(tree.count() == header.count(), ListRefusal.WRONG_COUNT);
        return verified(header, tree, List.of());
    }

    /**
     * Joins a header with the list held before and the buckets in which they differ; what was verified before is not
     * verified again, it only has to hash to the signed root.
     *
     * @param changed by bucket, all its records
     * @throws ListRefusedException as {@link #join(ListHeader, Collection)}
     */
    public static SignedList join(ListHeader header, SignedList held, Map<Integer, List<byte[]>> changed) {
        List<byte[]> records = changed.values().stream().flatMap(List::stream).toList();
        boundedBy(header.kind(), records);
        MerkleTree tree = treeOf(() -> held.tree.exchanged(changed));
        ListRefusedException.unless(tree.count() == header.count(), ListRefusal.WRONG_COUNT);
        return verified(header, tree, records);
    }

    private static void boundedBy(ListKind kind, Collection<byte[]> records) {
        ListRefusedException.unless(
                records.size() <= kind.maxRecords()
                        && records.stream().allMatch(bytes -> bytes.length <= kind.maxRecordLength()),
                ListRefusal.TOO_LARGE);
    }

    private static SignedList verified(ListHeader header, MerkleTree tree, Collection<byte[]> fresh) {
        ListRefusedException.unless(tree.root().equals(header.root()), ListRefusal.WRONG_ROOT);
        fresh.forEach(record -> check(header.kind(), record));
        return new SignedList(header, tree);
    }

    /** As decoding; a million records of an access list are looked at where they lie. */
    private static void check(ListKind kind, byte[] record) {
        if (kind != ListKind.ACCESS || !AccessRow.canonical(record, 0, record.length)) {
            decode(kind, record);
        }
    }

    /** This list, in memory only as far as {@code other} has it not. */
    public SignedList sharing(SignedList other) {
        return new SignedList(header, tree.sharing(other.tree));
    }

    public ListHeader header() {
        return header;
    }

    public MerkleTree tree() {
        return tree;
    }

    /** The records as values, in the order of the tree. */
    public List<ListRecord> records() {
        return tree.records().stream()
                .map(record -> decode(header.kind(), record))
                .toList();
    }

    /** The records as values of one type; the list's kind says which. */
    public <T extends ListRecord> List<T> records(Class<T> type) {
        return records().stream().map(type::cast).toList();
    }

    private static MerkleTree treeOf(Supplier<MerkleTree> made) {
        try {
            return made.get();
        } catch (ModelException e) {
            throw new ListRefusedException(
                    e.reason() == ModelException.Reason.ORDER ? ListRefusal.DUPLICATE_KEY : ListRefusal.BAD_RECORD);
        }
    }

    private static ListRecord decode(ListKind kind, byte[] record) {
        try {
            return ListRecord.decode(kind, record);
        } catch (ModelException e) {
            throw new ListRefusedException(ListRefusal.BAD_RECORD);
        }
    }
}
