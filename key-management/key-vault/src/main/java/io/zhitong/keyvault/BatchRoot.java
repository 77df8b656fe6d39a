package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.HashChain;
import java.nio.charset.StandardCharsets;

/** Folds the public description of a batch's items into one hash for its audit record (批次摘要). */
final class BatchRoot {
    private byte[] root = HashChain.start();
    private int items;

    /** One item: usage 1 ‖ version 1 ‖ factors ‖ what else is public about it. */
    BatchRoot add(KeyRef key, byte... more) {
        ByteWriter out = new ByteWriter().u8(key.usage().code()).u8(key.version());
        key.factors().forEach(out::bytes);
        return add(out.bytes(more).toByteArray());
    }

    BatchRoot add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    private BatchRoot add(byte[] description) {
        root = HashChain.next(root, description);
        items++;
        return this;
    }

    int items() {
        return items;
    }

    byte[] root() {
        return root;
    }
}
