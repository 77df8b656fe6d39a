package io.zhitong.cardspec;

import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.CardCipher;
import io.zhitong.smcrypto.DesCipher;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm4Cipher;
import java.util.Arrays;

/**
 * A card's algorithm set (算法标识): SM4, our native one, and two-key 3DES for cards that people already own. Keys have 16
 * bytes. Formulas: docs/card.md "Cryptograms". Thread-safe.
 */
public enum CardAlgorithm {
    /** Algorithm identifier 00 (01 behaves the same). */
    TRIPLE_DES(0x00, 8) {
        @Override
        public CardCipher cipher(byte[] key) {
            return new DesCipher(key);
        }

        @Override
        public byte[] sessionKey(byte[] key, byte[] seed8) {
            return new DesCipher(key).encryptBlock(seed8);
        }

        @Override
        public byte[] tacKey(byte[] dtk) {
            if (dtk.length == 8) {
                return dtk.clone();
            }
            byte[] folded = new byte[8];
            for (int i = 0; i < 8; i++) {
                folded[i] = (byte) (dtk[i] ^ dtk[i + 8]);
            }
            return folded;
        }

        @Override
        public byte[] diversify(byte[] key, byte[] factor8) {
            DesCipher cipher = new DesCipher(key);
            return join(cipher.encryptBlock(factor8), cipher.encryptBlock(complement(factor8)));
        }

        @Override
        byte[] lastBlock(byte[] key, byte[] iv, byte[] padded) {
            if (key.length == 8) {
                return BlockModes.cbcMac(new DesCipher(key), iv, padded);
            }
            // ISO 9797-1 algorithm 3: single DES through, the last block once more with both halves
            byte[] left = Arrays.copyOf(key, 8);
            byte[] chained = BlockModes.cbcMac(new DesCipher(left), iv, padded);
            byte[] crossed = new DesCipher(Arrays.copyOfRange(key, 8, 16)).decryptBlock(chained);
            return new DesCipher(left).encryptBlock(crossed);
        }
    },

    /** Algorithm identifier 04. */
    SM4(0x04, 16) {
        @Override
        public CardCipher cipher(byte[] key) {
            return new Sm4Cipher(key);
        }

        @Override
        public byte[] sessionKey(byte[] key, byte[] seed8) {
            return diversify(key, seed8);
        }

        @Override
        public byte[] tacKey(byte[] dtk) {
            return dtk.clone();
        }

        @Override
        public byte[] diversify(byte[] key, byte[] factor8) {
            return new Sm4Cipher(key).encryptBlock(join(factor8, complement(factor8)));
        }

        @Override
        byte[] lastBlock(byte[] key, byte[] iv, byte[] padded) {
            return BlockModes.cbcMac(new Sm4Cipher(key), iv, padded);
        }
    };

    private final int id;
    private final int block;

    CardAlgorithm(int id, int block) {
        this.id = id;
        this.block = block;
    }

    /** The identifier byte in INIT answers and key headers. */
    public int id() {
        return id;
    }

    /** Bytes a block: 8 or 16. */
    public int block() {
        return block;
    }

    /**
     * The algorithm of an identifier byte; 01 is read as 00.
     *
     * @throws MalformedInput for an unknown identifier
     */
    public static CardAlgorithm of(int id) {
        return switch (id) {
            case 0x00, 0x01 -> TRIPLE_DES;
            case 0x04 -> SM4;
            default -> throw new MalformedInput("expected algorithm 00, 01 or 04, came another");
        };
    }

    /** Session key of one transaction: 8 bytes for 3DES, 16 for SM4. */
    public abstract byte[] sessionKey(byte[] key, byte[] seed8);

    /** The key that makes TACs out of the stored DTK. */
    public abstract byte[] tacKey(byte[] dtk);

    /** One level of derivation by a factor of 8 bytes: 16 bytes. */
    public abstract byte[] diversify(byte[] key, byte[] factor8);

    /** Derivation along all factors, in the order root → city → (community) → card. */
    public byte[] diversify(byte[] root, Iterable<byte[]> factors) {
        byte[] key = root.clone();
        for (byte[] factor : factors) {
            byte[] next = diversify(key, factor);
            Arrays.fill(key, (byte) 0);
            key = next;
        }
        return key;
    }

    /** Left 4 bytes of the CBC MAC, IV zero, padding 80 00… always. */
    public byte[] mac4(byte[] key, byte[] data) {
        return mac4(key, new byte[block], data);
    }

    /** The same with an initial value of one block. */
    public byte[] mac4(byte[] key, byte[] iv, byte[] data) {
        return Arrays.copyOf(lastBlock(key, iv, BlockModes.padAlways(data, block)), 4);
    }

    /** Left 4 bytes of the TAC over the data, from the stored DTK. */
    public byte[] tac4(byte[] dtk, byte[] data) {
        return mac4(tacKey(dtk), data);
    }

    /** A keyed block cipher. */
    public abstract CardCipher cipher(byte[] key);

    abstract byte[] lastBlock(byte[] key, byte[] iv, byte[] padded);

    private static byte[] complement(byte[] factor) {
        byte[] out = new byte[factor.length];
        for (int i = 0; i < factor.length; i++) {
            out[i] = (byte) ~factor[i];
        }
        return out;
    }

    private static byte[] join(byte[] a, byte[] b) {
        return new ByteWriter().bytes(a).bytes(b).toByteArray();
    }
}
