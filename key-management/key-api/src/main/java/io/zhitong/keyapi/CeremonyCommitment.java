package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.util.Arrays;

/**
 * A custodian's commitment to a component (分量承诺), made where the custodian sits so that the vault learns the component
 * only when everybody is bound: SM3('ZTC0' ‖ ceremony id 16 ‖ custodian 1 ‖ salt 16 ‖ component).
 */
public final class CeremonyCommitment {
    /** Length of the salt. */
    public static final int SALT = 16;

    /** Fewest characters of a component: of hex digits 128 bits, of dice 82. */
    public static final int LEAST = 32;

    /** Most characters of a component. */
    public static final int MOST = 256;

    private CeremonyCommitment() {}

    /** The commitment, 32 bytes. */
    public static byte[] of(byte[] ceremony, int custodian, byte[] salt, SecretBytes component) {
        byte[] secret = component.export(SecretAccess.TOKEN);
        byte[] head = new ByteWriter()
                .ascii("ZTC0")
                .bytes(Checks.length("ceremony id", ceremony, CeremonyStatus.ID))
                .u8(custodian)
                .bytes(Checks.length("salt", salt, SALT))
                .toByteArray();
        try {
            return Sm3.hash(head, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * What a custodian typed, in the one form that is committed to: printable ASCII without blanks, letters small.
     *
     * @param typed is wiped
     * @throws KeyServiceException {@link KeyRefusal#BAD_COMPONENT} for other characters, fewer than {@value #LEAST}, more
     *     than {@value #MOST}, or fewer than five different ones
     */
    public static SecretBytes component(byte[] typed) {
        byte[] kept = new byte[typed.length];
        int length = 0;
        long low = 0;
        long high = 0;
        boolean printable = true;
        for (byte each : typed) {
            int small = each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each;
            printable &= small > ' ' && small < 0x7F || small == ' ' || small == '\n' || small == '\r' || small == '\t';
            if (small > ' ' && small < 0x7F) {
                kept[length++] = (byte) small;
                low |= small < 64 ? 1L << small : 0;
                high |= small >= 64 ? 1L << small - 64 : 0;
            }
        }
        SecretBytes component = SecretBytes.takeOver(Arrays.copyOf(kept, length));
        Arrays.fill(kept, (byte) 0);
        Arrays.fill(typed, (byte) 0);
        if (!printable || length < LEAST || length > MOST || Long.bitCount(low) + Long.bitCount(high) < 5) {
            component.close();
            throw new KeyServiceException(
                    KeyRefusal.BAD_COMPONENT,
                    "expected " + LEAST + " to " + MOST + " printable characters of at least five kinds");
        }
        return component;
    }
}
