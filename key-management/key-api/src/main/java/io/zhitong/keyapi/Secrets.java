package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/** What people type in secret, on the wire: length 2 ‖ bytes. */
final class Secrets {
    private static final int MOST = 1024;

    private Secrets() {}

    static void encode(ByteWriter out, SecretBytes secret) {
        byte[] bytes = secret.export(SecretAccess.TOKEN);
        out.sized(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    static SecretBytes decode(ByteReader in) {
        return SecretBytes.takeOver(in.bytes(Checks.range("length of a secret", in.u16(), 0, MOST)));
    }
}
