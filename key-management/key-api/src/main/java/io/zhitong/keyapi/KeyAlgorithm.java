package io.zhitong.keyapi;

/** What a key of a {@link CryptoModule} computes with (密钥算法). */
public enum KeyAlgorithm {
    /** Key of 16 bytes. */
    SM4(1, 16, "SM4 分组密码", "SM4"),
    /** Key pair; the scalar has 32 bytes. */
    SM2(2, 32, "SM2 椭圆曲线", "SM2"),
    /** Two keys of DES, 16 bytes, for cards that people already own. */
    TRIPLE_DES(3, 16, "3DES（既有卡）", "3DES (cards already in hand)");

    private final int code;
    private final int length;
    private final String chinese;
    private final String english;

    KeyAlgorithm(int code, int length, String chinese, String english) {
        this.code = code;
        this.length = length;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte in stored blobs; never reused. */
    public int code() {
        return code;
    }

    /** Bytes of a key in clear. */
    public int length() {
        return length;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
