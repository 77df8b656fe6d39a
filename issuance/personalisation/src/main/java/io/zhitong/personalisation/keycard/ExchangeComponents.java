package io.zhitong.personalisation.keycard;

import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.List;

/** Components of an exchange key (交换密钥分量): one on the mother card, one on the transport card, added bit by bit. */
public final class ExchangeComponents {
    private static final int KEY = 16;
    private static final int KCV = 3;

    private ExchangeComponents() {}

    /** Left 3 of SM4-CMAC(sum of all components, 0¹⁶). */
    public static byte[] kcv(List<SecretBytes> components) {
        byte[] sum = new byte[KEY];
        for (SecretBytes component : components) {
            byte[] part = component.export(SecretAccess.TOKEN);
            for (int i = 0; i < KEY; i++) {
                sum[i] ^= part[i];
            }
            Arrays.fill(part, (byte) 0);
        }
        byte[] kcv = Arrays.copyOf(Sm4.cmac(sum, new byte[KEY]), KCV);
        Arrays.fill(sum, (byte) 0);
        return kcv;
    }
}
