package io.zhitong.keyvault.life;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.module.KeySteps;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Keys in clear for the length of one order (密钥字节运算): steps down to a master, components of one. */
public final class MasterBytes {
    static final int KEY = 16;
    private static final int KCV = 3;
    private static final int FEWEST = 2;
    private static final int MOST = 8;

    private MasterBytes() {}

    /** The master behind these factors; the caller closes it. */
    static SecretBytes below(StoredMaster source, List<byte[]> factors) {
        if (!source.inClear()) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_EXPORTABLE, source.name().text() + " lives in a device, which gives no master out");
        }
        byte[] at = source.key().export(SecretAccess.TOKEN);
        for (byte[] factor : factors.subList(source.path().size(), factors.size())) {
            byte[] below = Sm4.encryptBlock(at, KeySteps.doubled(factor));
            Arrays.fill(at, (byte) 0);
            at = below;
        }
        return SecretBytes.takeOver(at);
    }

    /**
     * The key that a partner dealt to several people: all components added bit by bit, as the partner's own device did it.
     * Only a partner's key is put together so, because its value is given; keys of our own come from a ceremony.
     *
     * @param components 2 to 8, of 16 bytes each
     * @param kcv the check value that the partner gave, 3 bytes
     * @throws KeyServiceException WRONG_COMPONENTS
     */
    public static SecretBytes ofComponents(List<SecretBytes> components, byte[] kcv) {
        if (components.size() < FEWEST || components.size() > MOST) {
            throw new KeyServiceException(KeyRefusal.WRONG_COMPONENTS, "expected 2 to 8 components");
        }
        byte[] sum = new byte[KEY];
        for (SecretBytes component : components) {
            byte[] part = component.export(SecretAccess.TOKEN);
            if (part.length != KEY) {
                throw new KeyServiceException(KeyRefusal.WRONG_COMPONENTS, "expected components of 16 bytes");
            }
            for (int i = 0; i < KEY; i++) {
                sum[i] ^= part[i];
            }
            Arrays.fill(part, (byte) 0);
        }
        byte[] came = Arrays.copyOf(Sm4.cmac(sum, new byte[KEY]), KCV);
        if (!MessageDigest.isEqual(came, kcv)) {
            Arrays.fill(sum, (byte) 0);
            throw new KeyServiceException(KeyRefusal.WRONG_COMPONENTS, "expected the partner's check value");
        }
        return SecretBytes.takeOver(sum);
    }
}
