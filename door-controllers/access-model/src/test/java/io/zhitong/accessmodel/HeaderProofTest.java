package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many headers, one signature: beside a tree of the test's own that splits where ours joins, and as one who would forge. */
class HeaderProofTest {

    private static final CommunityId COMMUNITY = new CommunityId(1);
    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final MerkleTree RECORDS = SignedList.compile(
            ListKind.BLACKLIST,
            List.of(new BlacklistRecord(new io.zhitong.cardspec.CredentialNumber(7), CredentialStatus.LOST)));

    private static ListDraft draft(int device) {
        return draft(device, 7);
    }

    private static ListDraft draft(int device, long number) {
        return new ListDraft(
                new ListTarget(
                        COMMUNITY,
                        new DeviceId(device),
                        ListKind.BLACKLIST,
                        new ListVersion(1, number),
                        1_700_000_000L),
                RECORDS);
    }

    private static List<ListDraft> drafts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(device -> draft(device)).toList();
    }

    private static byte[] signed(byte[] message) {
        return Sm2.sign(POLICY, message, RandomSource.secure());
    }

    private static List<ListHeader> published(int count, UnaryOperator<byte[]> signer) {
        return SignedList.sign(drafts(count), POLICY.publicKey(), signer).stream()
                .map(SignedList::header)
                .toList();
    }

    private static ListHeader admitted(int device, byte[] header) {
        return new ListGate(COMMUNITY, new DeviceId(device), POLICY.publicKey())
                .admit(header, ListKind.BLACKLIST, ListVersion.NONE);
    }

    private static ListRefusal refusal(int device, byte[] header) {
        return assertThrows(ListRefusedException.class, () -> admitted(device, header))
                .reason();
    }

    /** The tree from above: the left part is the largest power of two below the whole. */
    private static byte[] root(List<ListHeader> headers) {
        if (headers.size() == 1) {
            return Sm3.hash(new byte[] {2}, headers.get(0).message());
        }
        int left = Integer.highestOneBit(headers.size() - 1);
        return Sm3.hash(new byte[] {3}, root(headers.subList(0, left)), root(headers.subList(left, headers.size())));
    }

    /** The neighbours from above, the last first. */
    private static List<Hash> path(List<ListHeader> headers, int index) {
        if (headers.size() == 1) {
            return new ArrayList<>();
        }
        int left = Integer.highestOneBit(headers.size() - 1);
        List<ListHeader> here = index < left ? headers.subList(0, left) : headers.subList(left, headers.size());
        List<ListHeader> beside = index < left ? headers.subList(left, headers.size()) : headers.subList(0, left);
        List<Hash> path = path(here, index < left ? index : index - left);
        path.add(Hash.of(root(beside)));
        return path;
    }

    @Test
    void every_size_from_one_to_seventy_has_the_root_and_the_paths_of_a_tree_made_from_above() {
        for (int count = 1; count <= 70; count++) {
            List<byte[]> asked = new ArrayList<>();
            List<ListHeader> headers = published(count, message -> {
                asked.add(message);
                return new byte[64];
            });
            byte[] expected = new ByteWriter()
                    .bytes(Hex.parse("5A544C32"))
                    .u32(count)
                    .bytes(root(headers))
                    .toByteArray();
            assertEquals(1, asked.size(), "the key is asked once");
            assertEquals(Hex.of(expected), Hex.of(asked.get(0)));
            for (int index = 0; index < count; index++) {
                ListHeader header = headers.get(index);
                assertEquals(path(headers, index), header.proof().path(), count + " leaves, leaf " + index);
                assertEquals(153 + 32 * header.proof().path().size(), header.encode().length);
                assertEquals(header, ListHeader.decode(header.encode()));
                assertEquals(Hex.of(expected), Hex.of(header.proof().signedOver(header.message())));
            }
        }
    }

    @Test
    void each_device_admits_its_own_header_of_a_publication_and_openssl_accepts_the_signature() throws Exception {
        List<ListHeader> headers = published(11, HeaderProofTest::signed);
        for (ListHeader header : headers) {
            assertEquals(header, admitted((int) header.device().value(), header.encode()));
        }
        ListHeader last = headers.get(10);
        assertTrue(OpenSsl.verifies(
                POLICY.publicKey(),
                last.proof().signedOver(last.message()),
                last.proof().signature().toByteArray()));
    }

    @Test
    void nothing_to_publish_asks_for_no_signature() {
        assertEquals(List.of(), SignedList.sign(List.of(), POLICY.publicKey(), message -> {
            throw new AssertionError("asked to sign");
        }));
    }

    private static byte[] header(ListDraft draft, HeaderProof proof) {
        return ListHeader.of(draft, KeyId.of(POLICY.publicKey()), proof).encode();
    }

    @Test
    void header_that_was_not_published_is_refused_with_every_proof_of_the_publication() {
        List<ListHeader> headers = published(7, HeaderProofTest::signed);
        for (ListHeader theirs : headers) {
            assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(1, header(draft(1, 8), theirs.proof())));
            if (theirs.device().value() != 1) {
                assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(1, header(draft(1), theirs.proof())));
                assertEquals(ListRefusal.OTHER_DEVICE, refusal(1, theirs.encode()));
            }
        }
    }

    @Test
    void place_and_number_of_leaves_are_signed_with_the_root() {
        HeaderProof good = published(8, HeaderProofTest::signed).get(2).proof();
        for (long leaves = 5; leaves <= 9; leaves++) {
            for (long index = 0; index < leaves; index++) {
                if (HeaderProof.pathLength(leaves, index) == 3) {
                    byte[] moved = header(draft(3), new HeaderProof(leaves, index, good.path(), good.signature()));
                    if (leaves == 8 && index == 2) {
                        assertEquals(8, admitted(3, moved).proof().leaves());
                    } else {
                        assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(3, moved), index + " of " + leaves);
                    }
                }
            }
        }
    }

    @Test
    void path_that_is_too_short_or_too_long_for_its_place_is_malformed() {
        HeaderProof good = published(8, HeaderProofTest::signed).get(2).proof();
        assertThrows(
                ModelException.class, () -> new HeaderProof(8, 2, good.path().subList(0, 2), good.signature()));
        List<Hash> longer = new ArrayList<>(good.path());
        longer.add(Hash.ZERO);
        assertThrows(ModelException.class, () -> new HeaderProof(8, 2, longer, good.signature()));
        byte[] bytes = header(draft(3), good);
        assertEquals(ListRefusal.MALFORMED, refusal(3, java.util.Arrays.copyOf(bytes, bytes.length - 32)));
        assertEquals(ListRefusal.MALFORMED, refusal(3, java.util.Arrays.copyOf(bytes, bytes.length + 32)));
    }

    @Test
    void place_outside_of_the_tree_and_tree_of_more_than_two_to_the_24_leaves_are_malformed() {
        assertThrows(ModelException.class, () -> new HeaderProof(0, 0, List.of(), Octets.zeros(64)));
        assertThrows(ModelException.class, () -> new HeaderProof(1, 1, List.of(), Octets.zeros(64)));
        List<Hash> path = java.util.Collections.nCopies(24, Hash.ZERO);
        HeaderProof largest = new HeaderProof(1 << 24, (1 << 24) - 1, path, Octets.zeros(64));
        byte[] bytes = header(draft(1), largest);
        assertEquals(ListHeader.MOST_LENGTH, bytes.length);
        assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(1, bytes));
        for (String outside :
                new String[] {"0100000100000000", "FFFFFFFF00000000", "0000000000000000", "0000000100000001"}) {
            byte[] changed = bytes.clone();
            System.arraycopy(Hex.parse(outside), 0, changed, 145, 8);
            assertEquals(ListRefusal.MALFORMED, refusal(1, changed), outside);
        }
    }

    /** Who holds a proof of two leaves knows a node; it must not pass for a leaf, nor a leaf for a node. */
    @Test
    void node_is_no_leaf_and_leaf_is_no_node() {
        List<ListHeader> two = published(2, HeaderProofTest::signed);
        byte[] left = HeaderProof.leaf(two.get(0).message());
        byte[] right = HeaderProof.leaf(two.get(1).message());
        byte[] node = HeaderProof.node(left, right);
        byte[] joined = new ByteWriter().bytes(left).bytes(right).toByteArray();
        assertFalse(Hex.of(HeaderProof.leaf(joined)).equals(Hex.of(node)), "second preimage");
        byte[] wholeAsOneLeaf = header(
                draft(1), new HeaderProof(1, 0, List.of(), two.get(0).proof().signature()));
        assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(1, wholeAsOneLeaf));
    }

    /** The policy key itself over the bytes of layout 1, over the leaf and over the bare root: none of them is a publication. */
    @Test
    void signature_over_anything_but_the_published_root_is_refused() {
        byte[] message = ListHeader.message(draft(1));
        byte[] leaf = HeaderProof.leaf(message);
        for (byte[] other : new byte[][] {
            message,
            leaf,
            RECORDS.root().toByteArray(),
            new ByteWriter().ascii("ZTL2").bytes(leaf).toByteArray(),
            new ByteWriter().ascii("ZTL2").u32(2).bytes(leaf).toByteArray(),
            new ByteWriter().ascii("ZTH1").u32(1).bytes(leaf).toByteArray()
        }) {
            HeaderProof proof = new HeaderProof(1, 0, List.of(), Octets.of(signed(other)));
            assertEquals(ListRefusal.WRONG_SIGNATURE, refusal(1, header(draft(1), proof)));
        }
        HeaderProof honest = new HeaderProof(1, 0, List.of(), Octets.of(signed(HeaderProof.signed(1, leaf))));
        assertEquals(7, admitted(1, header(draft(1), honest)).version().number());
    }
}
