package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm3;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** The root by the definition in docs/controller.md, from the top down, every node of every level visited. */
final class NaiveMerkle {

    private NaiveMerkle() {}

    static byte[] root(ListKind kind, List<byte[]> records) {
        return node(kind, records, "");
    }

    /** @param prefix hexadecimal digits of SM3(key) that all records below share; 4 of them name a bucket */
    private static byte[] node(ListKind kind, List<byte[]> records, String prefix) {
        List<byte[]> mine = records.stream()
                .filter(r -> keyHash(kind, r).startsWith(prefix))
                .toList();
        if (mine.isEmpty()) {
            return new byte[32];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (prefix.length() == 4) {
            out.write(0);
            mine.stream().sorted(Arrays::compareUnsigned).forEach(record -> {
                out.write(record.length >> 8);
                out.write(record.length);
                out.writeBytes(record);
            });
        } else {
            out.write(1);
            for (char digit : "0123456789ABCDEF".toCharArray()) {
                out.writeBytes(node(kind, mine, prefix + digit));
            }
        }
        return Sm3.hash(out.toByteArray());
    }

    private static String keyHash(ListKind kind, byte[] record) {
        return java.util.HexFormat.of().withUpperCase().formatHex(Sm3.hash(Arrays.copyOf(record, kind.keyLength())));
    }
}
