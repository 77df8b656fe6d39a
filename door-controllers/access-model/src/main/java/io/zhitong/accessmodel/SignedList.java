package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Collection;
import java.util.List;
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
     * Compiles and signs.
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
        ModelException.require(
                records.stream().allMatch(record -> record.kind() == target.kind())
                        && records.size() <= target.kind().maxRecords(),
                ModelException.Reason.RANGE,
                "at most " + target.kind().maxRecords() + " records of the list's own kind");
        MerkleTree tree = MerkleTree.of(
                target.kind(), records.stream().map(ListRecord::canonical).toList());
        return new SignedList(ListHeader.sign(target, tree, KeyId.of(policyKey), signer), tree);
    }

    /**
     * Joins a header with records that came by another way.
     *
     * @throws ListRefusedException WRONG_COUNT, WRONG_ROOT, TOO_LARGE, BAD_RECORD or DUPLICATE_KEY
     */
    public static SignedList join(ListHeader header, Collection<byte[]> records) {
        ListRefusedException.unless(
                records.size() <= header.kind().maxRecords()
                        && records.stream()
                                .allMatch(bytes -> bytes.length <= header.kind().maxRecordLength()),
                ListRefusal.TOO_LARGE);
        ListRefusedException.unless(records.size() == header.count(), ListRefusal.WRONG_COUNT);
        MerkleTree tree = treeOf(header.kind(), records);
        ListRefusedException.unless(tree.root().equals(header.root()), ListRefusal.WRONG_ROOT);
        decodeAll(header.kind(), records);
        return new SignedList(header, tree);
    }

    public ListHeader header() {
        return header;
    }

    public MerkleTree tree() {
        return tree;
    }

    /** The records as values, in the order of the tree. */
    public List<ListRecord> records() {
        return decodeAll(header.kind(), tree.records());
    }

    /** The records as values of one type; the list's kind says which. */
    public <T extends ListRecord> List<T> records(Class<T> type) {
        return records().stream().map(type::cast).toList();
    }

    private static MerkleTree treeOf(ListKind kind, Collection<byte[]> records) {
        try {
            return MerkleTree.of(kind, records);
        } catch (ModelException e) {
            throw new ListRefusedException(
                    e.reason() == ModelException.Reason.ORDER ? ListRefusal.DUPLICATE_KEY : ListRefusal.BAD_RECORD);
        }
    }

    private static List<ListRecord> decodeAll(ListKind kind, Collection<byte[]> records) {
        try {
            return records.stream().map(bytes -> ListRecord.decode(kind, bytes)).toList();
        } catch (ModelException e) {
            throw new ListRefusedException(ListRefusal.BAD_RECORD);
        }
    }
}
