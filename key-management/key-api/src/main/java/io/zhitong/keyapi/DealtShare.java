package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/**
 * A share on its way to its custodian (发放的份额). On the wire: share sized (94 hex digits as ASCII) ‖ KCV 3.
 *
 * @param share the text, which is the secret itself
 * @param kcv of the share, 3 bytes: what the custodian may say aloud
 */
public record DealtShare(SecretBytes share, byte[] kcv) implements AutoCloseable {
    public DealtShare {
        kcv = Checks.length("KCV", kcv, 3);
    }

    void encode(ByteWriter out) {
        byte[] secret = share.export(SecretAccess.TOKEN);
        out.sized(secret).bytes(kcv);
        Arrays.fill(secret, (byte) 0);
    }

    static DealtShare decode(ByteReader in) {
        return new DealtShare(SecretBytes.takeOver(in.sized()), in.bytes(3));
    }

    @Override
    public void close() {
        share.close();
    }
}
