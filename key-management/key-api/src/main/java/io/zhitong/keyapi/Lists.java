package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Batches on the wire: count 2 ‖ items. */
final class Lists {
    private Lists() {}

    static <T> void encode(ByteWriter out, List<T> items, BiConsumer<T, ByteWriter> item) {
        Checks.range("number of items", items.size(), 0, KeyService.MOST_ITEMS);
        out.u16(items.size());
        items.forEach(one -> item.accept(one, out));
    }

    static <T> List<T> decode(ByteReader in, Function<ByteReader, T> item) {
        int count = Checks.range("number of items", in.u16(), 0, KeyService.MOST_ITEMS);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.apply(in));
        }
        return List.copyOf(items);
    }
}
