package io.zhitong.keyapi;

/** Why a machine certificate was revoked (吊销原因). */
public enum RevocationReason {
    LOST(1, "丢失或被盗", "lost or stolen"),
    REPLACED(2, "更换", "replaced"),
    COMPROMISED(3, "密钥泄露", "key compromised"),
    RETIRED(4, "停用", "taken out of service");

    private final int code;
    private final String chinese;
    private final String english;

    RevocationReason(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and in the store; never reused. */
    public int code() {
        return code;
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
