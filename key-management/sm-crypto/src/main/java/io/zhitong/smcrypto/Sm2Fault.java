package io.zhitong.smcrypto;

/** Why an SM2 point, signature or ciphertext is refused (SM2 拒绝原因), GB/T 32918.1, .2 clause 7 and .4 clause 7. */
public enum Sm2Fault {
    POINT_LENGTH("公钥长度不符", "expected an SM2 point of 33, 64 or 65 bytes"),
    POINT_INFINITY("无穷远点", "expected a point of the SM2 curve, came the point at infinity"),
    POINT_OFF_CURVE("点不在曲线上", "expected a point on the SM2 curve"),
    SIGNATURE_LENGTH("签名长度不符", "expected a signature of r and s, 32 bytes each"),
    R_RANGE("r 超出范围", "expected r from 1 to n-1"),
    S_RANGE("s 超出范围", "expected s from 1 to n-1"),
    SUM_ZERO("r+s 等于 n", "expected r + s other than n"),
    SIGNATURE_MISMATCH("验签不符", "not a signature of this key over this message and identity"),
    CIPHERTEXT_LENGTH("密文长度不符", "expected a ciphertext 04, x, y, C3 of 32 bytes and at least one byte of C2"),
    CIPHERTEXT_ORDER("密文顺序为 C1C2C3", "expected the order C1, C3, C2; this ciphertext has C1, C2, C3"),
    C3_MISMATCH("C3 校验不符", "the hash C3 does not fit: damaged, or encrypted to another key");

    private final String chinese;
    private final String english;

    Sm2Fault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    /** One sentence that never holds the input. */
    public String english() {
        return english;
    }

    MalformedInput refused() {
        return new MalformedInput(english);
    }
}
