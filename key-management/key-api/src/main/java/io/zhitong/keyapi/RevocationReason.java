package io.zhitong.keyapi;

/** Why a machine certificate was revoked (吊销原因). */
public enum RevocationReason {
    LOST(1, 1, "丢失或被盗", "lost or stolen"),
    REPLACED(2, 4, "更换", "replaced"),
    COMPROMISED(3, 1, "密钥泄露", "key compromised"),
    RETIRED(4, 5, "停用", "taken out of service");

    private final int code;
    private final int x509;
    private final String chinese;
    private final String english;

    RevocationReason(int code, int x509, String chinese, String english) {
        this.code = code;
        this.x509 = x509;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and in the store; never reused. */
    public int code() {
        return code;
    }

    /** CRLReason of RFC 5280, 5.3.1: 1 keyCompromise, 4 superseded, 5 cessationOfOperation. */
    public int x509() {
        return x509;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The reason of a code.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown one
     */
    public static RevocationReason of(int code) {
        for (RevocationReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        throw Checks.malformed("unknown revocation reason");
    }
}
