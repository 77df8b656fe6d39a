package io.zhitong.accessmodel;

import java.util.ArrayList;
import java.util.List;

/** The tree over the headers of one publication (名单头树), as {@link HeaderProof} describes it. */
final class HeaderTree {
    private final List<List<byte[]>> rows = new ArrayList<>();

    /** @param messages of the headers, at least one */
    HeaderTree(List<byte[]> messages) {
        List<byte[]> row = messages.stream().map(HeaderProof::leaf).toList();
        rows.add(row);
        while (row.size() > 1) {
            row = above(row);
            rows.add(row);
        }
    }

    private static List<byte[]> above(List<byte[]> row) {
        List<byte[]> above = new ArrayList<>();
        for (int at = 0; at < row.size(); at += 2) {
            above.add(at + 1 < row.size() ? HeaderProof.node(row.get(at), row.get(at + 1)) : row.get(at));
        }
        return above;
    }

    /** What the policy key is to sign. */
    byte[] toSign() {
        return HeaderProof.signed(rows.get(0).size(), rows.get(rows.size() - 1).get(0));
    }

    HeaderProof proof(int index, Octets signature) {
        List<Hash> path = new ArrayList<>();
        int at = index;
        for (List<byte[]> row : rows) {
            if (HeaderProof.hasNeighbour(row.size(), at)) {
                path.add(Hash.of(row.get(at ^ 1)));
            }
            at /= 2;
        }
        return new HeaderProof(rows.get(0).size(), index, path, signature);
    }
}
